//! What is promised of any diagnostic: its places, what is told of files, and what its fingerprint outlives.

use proptest::prelude::*;
use unspin_text::Markup;

use super::*;
use crate::{Document, RuleMeta, RuleSet, adjudicate};

crate::rule! {
    /// For tests.
    ODD: "odd" in "tests", Warning, min_confidence 0.5, scope Sentence
}

fn finding(span: Span) -> Finding {
    let meta: &RuleMeta = &ODD;
    Finding::new(meta, span, LogOdds::EVEN, "odd".into())
}

/// What is said of a text with one finding at some of its tokens.
fn said(source: &str, markup: Markup, first: usize, count: usize) -> (String, Diagnostic) {
    let document = Document::read(source.as_bytes(), markup);
    let tokens = document.tokens();
    let last = (first + count - 1).min(tokens.len() - 1);
    let span = tokens[first].span.cover(tokens[last].span);
    (document.slice(span).to_owned(), Diagnostic::new(&document, &finding(span)))
}

/// Paragraphs of plain words, some emphasised.
fn paragraphs() -> impl Strategy<Value = Vec<Vec<String>>> {
    let word =
        prop_oneof![4 => "[a-d\u{e9}]{1,5}", 1 => "\\*[a-d]{1,5}\\*", 1 => "[A-D][a-d]{1,5}\\."];
    prop::collection::vec(prop::collection::vec(word, 1..12), 1..5)
}

fn joined(paragraphs: &[Vec<String>], word: &str, paragraph: &str) -> String {
    let lines: Vec<String> = paragraphs.iter().map(|words| words.join(word)).collect();
    lines.join(paragraph)
}

proptest! {
    #[test]
    fn a_place_in_the_source_holds_the_words_and_lies_in_its_sentence(
        paragraphs in paragraphs(), at in any::<prop::sample::Index>(), count in 1..4_usize,
    ) {
        let source = joined(&paragraphs, " ", "\n\n");
        for markup in [Markup::Plain, Markup::Markdown] {
            let tokens = Document::read(source.as_bytes(), markup).tokens().len();
            let (text, found) = said(&source, markup, at.index(tokens), count);
            let there = &source[found.span.range()];
            prop_assert_eq!(&found.text, &text);
            let bare = |text: &str| {
                if markup == Markup::Plain { text.to_owned() } else { text.replace('*', "") }
            };
            prop_assert_eq!(bare(there), bare(&text));
            prop_assert!(found.sentence.overlaps(found.span));
            prop_assert!(found.sentence.start <= found.span.start);
        }
    }

    #[test]
    fn surroundings_are_at_most_three_words_of_the_paragraph_that_stand_beside_it(
        paragraphs in paragraphs(), at in any::<prop::sample::Index>(),
    ) {
        let source = joined(&paragraphs, " ", "\n\n");
        let tokens = Document::new(source.as_bytes()).tokens().len();
        let (_, found) = said(&source, Markup::Plain, at.index(tokens), 1);
        let words = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
        };
        let (start, end) = (found.span.start as usize, found.span.end as usize);
        let before = &source[..start];
        let before = words(&before[before.rfind("\n\n").unwrap_or(0)..]);
        let after = &source[end..];
        let after = words(&after[..after.find("\n\n").unwrap_or(after.len())]);
        prop_assert_eq!(found.surroundings[0].replace('.', ""), before[before.len().saturating_sub(3)..].join(" "));
        prop_assert_eq!(found.surroundings[1].replace('.', ""), after[..after.len().min(3)].join(" "));
    }

    #[test]
    fn a_fingerprint_outlives_white_space_and_other_paragraphs(
        paragraphs in paragraphs(), put in paragraphs(), at in any::<prop::sample::Index>(),
        count in 1..4_usize,
    ) {
        let source = joined(&paragraphs, " ", "\n\n");
        let tokens = Document::new(source.as_bytes()).tokens().len();
        let at = at.index(tokens);
        let (text, found) = said(&source, Markup::Plain, at, count);
        // Of one that goes over a paragraph's end the text holds how paragraphs are parted.
        prop_assume!(!text.contains('\n'));
        let spaced = joined(&paragraphs, " \t ", "\n\n");
        let moved = format!("{}\n\n{spaced}", joined(&put, " ", "\n\n"));
        let before = Document::new(joined(&put, " ", "\n\n").as_bytes()).tokens().len();
        let (_, same) = said(&moved, Markup::Plain, before + at, count);
        prop_assert_eq!(same.fingerprint(), found.fingerprint());
        prop_assert_eq!(found.fingerprint().len(), 32);
    }

    #[test]
    fn a_fingerprint_tells_rules_texts_and_sides_apart(
        rules in ("[a-b]{1,2}", "[a-b]{1,2}"), texts in ("[a-b]{1,2}", "[a-b]{1,2}"),
        sides in prop::array::uniform4("[a-b ]{0,3}"),
    ) {
        let [before, after, other_before, other_after] = sides;
        let (_, plain) = said("a", Markup::Plain, 0, 1);
        let of = |rule: &str, text: &str, surroundings: [&str; 2]| {
            let surroundings = surroundings.map(str::to_owned);
            Diagnostic { rule: rule.to_owned().into(), text: text.into(), surroundings, ..plain.clone() }
        };
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let one = of(&rules.0, &texts.0, [&before, &after]);
        let other = of(&rules.1, &texts.1, [&other_before, &other_after]);
        let is_same = rules.0 == rules.1 && texts.0 == texts.1
            && words(&before) == words(&other_before) && words(&after) == words(&other_after);
        prop_assert_eq!(one.fingerprint() == other.fingerprint(), is_same);
    }

    #[test]
    fn the_edits_of_a_fix_are_sorted_whole_and_make_what_was_asked_for(
        paragraphs in paragraphs(), places in prop::collection::btree_set(0..40_usize, 1..4),
        by in "[a-c]{1,3}",
    ) {
        let source = joined(&paragraphs, " ", "\n\n");
        let document = Document::read(source.as_bytes(), Markup::Markdown);
        let tokens = document.tokens();
        let spans: Vec<Span> = places.iter().filter_map(|at| Some(tokens.get(*at)?.span)).collect();
        prop_assume!(!spans.is_empty());
        let edits = spans.iter().map(|span| Edit { span: *span, text: by.clone() }).collect();
        let fix = Fix::new("mend it", Safety::Safe, edits);
        let placed = SourceFix::new(&document, &fix);
        prop_assert_eq!(placed.edits.is_empty(), placed.safety == Safety::Display);
        prop_assert!(placed.edits.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        if placed.edits.is_empty() {
            let refused = |e: &Edit| document.source_edit(e.span, &e.text).is_none();
            prop_assert!(fix.edits().iter().any(refused));
        } else {
            // Half of a fix is none.
            prop_assert_eq!(placed.edits.len(), fix.edits().len());
            let stars = |text: &str| text.matches('*').count();
            for edit in &placed.edits {
                prop_assert_eq!(stars(&source[edit.span.range()]), stars(&edit.text));
            }
        }
    }
}

#[test]
fn faults_of_the_bytes_come_before_findings_and_weigh_nothing() {
    let bytes = b"The b\xffat left. All else is well.";
    let document = Document::new(bytes);
    let report = adjudicate(&document, &RuleSet::default(), crate::Raw::default(), None, None);
    let shown = |severity| Finding { severity, ..finding(Span::new(0, 3)) };
    let findings = vec![shown(Severity::Info), shown(Severity::Off), finding(Span::new(15, 18))];
    let said = Diagnosis::new(&document, &crate::Report { findings, ..report });
    let rules: Vec<_> = said.diagnostics.iter().map(|d| d.rule.as_ref()).collect();
    assert_eq!(rules, ["odd", "encoding", "odd"], "by place, and nothing that is off");
    let fault = &said.diagnostics[1];
    assert_eq!((fault.severity, fault.family.as_ref()), (Severity::Info, "text"));
    assert_eq!((fault.evidence, fault.confidence() > 0.99), (LogOdds::EVEN, true));
    assert_eq!(fault.notes, ["each was read as an unknown character: save the file as UTF-8"]);
    assert_eq!((fault.span.start, fault.sentence), (5, fault.span));
    let unread = Document::new(&[0; 16]);
    let report = adjudicate(&unread, &RuleSet::default(), crate::Raw::default(), None, None);
    let said = Diagnosis::new(&unread, &report);
    assert_eq!(said.diagnostics[0].severity, Severity::Warning, "it must not pass for clean");
    assert_eq!(said.diagnostics[0].notes, ["nothing can be said of it: save it as UTF-8"]);
}

#[test]
fn windows_are_told_in_bytes_of_the_source_and_settings_have_no_verdict() {
    let source = format!("# *Old* news\n\n{}", "boat ".repeat(20));
    let document = Document::read(source.as_bytes(), Markup::Markdown);
    let mut report = adjudicate(&document, &RuleSet::default(), crate::Raw::default(), None, None);
    let start = document.text().find("boat").unwrap() as u32;
    let span = Span::new(start, start + 9);
    report.verdict.windows = vec![crate::Window { span, score: LogOdds::EVEN }];
    let verdict = Diagnosis::new(&document, &report).verdict.unwrap();
    assert_eq!(&source[verdict.windows[0].span.range()], "boat boat");
    let problem = |start, help: Option<&str>| Problem {
        span: Span::new(start, start + 1),
        message: "no such key".into(),
        help: help.map(str::to_owned),
    };
    let said =
        Diagnosis::of_settings("a = 1\nb = 2\n", &[problem(6, Some("mend it")), problem(0, None)]);
    assert_eq!(said.verdict, None);
    let told: Vec<_> = said.diagnostics.iter().map(|d| (d.text.as_str(), d.notes.len())).collect();
    assert_eq!(told, [("a", 0), ("b", 1)]);
    assert!(
        said.diagnostics
            .iter()
            .all(|d| (d.rule.as_ref(), d.severity) == ("settings", Severity::Error))
    );
}

#[test]
fn a_finding_behind_the_last_sentence_is_its_own_sentence() {
    let document = Document::new(b"The boat left.\n\n");
    let last = document.text().len() as u32;
    let found = Diagnostic::new(&document, &finding(Span::new(last, last)));
    assert_eq!(found.sentence, Span::new(last, last));
    let end = document.sentences()[0].span.end;
    let found = Diagnostic::new(&document, &finding(Span::new(end, end)));
    assert_eq!(found.sentence, document.sentences()[0].span, "one that touches it belongs to it");
}

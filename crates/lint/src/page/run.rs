//! Running the examples of a page.

use std::borrow::Cow;

use unspin_text::{Document, Span};

use super::{Example, Kind, apply, examples};
use crate::{Finding, INTERNAL_ERROR, LogOdds, Rule, RuleSet, SettingsFile, adjudicate};

/// What came of the examples of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many `bad`, `good` and `article` examples were run.
    pub examples: usize,
    /// What is wrong, in the order of the page.
    pub failures: Vec<Failure>,
}

/// An example that does not tell the truth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Line of its fence in the page, from 1.
    pub line: usize,
    /// Which of the page's `bad`, `good` and `article` examples it is or belongs to, from 1.
    pub number: usize,
    /// What is wrong: lower case, one sentence, no final stop.
    pub what: String,
    /// What the page says, line by line; empty where there is nothing to compare.
    pub expected: Vec<String>,
    /// What is so, line by line.
    pub found: Vec<String>,
}

impl Failure {
    fn new(example: &Example, what: impl Into<String>) -> Self {
        let (expected, found) = (Vec::new(), Vec::new());
        Self { line: example.line, number: 0, what: what.into(), expected, found }
    }

    fn comparing(self, expected: &str, found: &str) -> Self {
        let lines = |text: &str| text.lines().map(str::to_owned).collect();
        Self { expected: lines(expected), found: lines(found), ..self }
    }
}

impl std::fmt::Display for Failure {
    /// What is wrong, then the lines that differ, `-` before what was expected and `+` before what was found.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)?;
        for line in &self.expected {
            write!(f, "\n  - {line}")?;
        }
        for line in &self.found {
            write!(f, "\n  + {line}")?;
        }
        Ok(())
    }
}

/// Runs every example of a rule's page and checks the page's form as shipped rules keep it: the headings *Why* and
/// *Examples*, two `bad` and two `good` examples. Returns what is wrong, a line or more each.
pub fn check(rules: &RuleSet, rule: &dyn Rule) -> Vec<String> {
    let meta = rule.meta();
    let mut wrong = Vec::new();
    for heading in ["Why", "Examples"] {
        let is_heading =
            |l: &str| l.starts_with('#') && l.trim_start_matches('#').trim() == heading;
        if !meta.page.lines().any(is_heading) {
            wrong.push(format!("{}: the page has no heading \"{heading}\"", meta.id));
        }
    }
    let examples = examples(&meta.page);
    for kind in [Kind::Bad, Kind::Good] {
        let count = examples.iter().filter(|e| e.kind == kind).count();
        if count < 2 {
            wrong.push(format!("{}: {count} {kind:?} examples, at least 2 are needed", meta.id));
        }
    }
    let failures = run(rules, rule).failures.into_iter();
    wrong.extend(failures.map(|f| format!("{}, page line {}: {f}", meta.id, f.line)));
    wrong
}

/// Runs every example of a rule's page, among all `rules` and under their settings.
pub fn run(rules: &RuleSet, rule: &dyn Rule) -> Outcome {
    let mut outcome = Outcome::default();
    let mut last_bad: Option<Example> = None;
    let mut rules = Cow::Borrowed(rules);
    for example in examples(&rule.meta().page) {
        if matches!(example.kind, Kind::Bad | Kind::Good | Kind::Article) {
            outcome.examples += 1;
        }
        let failure = match example.kind {
            Kind::Settings => configure(rules.to_mut(), &example),
            Kind::Fixed | Kind::Expect => match &last_bad {
                None => Some(Failure::new(&example, "no `bad` example stands before this")),
                Some(bad) if example.kind == Kind::Fixed => fixed(&rules, rule, bad, &example),
                Some(bad) => said(&rules, rule, bad, &example),
            },
            Kind::Bad | Kind::Good | Kind::Article if example.text.contains("[[") => {
                Some(Failure::new(&example, "`[[` is never closed"))
            }
            Kind::Good if !example.spans.is_empty() => {
                Some(Failure::new(&example, "a `good` example has no marks"))
            }
            Kind::Bad if example.spans.is_empty() => {
                Some(Failure::new(&example, "nothing is marked `[[...]]` in a `bad` example"))
            }
            Kind::Article if words(&example) < 150 => {
                let what =
                    format!("an article of {} words, at least 150 are needed", words(&example));
                Some(Failure::new(&example, what))
            }
            Kind::Bad | Kind::Good | Kind::Article => marked(&rules, rule, &example),
        };
        let number = outcome.examples;
        outcome.failures.extend(failure.map(|failure| Failure { number, ..failure }));
        if example.kind == Kind::Bad {
            last_bad = Some(example);
        }
    }
    outcome
}

fn words(example: &Example) -> usize {
    Document::read(example.text.as_bytes(), example.markup).word_count()
}

/// What a rule alone sees, by span.
pub fn raw(rule: &dyn Rule, document: &Document<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    rule.check(&crate::Context::new(document), &mut found);
    found.sort_by_key(|f| f.span);
    found
}

/// What a rule finds in an example: raw and alone, but for one that speaks of others' findings and for articles.
fn found(
    rules: &RuleSet,
    rule: &dyn Rule,
    document: &Document<'_>,
    is_article: bool,
) -> Vec<Finding> {
    let meta = rule.meta();
    let mut found = Vec::new();
    if is_article || rule.concludes() {
        found = adjudicate(document, rules, rules.run(document), None, None).findings;
        found.retain(|f| f.rule == meta.id || f.rule == INTERNAL_ERROR);
        return found;
    }
    let state = rules.state(&meta.id);
    let rule = state.map_or(rule, |state| state.rule.as_ref());
    let cx = rules.context(document);
    rule.check(&cx, &mut found);
    let mut adjusted = Vec::new();
    rule.adjust(&cx, &mut adjusted);
    found.extend(adjusted.into_iter().map(|adjustment| {
        let message = format!("what is found here becomes {}", adjustment.severity);
        Finding::new(meta, adjustment.span, LogOdds::EVEN, message)
    }));
    for finding in &mut found {
        finding.severity = state.map_or(finding.severity, |state| state.severity);
    }
    found.sort_by_key(|f| f.span);
    found
}

fn marked(rules: &RuleSet, rule: &dyn Rule, example: &Example) -> Option<Failure> {
    let document = Document::read(example.text.as_bytes(), example.markup);
    let found = found(rules, rule, &document, example.kind == Kind::Article);
    if let Some(failed) = found.iter().find(|finding| finding.rule == INTERNAL_ERROR) {
        return Some(Failure::new(example, failed.message.clone()));
    }
    let spans: Vec<Span> = found.iter().map(|f| document.in_source(f.span)).collect();
    let what = match (spans.is_empty(), example.spans.is_empty()) {
        _ if spans == example.spans => return None,
        (true, _) => "nothing is found here",
        (_, true) => "this is found, and should not be",
        _ => "something else is found here",
    };
    let [expected, got] = [&example.spans, &spans].map(|spans| mark(&example.text, spans));
    Some(Failure::new(example, what).comparing(&expected, &got))
}

fn fixed(rules: &RuleSet, rule: &dyn Rule, bad: &Example, example: &Example) -> Option<Failure> {
    let document = Document::read(bad.text.as_bytes(), bad.markup);
    let findings = found(rules, rule, &document, false);
    let fixed = apply(document.text(), &findings);
    // Of a marked-up example the prose is compared: no fix touches markup.
    let wanted = Document::read(example.text.as_bytes(), bad.markup);
    let differ = fixed != wanted.text();
    differ.then(|| {
        Failure::new(example, "the fixes give another text").comparing(wanted.text(), &fixed)
    })
}

fn said(rules: &RuleSet, rule: &dyn Rule, bad: &Example, example: &Example) -> Option<Failure> {
    let document = Document::read(bad.text.as_bytes(), bad.markup);
    let findings = found(rules, rule, &document, false);
    let lines: Vec<String> =
        findings.iter().map(|f| format!("{}: {}", f.severity, f.message)).collect();
    let said = lines.join("\n");
    let differ = said != example.text;
    differ.then(|| {
        Failure::new(example, "something else is said of the example")
            .comparing(&example.text, &said)
    })
}

/// Puts the settings of an example over the rules.
fn configure(rules: &mut RuleSet, example: &Example) -> Option<Failure> {
    let (file, problems) = SettingsFile::parse(&example.text, rules, 0);
    let refused = file.settings.apply(rules).into_iter().map(|refused| refused.value);
    let problems = problems.into_iter().map(|problem| problem.message).chain(refused);
    let problems: Vec<String> = problems.collect();
    (!problems.is_empty()).then(|| Failure::new(example, problems.join("; ")))
}

/// A text with its spans marked; spans that overlap are listed, since marks cannot show them.
fn mark(text: &str, spans: &[Span]) -> String {
    if spans.windows(2).any(|pair| pair[1].start < pair[0].end) {
        let list = |span: &Span| format!("{}..{} {:?}", span.start, span.end, &text[span.range()]);
        return spans.iter().map(list).collect::<Vec<_>>().join("\n");
    }
    let (mut out, mut at) = (String::with_capacity(text.len() + 4 * spans.len()), 0);
    for span in spans {
        out.push_str(&text[at..span.start as usize]);
        out.push_str("[[");
        out.push_str(&text[span.range()]);
        out.push_str("]]");
        at = span.end as usize;
    }
    out + &text[at..]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Context, Fix, RuleMeta, Safety, Scope, Severity};

    /// Finds each *odd* and offers *even*.
    struct Odd(RuleMeta);

    impl Rule for Odd {
        fn meta(&self) -> &RuleMeta {
            &self.0
        }

        fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
            for (at, word) in cx.document().text().match_indices("odd") {
                let span = Span::new(at as u32, (at + word.len()) as u32);
                let finding = Finding::new(&self.0, span, LogOdds::EVEN, "it is odd".into());
                out.push(finding.fix(Fix::replace(span, "even", Safety::Safe)));
            }
        }
    }

    /// What is wrong with a page of that rule.
    fn wrong(page: &str) -> Vec<String> {
        let meta = RuleMeta {
            id: "odd".into(),
            family: "tests".into(),
            severity: Severity::Warning,
            min_confidence: 0.5,
            scope: Scope::Word,
            page: page.to_owned().into(),
            evidence: false,
            options: std::borrow::Cow::Borrowed(&[]),
            formerly: &[],
            provenance: None,
        };
        let rule: Arc<dyn Rule> = Arc::new(Odd(meta));
        let rules = RuleSet::new([Arc::clone(&rule)]);
        run(&rules, rule.as_ref()).failures.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_page_that_tells_the_truth_has_no_failures() {
        let page = "```bad\nAn [[odd]] day.\n```\n```fixed\nAn even day.\n```\n\
                    ```expect\nwarning: it is odd\n```\n```good\nAn even day.\n```\n\
                    ```settings\n[rules.odd]\nseverity = \"info\"\n```\n\
                    ```bad\nNo [[odd]] way.\n```\n```expect\ninfo: it is odd\n```\n";
        assert_eq!(wrong(page), [""; 0]);
    }

    #[test]
    fn every_part_of_an_example_can_fail() {
        let of = |fences: &str| wrong(&format!("```bad\nAn [[odd]] day.\n```\n{fences}"));
        assert_eq!(
            wrong("```bad\nAn odd [[day]].\n```"),
            ["something else is found here\n  - An odd [[day]].\n  + An [[odd]] day."]
        );
        assert_eq!(
            wrong("```good\nAn odd day.\n```"),
            ["this is found, and should not be\n  - An odd day.\n  + An [[odd]] day."]
        );
        assert_eq!(
            of("```fixed\nAn evil day.\n```"),
            ["the fixes give another text\n  - An evil day.\n  + An even day."]
        );
        assert_eq!(
            of("```expect\nerror: it is odd\n```"),
            ["something else is said of the example\n  - error: it is odd\n  + warning: it is odd"]
        );
        assert_eq!(of("```settings\n[rules.ood]\n```"), ["there is no rule `ood`"]);
        assert_eq!(wrong("```fixed\nx\n```"), ["no `bad` example stands before this"]);
    }

    #[test]
    fn a_marked_up_example_is_read_as_such() {
        assert_eq!(
            wrong(
                "```bad markdown\nAn *[[odd]]* day, [so](odd).\n```\n```fixed\nAn *even* day, [so](odd).\n```"
            ),
            [""; 0]
        );
    }
}

//! What comments hide, and what is told of those that hide nothing.

use std::sync::Arc;

use super::*;
use crate::{LogOdds, Rule, RuleMeta};

crate::rule! {
    /// For tests.
    UNUSED: "unused-suppression" in "house", Info, min_confidence 0.5, scope Document,
    evidence false
}
crate::rule! {
    /// For tests.
    ODD: "odd" in "marks", Warning, min_confidence 0.5, scope Word,
    formerly ["odd-word"]
}

struct Silent(&'static RuleMeta);

impl Rule for Silent {
    fn meta(&self) -> &RuleMeta {
        self.0
    }

    fn check(&self, _: &Context<'_>, _: &mut Vec<Finding>) {}
}

fn rules() -> RuleSet {
    RuleSet::new([&UNUSED, &ODD].map(|meta| Arc::new(Silent(meta)) as Arc<dyn Rule>))
}

fn odd(span: Span) -> Finding {
    let meta: &RuleMeta = &ODD;
    Finding::new(meta, span, LogOdds::EVEN, String::new())
}

/// What is said of each suppression of a text once a finding on the first "boat" was looked at: message and notes.
fn settled(text: &str, markup: Markup) -> Vec<(String, Vec<String>)> {
    let (document, rules) = (Document::read(text.as_bytes(), markup), rules());
    let suppressions = Suppressions::of(&document);
    let mut curtain = Curtain::new(&suppressions, &rules);
    if let Some(at) = document.text().find("boat") {
        let span = Span::new(at as u32, at as u32 + 4);
        curtain.hides(&odd(span), document.in_source(span));
    }
    let meta: &RuleMeta = &UNUSED;
    let told = suppressions.iter().filter_map(|s| {
        let name = s.name.as_deref().unwrap_or("all");
        let message = format!("`{name}` hides nothing");
        let mut finding = Finding::new(meta, s.span, LogOdds::EVEN, message);
        curtain.settle(&mut finding).then_some((finding.message, finding.notes))
    });
    told.collect()
}

fn messages(text: &str) -> Vec<String> {
    settled(text, Markup::Plain).into_iter().map(|(message, _)| message).collect()
}

#[test]
fn a_comment_that_hides_something_is_used_and_another_is_told() {
    assert_eq!(messages("A boat. [unspin-disable-line odd]"), [""; 0]);
    assert_eq!(messages("A boat. [unspin-disable-line marks]"), [""; 0]);
    assert_eq!(messages("A boat. [unspin-disable-line]"), [""; 0]);
    assert_eq!(messages("A pier. [unspin-disable-line odd]"), ["`odd` hides nothing"]);
    assert_eq!(messages("A pier. [unspin-disable-line]"), ["`all` hides nothing"]);
    assert_eq!(messages("A boat.\n[unspin-disable-line house]"), ["`house` hides nothing"]);
    // Everything is asked first, then the rule, then its family; only one of them did anything.
    let both = "A boat. [unspin-disable-line odd] [unspin-disable-line]";
    assert_eq!(messages(both), ["`odd` hides nothing"]);
    let both = "A boat. [unspin-disable-line marks] [unspin-disable-line odd]";
    assert_eq!(messages(both), ["`marks` hides nothing"]);
}

#[test]
fn a_name_that_is_old_or_unknown_is_told_with_the_way_out() {
    let told = |text: &str| settled(text, Markup::Plain);
    let renamed = (
        "the rule `odd-word` is now called `odd`".to_owned(),
        vec!["write `odd`; until then the comment is obeyed".to_owned()],
    );
    // It is told whether it hides something or not.
    assert_eq!(told("A boat. [unspin-disable-line odd-word]"), std::slice::from_ref(&renamed));
    assert_eq!(told("A pier. [unspin-disable-line odd-word]"), [renamed]);
    let unknown = |note: &str, name: &str| {
        (format!("there is no rule `{name}`, so it hides nothing"), vec![note.to_owned()])
    };
    assert_eq!(
        told("A boat. [unspin-disable-line unused-suppressions]"),
        [unknown("did you mean `unused-suppression`?", "unused-suppressions")]
    );
    assert_eq!(
        told("A boat. [unspin-disable-line zebra]"),
        [unknown("`unspin rules` lists the rules", "zebra")]
    );
    // A family is no rule, and a fault has been told by the rule itself.
    assert_eq!(
        told("A pier. [unspin-disable-line marks]"),
        [("`marks` hides nothing".into(), vec![])]
    );
    assert_eq!(told("A boat. [unspin-enable zebra]"), [("`zebra` hides nothing".into(), vec![])]);
    assert_eq!(told("A boat. [unspin-off]"), [("`all` hides nothing".into(), vec![])]);
}

#[test]
fn names_that_the_format_keeps_out_of_the_text_are_told_apart() {
    let told = |text: &str| -> Vec<String> {
        settled(text, Markup::Markdown).into_iter().map(|(message, _)| message).collect()
    };
    let used = "<!-- unspin-disable-next-line odd, house -->\n\nA boat.";
    assert_eq!(told(used), ["`house` hides nothing"]);
    let used = "<!-- unspin-disable-next-line house, odd -->\n\nA boat.";
    assert_eq!(told(used), ["`house` hides nothing"]);
    // A finding that nothing here speaks of stays.
    let document = Document::new(b"A boat. [unspin-disable-line odd]");
    let (suppressions, rules) = (Suppressions::of(&document), rules());
    let curtain = Curtain::new(&suppressions, &rules);
    let meta: &RuleMeta = &UNUSED;
    let mut other = Finding::new(meta, Span::new(0, 1), LogOdds::EVEN, "else".into());
    assert!(curtain.settle(&mut other));
    assert_eq!(other.message, "else");
}

#[test]
fn a_finding_is_hidden_where_it_shares_a_byte_with_the_reach() {
    let text = "one boat\ntwo [unspin-disable-line odd]\nboat";
    let (suppressions, rules) = (Suppressions::find(text), rules());
    let hidden = |start, end| {
        let span = Span::new(start, end);
        Curtain::new(&suppressions, &rules).hides(&odd(span), span).is_some()
    };
    let (start, end) = (9, 38);
    assert_eq!(&text[start as usize..end as usize], "two [unspin-disable-line odd]");
    assert!(hidden(start, start + 1) && hidden(end - 1, end) && hidden(0, start + 1));
    assert!(hidden(end - 1, end + 4));
    assert!(!hidden(0, start) && !hidden(end, end + 4));
}

#[test]
fn of_reaches_that_begin_in_turn_the_farthest_is_asked() {
    let text = "[unspin-disable odd] one\n[unspin-disable-line odd] two\nthree";
    let (suppressions, rules) = (Suppressions::find(text), rules());
    let by = |word: &str| {
        let at = text.find(word).unwrap() as u32;
        let span = Span::new(at, at + 3);
        Curtain::new(&suppressions, &rules).hides(&odd(span), span)
    };
    let first = Some(suppressions.list[0].source);
    assert_eq!([by("one"), by("two"), by("three")], [first; 3]);
}

#[test]
fn a_comment_has_its_place_in_the_text_or_where_it_would_stand() {
    let places = |source: &str, markup| -> Vec<(u32, u32)> {
        let document = Document::read(source.as_bytes(), markup);
        let suppressions = Suppressions::of(&document);
        for suppression in suppressions.iter() {
            assert!(source[suppression.source.range()].contains("odd"));
        }
        suppressions.iter().map(|s| (s.span.start, s.span.end)).collect()
    };
    // Plain text holds it; a format may keep it in the text or out of it.
    assert_eq!(places("A [unspin-disable odd] boat.", Markup::Plain), [(18, 21)]);
    assert_eq!(places("*A* [unspin-disable odd] boat.", Markup::Markdown).len(), 1);
    assert_eq!(places("A <!-- unspin-disable odd --> boat.", Markup::Markdown), [(2, 2)]);
    assert_eq!(places("<p>A boat.</p>\n<!-- unspin-disable odd -->", Markup::Html), [(7, 7)]);
}

#[test]
fn what_lies_in_a_comment_is_no_prose() {
    let text = "A [unspin-disable odd] boat [unspin-enable odd].";
    let suppressions = Suppressions::find(text);
    let inside = |start, end| suppressions.is_comment(Span::new(start, end));
    assert!(inside(2, 22) && inside(3, 5) && inside(28, 30) && inside(46, 47));
    assert!(
        !inside(0, 1) && !inside(1, 4) && !inside(20, 24) && !inside(23, 27) && !inside(47, 48)
    );
}

#[test]
fn fences_open_and_close_with_their_own_mark_and_code_elements_show() {
    let named = |text: &str| -> Vec<String> {
        Suppressions::find(text).iter().filter_map(|s| s.name.clone()).collect()
    };
    let text = "```\n~~~\n[unspin-disable a]\n```\n[unspin-disable b]";
    assert_eq!(named(text), ["b"]);
    assert_eq!(named("  ~~~ text\n[unspin-disable a]\n  ~~~\n[unspin-disable b]"), ["b"]);
    assert_eq!(named("<code>[unspin-disable a]</code> [unspin-disable b]"), ["b"]);
    assert_eq!(named("`` x [unspin-disable a]"), ["a"]);
    assert_eq!(named("``` [unspin-disable a]\n```\n[unspin-disable b]"), ["a", "b"]);
}

#[test]
fn the_next_line_is_the_next_that_is_filled_for_each_comment_before_it() {
    let text = "[unspin-disable-next-line a] [unspin-disable-next-line b]\r\n\r\n one\ntwo\n\
                [unspin-disable-next-line c]\nthree";
    let suppressions = Suppressions::find(text);
    let reached: Vec<&str> = suppressions.iter().map(|s| &text[s.reach.range()]).collect();
    assert_eq!(reached, [" one", " one", "three"]);
    let text = "one\n[unspin-disable-line a\n b]\ntwo";
    let suppressions = Suppressions::find(text);
    let reached: Vec<&str> = suppressions.iter().map(|s| &text[s.reach.range()]).collect();
    assert!(reached.iter().all(|r| *r == "[unspin-disable-line a\n b]"), "{reached:?}");
}

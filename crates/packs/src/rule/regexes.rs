//! The regexes of a rule at work.
//!
//! Each looks at one paragraph after another, so that no match crosses the end of one, and `^` and `$` are its ends.

use regex::{Captures, Regex};
use unspin_text::{Document, Span};

use crate::scan::Match;
use crate::source::build_regex;
use crate::table::Pack;

/// The compiled regexes of a rule.
pub(super) struct Regexes {
    rule: u32,
    /// Index of the first in the table.
    first: u32,
    all: Vec<Compiled>,
}

struct Compiled {
    /// `None` where the table is damaged: those that were written into it compile.
    regex: Option<Regex>,
    needs: Vec<Regex>,
    /// Index in `Lists`.
    suggestions: u32,
}

impl Regexes {
    /// Those of the rule with this index, of which the table has `count` from `first` on.
    pub(super) fn new(pack: &Pack, rule: u32, first: u32, count: u32) -> Self {
        let compile = |text: &str| build_regex(text).ok();
        let of = |index: u32| {
            let record = pack.regex(index)?;
            let regex = pack.string(record.pattern).and_then(compile);
            let needs = pack.strings(record.needs).filter_map(compile).collect();
            Some(Compiled { regex, needs, suggestions: record.suggestions })
        };
        let all = (first..first.saturating_add(count)).map_while(of).collect();
        Self { rule, first, all }
    }

    /// All matches, by regex and place. Conditions are not looked at.
    pub(super) fn find(&self, pack: &Pack, document: &Document<'_>) -> Vec<Match> {
        let mut all = Vec::new();
        for (index, compiled) in (self.first..).zip(&self.all) {
            let phrase = (pack.phrase_count() as u32).saturating_add(index);
            let mut take = |span: Span, _: &str| {
                let first_token = document.tokens_in(span).start as u32;
                all.push(Match { rule: self.rule, span, phrase, first_token });
            };
            if let Some(regex) = &compiled.regex {
                each(regex, document, &mut take);
            }
        }
        all
    }

    fn of(&self, pack: &Pack, found: &Match) -> Option<&Compiled> {
        let index = found.phrase.checked_sub(pack.phrase_count() as u32)?;
        self.all.get(index.checked_sub(self.first)? as usize)
    }

    /// What a match should become.
    pub(super) fn suggestions(
        &self,
        pack: &Pack,
        document: &Document<'_>,
        found: &Match,
    ) -> Vec<String> {
        let Some(compiled) = self.of(pack, found) else { return Vec::new() };
        let Some(captures) = compiled.captures(document, found.span) else { return Vec::new() };
        let expand = |template: &str| {
            let mut text = String::new();
            captures.expand(template, &mut text);
            text
        };
        pack.strings(compiled.suggestions).map(expand).collect()
    }

    /// The first group of a match; empty where there is none.
    pub(super) fn group<'d>(
        &self,
        pack: &Pack,
        document: &'d Document<'_>,
        found: &Match,
    ) -> &'d str {
        let captures =
            self.of(pack, found).and_then(|compiled| compiled.captures(document, found.span));
        captures.map_or("", |captures| first_group(&captures))
    }

    /// Where what a match needs stands, with its first group; `None` if it is a match of no regex.
    pub(super) fn needed(
        &self,
        pack: &Pack,
        found: &Match,
        document: &Document<'_>,
        mut take: impl FnMut(Span, &str),
    ) {
        for regex in self.of(pack, found).into_iter().flat_map(|compiled| &compiled.needs) {
            each(regex, document, &mut take);
        }
    }
}

impl Compiled {
    /// The groups of a match that stands at `span`.
    fn captures<'d>(&self, document: &'d Document<'_>, span: Span) -> Option<Captures<'d>> {
        let paragraphs = document.paragraphs();
        let at = paragraphs.partition_point(|p| p.span.start <= span.start).checked_sub(1)?;
        let paragraph = paragraphs[at].span;
        let text = document.slice(paragraph);
        self.regex.as_ref()?.captures_at(text, (span.start - paragraph.start) as usize)
    }
}

fn first_group<'d>(captures: &Captures<'d>) -> &'d str {
    captures.get(1).map_or("", |group| group.as_str())
}

/// Hands out the matches of a regex that hold a character, by place, each with its first group.
fn each(regex: &Regex, document: &Document<'_>, take: &mut impl FnMut(Span, &str)) {
    let has_group = regex.captures_len() > 1;
    for paragraph in document.paragraphs() {
        let text = document.slice(paragraph.span);
        let span = |range: std::ops::Range<usize>| {
            let start = paragraph.span.start;
            Span::new(start + range.start as u32, start + range.end as u32)
        };
        if has_group {
            for captures in regex.captures_iter(text).filter(|c| !c.get_match().is_empty()) {
                take(span(captures.get_match().range()), first_group(&captures));
            }
        } else {
            let found = regex.find_iter(text).filter(|found| !found.is_empty());
            found.for_each(|found| take(span(found.range()), ""));
        }
    }
}

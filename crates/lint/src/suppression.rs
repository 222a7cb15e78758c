//! Suppression comments: what a text asks the linter not to show.
//!
//! ```text
//! [unspin-disable-line garbled-name: the lake's own spelling]     in plain text, and in any other
//! <!-- unspin-disable-next-line garbled-name, garbled-word -->    in Markdown and HTML
//! ```
//!
//! They hide findings and change nothing else: what they hide still counts towards the verdict. They are read off the
//! source text, so that they work alike in every format; code that shows one (between back-ticks, in a fence) asks for
//! nothing.

use std::collections::HashMap;

use unspin_text::control_comment::{self, ControlComment};
use unspin_text::{Document, Markup, Span};

use crate::run::Lookup;
use crate::settings::nearest;
use crate::{Analysis, Context, Finding, RuleSet};

/// The rule whose findings are the comments that hide nothing.
pub const UNUSED_SUPPRESSION: &str = "unused-suppression";

/// The reach of what has none.
const NOWHERE: Span = Span { start: 0, end: 0 };

/// What may stand after `unspin-`.
const VERBS: [&str; 5] = ["disable", "disable-file", "disable-line", "disable-next-line", "enable"];

/// One rule, family or everything that a comment hides over a stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The name in the comment, or the comment where it names none, in bytes of the document's text; empty, and where the
    /// comment would stand, if the format keeps it out of the text.
    pub span: Span,
    /// The same in bytes of the source, where it always stands.
    pub source: Span,
    /// The id of a rule or the name of a family; `None` hides all rules.
    pub name: Option<String>,
    /// Findings that overlap this are hidden; in bytes of the source.
    pub reach: Span,
    /// Where the comment says how it is meant, and it cannot be.
    pub fault: Option<Fault>,
}

/// Why a comment has no effect, whatever stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It asks for something that there is not; perhaps this was meant.
    UnknownVerb {
        /// As written, after `unspin-`.
        written: String,
        /// The likely one.
        near: Option<&'static str>,
    },
    /// It ends what was not begun.
    NothingToEnable,
}

/// All suppressions of a document.
#[derive(Clone, Debug, Default)]
pub struct Suppressions {
    // Invariant: by rising start of `span`.
    list: Vec<Suppression>,
    comments: Vec<Span>,
}

impl Analysis for Suppressions {
    fn analyse(cx: &Context<'_>) -> Self {
        Self::of(cx.document())
    }
}

/// The blocks that are open, by what they name: indices into the list.
type Open = HashMap<Option<String>, Vec<usize>>;

impl Suppressions {
    /// Reads the comments of a document off its source, so that they work alike in every format. Linear in its length, and
    /// O(log n) a comment more where the source is marked up.
    pub fn of(document: &Document<'_>) -> Self {
        let mut found = Self::find(document.source());
        if document.markup() != Markup::Plain {
            for suppression in &mut found.list {
                suppression.span = in_text(document, suppression.span);
            }
            for comment in &mut found.comments {
                *comment = in_text(document, *comment);
            }
        }
        found
    }

    /// Reads the comments of a source. Linear in its length.
    pub fn find(text: &str) -> Self {
        let mut found = Self::default();
        let mut comments = control_comment::find(text).peekable();
        if comments.peek().is_none() {
            return found;
        }
        let mut open = Open::new();
        let mut lines = Lines::new(text);
        let mut fences = Fences::new(text);
        for comment in comments {
            if is_shown(text, comment.span) || fences.hold(comment.span.start as usize) {
                continue;
            }
            found.comments.push(comment.span);
            found.read(text, comment, &mut lines, &mut open);
        }
        found
    }

    fn read(
        &mut self,
        text: &str,
        comment: ControlComment,
        lines: &mut Lines<'_>,
        open: &mut Open,
    ) {
        let ControlComment { span, body } = comment;
        let request = &text[body.range()];
        let (request, _reason) = request.split_once(':').unwrap_or((request, ""));
        let mut words = words(request);
        let (_, verb) = words.next().unwrap_or((0, ""));
        let named = words.map(|(at, name)| {
            let start = body.start + at as u32;
            (Some(name.to_owned()), Span::new(start, start + name.len() as u32))
        });
        let mut names: Vec<_> = named.collect();
        if names.is_empty() {
            names.push((None, span));
        }
        let end = text.len() as u32;
        let reach = match verb {
            "disable-file" => Span::new(0, end),
            "disable-line" => lines.around(span),
            "disable-next-line" => lines.after(span.end),
            "disable" => Span::new(span.end, end),
            "enable" => return self.enable(span.start, names, open),
            unknown => {
                let near = nearest(unknown, VERBS);
                let fault = Some(Fault::UnknownVerb { written: unknown.to_owned(), near });
                return self.list.push(Suppression {
                    span,
                    source: span,
                    name: None,
                    reach: NOWHERE,
                    fault,
                });
            }
        };
        for (name, span) in names {
            if verb == "disable" {
                open.entry(name.clone()).or_default().push(self.list.len());
            }
            self.list.push(Suppression { span, source: span, name, reach, fault: None });
        }
    }

    /// Ends, at `end`, the open blocks of these names; without a name all of them.
    fn enable(&mut self, end: u32, names: Vec<(Option<String>, Span)>, open: &mut Open) {
        for (name, span) in names {
            let closed: Vec<usize> = match &name {
                None => open.drain().flat_map(|(_, blocks)| blocks).collect(),
                Some(_) => open.remove(&name).unwrap_or_default(),
            };
            for &block in &closed {
                self.list[block].reach.end = end;
            }
            if closed.is_empty() {
                let fault = Some(Fault::NothingToEnable);
                self.list.push(Suppression { span, source: span, name, reach: NOWHERE, fault });
            }
        }
    }

    /// All of them, by their place in the text.
    pub fn iter(&self) -> impl Iterator<Item = &Suppression> {
        self.list.iter()
    }

    /// Whether a span lies in a comment, which is no prose.
    pub(crate) fn is_comment(&self, span: Span) -> bool {
        let after = self.comments.partition_point(|comment| comment.start <= span.start);
        after > 0 && self.comments[after - 1].contains(span)
    }
}

/// The bytes of the document's text that stand at `source`, bytes of its source; empty if the format keeps them out.
fn in_text(document: &Document<'_>, source: Span) -> Span {
    let tokens = document.tokens();
    let at = tokens.partition_point(|t| document.in_source(t.span).end <= source.start);
    let Some(token) = tokens.get(at) else {
        let end = document.text().len() as u32;
        return Span::new(end, end);
    };
    let whole = document.in_source(token.span);
    if whole.contains(source) && whole.len() == token.span.len() {
        let start = token.span.start + source.start - whole.start;
        return Span::new(start, start + source.len());
    }
    Span::new(token.span.start, token.span.start)
}

/// What suppressions do to the findings of their document, and which of them did anything.
pub(crate) struct Curtain<'s> {
    suppressions: &'s Suppressions,
    rules: &'s RuleSet,
    /// By name: the start of a reach, and which of those that begin up to there reaches farthest; by rising start.
    reaches: HashMap<Option<&'s str>, Vec<(u32, usize)>>,
    used: Vec<bool>,
}

impl<'s> Curtain<'s> {
    pub(crate) fn new(suppressions: &'s Suppressions, rules: &'s RuleSet) -> Self {
        let list = &suppressions.list;
        let mut by_start: Vec<usize> = (0..list.len()).collect();
        by_start.sort_by_key(|&index| list[index].reach.start);
        let mut reaches: HashMap<Option<&str>, Vec<(u32, usize)>> = HashMap::new();
        for index in by_start {
            // A rule that was renamed is found under the name that it has.
            let name = list[index].name.as_deref().map(|name| match rules.lookup(name) {
                Lookup::Renamed(state) => state.rule.meta().id.as_ref(),
                _ => name,
            });
            let reaches = reaches.entry(name).or_default();
            let farthest = reaches.last().map(|(_, farthest)| *farthest);
            let farthest = farthest.filter(|&f| list[f].reach.end >= list[index].reach.end);
            reaches.push((list[index].reach.start, farthest.unwrap_or(index)));
        }
        Self { suppressions, rules, reaches, used: vec![false; list.len()] }
    }

    /// The comment that hides a finding, in bytes of the source; it is used from then on. O(log n) for n comments.
    ///
    /// `source`: where the finding is, in bytes of the source.
    pub(crate) fn hides(&mut self, finding: &Finding, source: Span) -> Option<Span> {
        if self.reaches.is_empty() {
            return None;
        }
        for name in [None, Some(finding.rule.as_ref()), Some(finding.family.as_ref())] {
            let Some(reaches) = self.reaches.get(&name) else { continue };
            let before = reaches.partition_point(|(start, _)| *start < source.end);
            let Some((_, index)) = before.checked_sub(1).map(|last| reaches[last]) else {
                continue;
            };
            let suppression = &self.suppressions.list[index];
            if suppression.reach.overlaps(source) {
                self.used[index] = true;
                return Some(suppression.source);
            }
        }
        None
    }

    /// What becomes of a finding of the rule [`UNUSED_SUPPRESSION`], which takes every comment for unused: it falls
    /// where the comment hid something, and tells the reason where there is a better one.
    pub(crate) fn settle(&self, finding: &mut Finding) -> bool {
        let list = &self.suppressions.list;
        let first = list.partition_point(|s| s.span.start < finding.span.start);
        let here = list[first..].iter().take_while(|s| s.span.start == finding.span.start).count();
        // Names in a comment that the format keeps out of the text stand in one place.
        let meant = |s: &Suppression| {
            s.name.as_ref().is_none_or(|name| finding.message.contains(&format!("`{name}`")))
        };
        let Some(index) = (first..first + here).find(|&i| here == 1 || meant(&list[i])) else {
            return true;
        };
        let name = list[index].name.as_deref().filter(|_| list[index].fault.is_none());
        let Some(name) = name else { return !self.used[index] };
        match self.rules.lookup(name) {
            Lookup::Renamed(state) => {
                let id = &state.rule.meta().id;
                finding.message = format!("the rule `{name}` is now called `{id}`");
                finding.notes = vec![format!("write `{id}`; until then the comment is obeyed")];
                return true;
            }
            Lookup::Unknown(near) if !is_family(name, self.rules) => {
                finding.message = format!("there is no rule `{name}`, so it hides nothing");
                let near = near.map(|near| format!("did you mean `{near}`?"));
                finding.notes = vec![near.unwrap_or("`unspin rules` lists the rules".into())];
            }
            _ => {}
        }
        !self.used[index]
    }
}

fn is_family(name: &str, rules: &RuleSet) -> bool {
    rules.states().any(|state| state.rule.meta().family == name)
}

/// The words of a request with their offsets: names are parted by spaces, commas or both.
fn words(request: &str) -> impl Iterator<Item = (usize, &str)> {
    request
        .split([' ', ',', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - request.as_ptr() as usize, word))
}

/// The lines of a text.
struct Lines<'t> {
    text: &'t str,
    /// Offsets of the line ends.
    ends: Vec<usize>,
    /// The last answer of [`Lines::after`], by the number of the line that was asked for.
    last: Option<(usize, Span)>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at);
        Self { text, ends: ends.collect(), last: None }
    }

    /// From the start of the line where `span` begins to the end of that where it ends.
    fn around(&self, span: Span) -> Span {
        let before = self.ends.partition_point(|&end| end < span.start as usize);
        let start = before.checked_sub(1).map_or(0, |line| self.ends[line] + 1);
        let line = self.ends.partition_point(|&end| end < span.end as usize);
        let end = self.ends.get(line).copied().unwrap_or(self.text.len());
        Span::new(start as u32, end as u32)
    }

    /// The next line that is not empty: in Markdown an empty one must stand between a comment and a paragraph.
    fn after(&mut self, offset: u32) -> Span {
        let line = self.ends.partition_point(|&end| end < offset as usize);
        if let Some((_, span)) = self.last.filter(|(asked, _)| *asked == line) {
            return span;
        }
        let from = self.ends.get(line).copied().unwrap_or(self.text.len());
        let filled = self.text[from..].find(|c: char| !c.is_whitespace());
        let span = filled.map_or(NOWHERE, |at| {
            let start = (from + at) as u32;
            self.around(Span::new(start, start))
        });
        self.last = Some((line, span));
        span
    }
}

/// Whether the comment stands between back-ticks or in a code element, to be read and not to be obeyed.
fn is_shown(text: &str, span: Span) -> bool {
    let before = &text[..span.start as usize];
    before.ends_with('`') || before.ends_with("<code>")
}

/// The fenced code of a text, asked from front to back.
struct Fences<'t> {
    lines: std::iter::Peekable<std::str::SplitInclusive<'t, char>>,
    at: usize,
    open: Option<&'static str>,
}

impl<'t> Fences<'t> {
    fn new(text: &'t str) -> Self {
        Self { lines: text.split_inclusive('\n').peekable(), at: 0, open: None }
    }

    /// Whether the line that holds `offset` lies in a fence; offsets must not fall.
    fn hold(&mut self, offset: usize) -> bool {
        while let Some(line) = self.lines.next_if(|line| self.at + line.len() <= offset) {
            self.at += line.len();
            let start = line.trim_start();
            match self.open {
                Some(fence) if start.starts_with(fence) => self.open = None,
                Some(_) => {}
                None => {
                    self.open = ["```", "~~~"].into_iter().find(|fence| start.starts_with(fence));
                }
            }
        }
        self.open.is_some()
    }
}

#[cfg(test)]
mod curtain_tests;
#[cfg(test)]
mod tests {
    use super::*;

    /// What each suppression of a text names and reaches.
    fn found(text: &str) -> Vec<(String, &str)> {
        let suppressions = Suppressions::find(text);
        let show = |s: &Suppression| (s.name.clone().unwrap_or_default(), &text[s.reach.range()]);
        suppressions.iter().map(show).collect()
    }

    fn pair<'t>(name: &str, reach: &'t str) -> (String, &'t str) {
        (name.to_owned(), reach)
    }

    #[test]
    fn each_form_reaches_its_stretch() {
        assert_eq!(
            found("one\ntwo [unspin-disable-line a b]\nthree"),
            [
                pair("a", "two [unspin-disable-line a b]"),
                pair("b", "two [unspin-disable-line a b]")
            ]
        );
        assert_eq!(
            found("<!-- unspin-disable-next-line a: why -->\n\n  two\nthree"),
            [pair("a", "  two")]
        );
        assert_eq!(found("one [unspin-disable-next-line]\n \n"), [pair("", "")]);
        assert_eq!(found("one\n[unspin-disable-file]"), [pair("", "one\n[unspin-disable-file]")]);
    }

    #[test]
    fn a_block_ends_where_its_names_are_enabled_again() {
        let text = "[unspin-disable a,b]1[unspin-enable a]2[unspin-enable]3";
        assert_eq!(found(text), [pair("a", "1"), pair("b", "1[unspin-enable a]2")]);
        assert_eq!(found("[unspin-disable]1\n2"), [pair("", "1\n2")]);
    }

    #[test]
    fn what_cannot_be_obeyed_is_a_fault() {
        let fault = |text: &str| Suppressions::find(text).list[0].fault.clone();
        let unknown = |written: &str, near| Fault::UnknownVerb { written: written.into(), near };
        assert_eq!(
            fault("[unspin-disable-lines a]"),
            Some(unknown("disable-lines", Some("disable-line")))
        );
        assert_eq!(fault("[unspin-off]"), Some(unknown("off", None)));
        assert_eq!(fault("[unspin-enable a]"), Some(Fault::NothingToEnable));
        assert_eq!(fault("[unspin-disable a][unspin-enable a]"), None);
    }

    #[test]
    fn comments_that_are_shown_as_code_are_not_obeyed() {
        let text = "`[unspin-disable]`\n```text\n[unspin-disable]\n```\n[unspin-disable-line x]\n~~~\n<!-- unspin-disable -->";
        assert_eq!(found(text), [pair("x", "[unspin-disable-line x]")]);
    }

    #[test]
    fn a_text_of_many_comments_is_read_in_linear_time() {
        let text = "[unspin-disable-line a]\n".repeat(100_000);
        assert_eq!(Suppressions::find(&text).list.len(), 100_000);
        let text = "[unspin-".repeat(100_000);
        assert_eq!(Suppressions::find(&text).list.len(), 0);
    }
}

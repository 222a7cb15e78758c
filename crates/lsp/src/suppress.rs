//! Comments that hide a rule's findings at a place or in a whole text.
//!
//! What can be written where is for the format to say: a comment at the end of a heading may become part of its text, one
//! inside a tag is none, and in plain text a comment is a token among others. So places are tried, the least intrusive
//! first, and the text is read again with the comment in it (`effect.rs`): the finding must be hidden, every word must
//! stay in its sentence, and the comment must stand in none.

mod effect;
#[cfg(test)]
mod tests;

use std::ops::Range;

use unspin_lint::{Markup, Span, Suppressions};
use unspin_text::control_comment::{self, MARK};

use effect::{Care, Effect, Goal};

/// Insertions into a source, in its bytes, sorted and disjoint.
pub type Edits = Vec<(Span, String)>;

/// Lines on each side of a finding at which a pair of comments may stand.
const REACH: usize = 32;

/// The edits of a source that hide what a rule found at `span`, in bytes of the source. With it they hide what else the
/// rule finds on the same line, and nothing of other rules. In this order:
///
/// - the rule is added to a comment that speaks of that line already;
/// - a comment stands at the end of the last line of the finding, in a table within its last cell;
/// - a comment stands on a line of its own above the finding;
/// - in Markdown and HTML, a comment stands beside the finding;
/// - two comments on lines of their own stand around the finding: in plain text whose lines are wrapped, around its
///   paragraph.
///
/// Empty if the finding is hidden already, and where no comment can hide it without harm to the text: in an HTML tag
/// that begins or ends more than 32 lines away; where the rule's name is none that a comment can hold; where the span is
/// none of the source. Linear in the length of the source for each place that is tried; there are at most some eighty,
/// and mostly the first will do.
pub fn here(source: &str, markup: Markup, span: Span, rule: &str) -> Edits {
    let Some(text) = Text::new(source, markup, rule) else { return Edits::new() };
    if source.get(span.range()).is_none() {
        return Edits::new();
    }
    let Some(effect) = Effect::new(source, markup, Goal::Hide { rule, span }) else {
        return Edits::new();
    };
    let places = text.at_the_line(span);
    let beside = text.beside(span);
    let strict = text.merged(|verb, reach| verb.ends_with("-line") && reach.overlaps(span));
    strict
        .into_iter()
        .chain(places.clone())
        .chain(beside)
        .find(|edits| effect.is_had_by(edits, Care::Sentences))
        .or_else(|| text.around(span, &effect))
        .or_else(|| places.into_iter().find(|edits| effect.is_had_by(edits, Care::Words)))
        .unwrap_or_default()
}

/// The edits of a source that hide all that a rule finds in it: the rule is added to a comment that speaks of the whole
/// file already, or a comment stands on a line of its own at the end or, where that would be code, at the beginning.
///
/// Empty if a comment does so already, and where neither place is one for a comment, or the rule's name is none that a
/// comment can hold. Linear in the length of the source.
pub fn in_file(source: &str, markup: Markup, rule: &str) -> Edits {
    let Some(text) = Text::new(source, markup, rule) else { return Edits::new() };
    let Some(effect) = Effect::new(source, markup, Goal::HideAll { rule }) else {
        return Edits::new();
    };
    let mut places = text.merged(|verb, _| verb == "disable-file");
    places.extend(text.at_the_ends());
    let had = |care| places.iter().find(|edits| effect.is_had_by(edits, care)).cloned();
    had(Care::Sentences).or_else(|| had(Care::Words)).unwrap_or_default()
}

struct Text<'t> {
    source: &'t str,
    markup: Markup,
    rule: &'t str,
    /// What ends its lines.
    end: &'static str,
}

impl<'t> Text<'t> {
    fn new(source: &'t str, markup: Markup, rule: &'t str) -> Option<Self> {
        let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        if rule.is_empty() || !rule.chars().all(is_name) || source.len() > u32::MAX as usize {
            return None;
        }
        let first = source.find('\n').unwrap_or_default();
        let end = if source[..first].ends_with('\r') { "\r\n" } else { "\n" };
        Some(Self { source, markup, rule, end })
    }

    fn comment(&self, verb: &str) -> String {
        let rule = self.rule;
        match self.markup {
            Markup::Plain => format!("[{MARK}{verb} {rule}]"),
            Markup::Markdown | Markup::Html => format!("<!-- {MARK}{verb} {rule} -->"),
        }
    }

    /// The lines from the first to the last of a finding, without what ends the last.
    fn lines(&self, span: Span) -> Range<usize> {
        let (start, end) = (span.start as usize, span.end as usize);
        let start = self.source[..start].rfind('\n').map_or(0, |at| at + 1);
        // An empty finding at the beginning of a line is on it; one that ends with a line end is not on the next.
        let last = end.saturating_sub(1).max(span.start as usize);
        let bytes = &self.source.as_bytes()[last..];
        let end = bytes.iter().position(|&b| b == b'\n').map_or(self.source.len(), |at| last + at);
        start..end
    }

    /// The rule added to each comment whose verb and reach are right, after its last name.
    fn merged(&self, is_right: impl Fn(&str, Span) -> bool) -> Vec<Edits> {
        let names = Suppressions::find(self.source);
        let names: Vec<_> = names.iter().filter(|s| s.fault.is_none()).collect();
        let mut merged = Vec::new();
        for comment in control_comment::find(self.source) {
            let first = names.partition_point(|name| name.source.start < comment.span.start);
            let held = names[first..].iter().take_while(|s| s.source.start < comment.span.end);
            // One without names hides all rules.
            let Some(last) = held.filter(|s| s.name.is_some()).last() else { continue };
            let body = &self.source[comment.body.range()];
            let verb = body.split_whitespace().next().unwrap_or_default();
            if is_right(verb, last.reach) {
                merged.push(vec![insert(last.source.end as usize, format!(", {}", self.rule))]);
            }
        }
        merged
    }

    /// A comment at the end of the line, and one above it.
    fn at_the_line(&self, span: Span) -> Vec<Edits> {
        let lines = self.lines(span);
        let comment = self.comment("disable-line");
        let text = self.source[lines.clone()].trim_end();
        let mut ends = Vec::new();
        if self.markup == Markup::Markdown {
            // Before what closes a row or a heading, and before what makes a hard line break.
            ends.extend(['|', '#', '\\'].map(|mark| text.trim_end_matches(mark)));
            ends.retain(|before| before.len() < text.len());
        }
        ends.push(text);
        let at_end = |text: &str| {
            let text = text.trim_end();
            vec![insert(lines.start + text.len(), format!(" {comment}"))]
        };
        let mut places: Vec<Edits> = ends.into_iter().map(at_end).collect();
        // Not into the finding, of which that line may hold the end of a word only.
        places.retain(|edits| edits[0].0.start >= span.end);
        let comment = self.comment("disable-next-line");
        let indent = text.len() - text.trim_start().len();
        let (start, indent) = (lines.start, &text[..indent]);
        let start = if start == 0 { self.first() } else { start };
        for gap in [1, 2] {
            let gap = self.end.repeat(gap);
            places.push(vec![insert(start, format!("{indent}{comment}{gap}"))]);
        }
        places
    }

    /// Where a text begins, after its byte-order mark.
    fn first(&self) -> usize {
        self.source.len() - self.source.trim_start_matches('\u{feff}').len()
    }

    /// A comment right after the finding, and one right before it, where comments are no prose.
    fn beside(&self, span: Span) -> Vec<Edits> {
        if self.markup == Markup::Plain {
            return Vec::new();
        }
        let comment = self.comment("disable-line");
        let start = self.lines(span).start;
        let indented = self.source[start..].find(|c: char| !c.is_whitespace()).unwrap_or(0);
        vec![
            vec![insert(span.end as usize, format!(" {comment}"))],
            vec![insert(span.start as usize, format!("{comment} "))],
            vec![insert(start + indented, format!("{comment} "))],
        ]
    }

    /// A comment before the finding and one after it, each on a line of its own, as near as they harm nothing.
    fn around(&self, span: Span, effect: &Effect<'_>) -> Option<Edits> {
        let lines = self.lines(span);
        // In plain text and in Markdown a paragraph ends at an empty line.
        let gap = self.end.repeat(if self.markup == Markup::Html { 1 } else { 2 });
        let disable = format!("{}{gap}", self.comment("disable"));
        let enable = format!("{gap}{}", self.comment("enable"));
        let before = &self.source[..lines.start];
        let above = std::iter::once(lines.start)
            .chain(before.rmatch_indices('\n').skip(1).map(|(at, _)| at + 1))
            .chain((lines.start > 0).then_some(0))
            .map(|at| if at == 0 { self.first() } else { at });
        let after = &self.source[lines.end..];
        let below = after.match_indices('\n').map(|(at, _)| lines.end + at);
        let below = below.chain([self.source.len()]).map(|at| {
            let text = self.source[..at].strip_suffix('\r');
            text.map_or(at, str::len)
        });
        let is_harmless = |edits: &Edits| effect.is_harmless(edits);
        let first = above.take(REACH).map(|at| vec![insert(at, disable.clone())]);
        let first = first.into_iter().find(is_harmless)?;
        let second = below.take(REACH).map(|at| vec![insert(at, enable.clone())]);
        let second = second.into_iter().find(is_harmless)?;
        let both = [first, second].concat();
        effect.is_had_by(&both, Care::Sentences).then_some(both)
    }

    /// A comment on the whole file at its end, and one at its beginning.
    fn at_the_ends(&self) -> Vec<Edits> {
        let comment = self.comment("disable-file");
        let (text, end) = (self.source, self.end);
        let held = text.trim_start_matches('\u{feff}');
        let ends_line = held.is_empty() || held.ends_with('\n');
        let ends_block = held.is_empty()
            || held.trim_end_matches('\r').ends_with("\n\n")
            || held.ends_with("\n\r\n");
        let line = if ends_line { "" } else { end };
        let block = if ends_block || self.markup == Markup::Html { "" } else { end };
        vec![
            vec![insert(text.len(), format!("{line}{block}{comment}{end}"))],
            vec![insert(self.first(), format!("{comment}{end}{end}"))],
        ]
    }
}

fn insert(at: usize, text: String) -> (Span, String) {
    (Span::new(at as u32, at as u32), text)
}

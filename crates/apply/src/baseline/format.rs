//! The file of a baseline: JSON with one entry a line, so that a diff shows entries, and two branches that add entries
//! merge.
//!
//! Every line stands for itself: it names its file, and ends with a comma, since a last `null` takes what JSON asks of
//! the last of a list. A line added by either branch can so be kept or taken away alone, even by a union merge.

use std::fmt::Write as _;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Baseline, Entry, KnownLevel, KnownVerdict, Loose, key};

/// The newest form of the file that is read, and the one that is written.
const SCHEMA: u32 = 1;

/// Why a file is no baseline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaselineError {
    /// A merge left it to a person.
    #[error(
        "line {line} is a mark of a merge conflict; delete the marks and keep the lines of both sides, then run with \
         --update-baseline"
    )]
    Conflict {
        /// Counted from 1.
        line: usize,
    },
    /// It was written by a later version.
    #[error(
        "it has schema {found} and this version reads {SCHEMA}; update unspin, or write the baseline anew"
    )]
    Newer {
        /// The schema it names.
        found: u32,
    },
    /// It is not of the right form.
    #[error("line {line}: {what}; mend it, or write the baseline anew with --update-baseline")]
    Malformed {
        /// Counted from 1.
        line: usize,
        /// What is wrong there.
        what: String,
    },
}

/// The part that every schema has.
#[derive(Deserialize)]
struct Header {
    schema: u32,
}

#[derive(Deserialize)]
struct File<'t> {
    /// As they stand, so that whatever is wrong in one is told with its line.
    #[serde(borrow)]
    entries: Vec<&'t RawValue>,
}

/// One line: a finding, or the verdict on a text.
#[derive(Default, Serialize, Deserialize)]
struct Line {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<KnownLevel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<NonZeroU32>,
}

impl Line {
    fn read(self) -> Result<Loose, &'static str> {
        let line = self;
        let mut text =
            Loose { path: line.path, locator: line.entry, verdict: None, entries: Vec::new() };
        match (line.rule, line.text, line.level) {
            (Some(rule), Some(found), None) => text.entries.push(Entry {
                rule,
                text: key::text(&found),
                before: key::folded(&line.before.unwrap_or_default()).into_owned(),
                after: key::folded(&line.after.unwrap_or_default()).into_owned(),
                count: line.count.map_or(1, NonZeroU32::get),
            }),
            (None, None, Some(level)) => {
                let score = line.score.filter(|score| (0.0..=1.0).contains(score));
                let score = score.ok_or("the `score` of a level is a number from 0 to 1")?;
                text.verdict = Some(KnownVerdict { level, score: (score * 1e4).round() as u16 });
            }
            _ => return Err("an entry has either `rule` and `text`, or `level` and `score`"),
        }
        Ok(text)
    }
}

impl Baseline {
    /// Reads the text of a file.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        // Some editors put one in.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let fail = |error: serde_json::Error| malformed(text, &error);
        let Header { schema } = serde_json::from_str(text).map_err(fail)?;
        if schema > SCHEMA {
            return Err(BaselineError::Newer { found: schema });
        }
        let file: File<'_> = serde_json::from_str(text).map_err(fail)?;
        let mut texts = Vec::with_capacity(file.entries.len());
        for raw in file.entries {
            let raw = raw.get();
            let wrong = |line: usize, what: String| {
                // A part of the text, so that its place tells the line.
                let start = raw.as_ptr() as usize - text.as_ptr() as usize;
                let before = text[..start].matches('\n').count();
                BaselineError::Malformed { line: before + line.max(1), what }
            };
            match serde_json::from_str::<Option<Line>>(raw) {
                Ok(None) => {}
                Ok(Some(line)) => {
                    texts.push(line.read().map_err(|what| wrong(1, what.to_owned()))?);
                }
                Err(error) => return Err(wrong(error.line(), bare(&error))),
            }
        }
        Ok(Self::new(texts))
    }

    /// The text of the file; the same bytes for the same findings.
    pub fn to_json(&self) -> String {
        let mut out = format!("{{\"schema\": {SCHEMA}, \"entries\": [\n");
        for record in &self.records {
            let of_record = || Line {
                path: record.path.clone(),
                entry: record.locator.clone(),
                ..Line::default()
            };
            if let Some(KnownVerdict { level, score }) = record.verdict {
                let (level, score) = (Some(level), Some(f64::from(score) / 1e4));
                push_line(&mut out, &Line { level, score, ..of_record() });
            }
            for Entry { rule, text, before, after, count } in &self.entries[record.entries.clone()]
            {
                push_line(
                    &mut out,
                    &Line {
                        rule: Some(rule.clone()),
                        text: Some(text.clone()),
                        before: Some(before.clone()),
                        after: Some(after.clone()),
                        count: NonZeroU32::new(*count).filter(|count| count.get() > 1),
                        ..of_record()
                    },
                );
            }
        }
        out.push_str("null\n]}\n");
        out
    }
}

fn push_line(out: &mut String, line: &Line) {
    let json = serde_json::to_string(line).expect("it has no map and no number that JSON lacks");
    // Outside of strings JSON has none of these, so that an escape is right wherever one stands.
    for c in json.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out.push_str(",\n");
}

/// Whether a diff would hide a character, or show the text around it in another order.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn malformed(text: &str, error: &serde_json::Error) -> BaselineError {
    // No line of JSON begins so, and no string holds a line break.
    let is_mark = |line: &str| {
        ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|m| line.starts_with(m))
    };
    if let Some(at) = text.lines().position(is_mark) {
        return BaselineError::Conflict { line: at + 1 };
    }
    BaselineError::Malformed { line: error.line(), what: bare(error) }
}

/// An error without its place, which is told apart.
fn bare(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    told.strip_suffix(&place).unwrap_or(&told).to_owned()
}

//! The verdict: how surely a whole text bears marks of automatic rewording.
//!
//! It rests on *distinct marks*. A mark is the strongest raw finding on a token; the same words again add a quarter,
//! since a substitution table repeats itself and so does a house style. The log-odds of a stretch of text are
//!
//! ```text
//! PRIOR + sum of its distinct marks - cost of having looked at so much text
//! ```
//!
//! taken over the whole document, and over windows of about `WINDOW_WORDS` words so that one reworded section in a
//! clean page is seen. The cost keeps the chance of a false verdict from growing with length: a document pays
//! `DOCUMENT_COST` for every 10,000 words (a false mark is expected now and then), a window pays the logarithm of
//! the number of windows (the Bonferroni correction for the best of many).

use std::collections::HashSet;

use unspin_text::{Document, Span, TokenKind, fold_key};

use crate::{Finding, LogOdds};

/// Words in a window.
const WINDOW_WORDS: usize = 300;
/// Log-odds of a document before anything is read: one news text in a thousand is taken to be reworded.
const PRIOR: LogOdds = LogOdds::from_milli(-6907);
/// What 10,000 words cost a document: one strong mark, the most that clean text was seen to yield in so many words.
const DOCUMENT_COST: LogOdds = LogOdds::from_milli(5000);
/// A single token counts no more than this, whatever a rule thinks of it.
const MARK_CAP: LogOdds = LogOdds::from_milli(6000);
/// At and above: reworded. Two strong marks (5 nats each) fall short, three pass.
const REWORDED: LogOdds = LogOdds::from_milli(4595); // p = 0.99
/// At and above: doubtful. One strong mark passes.
const DOUBTFUL: LogOdds = LogOdds::from_milli(-2197); // p = 0.1
/// Below so many words nothing is said.
const SHORT_WORDS: usize = 40;

/// What can be said of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// It bears marks of automatic rewording.
    Reworded,
    /// A mark or two; a person should look.
    Doubtful,
    /// No marks to speak of.
    Clean,
    /// Nothing can be said; see [`Verdict::reason`].
    Unknown,
}

impl Level {
    /// The name used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reworded => "reworded",
            Self::Doubtful => "doubtful",
            Self::Clean => "clean",
            Self::Unknown => "unknown",
        }
    }
}

/// Why nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unknown {
    /// Too few words.
    Short,
    /// Not English.
    Language,
}

impl Unknown {
    /// The name used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Language => "language",
        }
    }
}

/// A stretch of about `WINDOW_WORDS` words that by itself reads as reworded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Where, in bytes.
    pub span: Span,
    /// Its log-odds, the cost of many windows already taken off.
    pub score: LogOdds,
}

/// The verdict on one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What can be said.
    pub level: Level,
    /// Why nothing can be said, where `level` is [`Level::Unknown`].
    pub reason: Option<Unknown>,
    /// Log-odds that the text was reworded.
    pub score: LogOdds,
    /// At most this share of clean reference texts scores as high (the upper end of a 95 % interval), 0 to 1; `None`
    /// without a calibration.
    pub rarity: Option<f64>,
    /// How many distinct marks the document has.
    pub marks: usize,
    /// How many words it has.
    pub words: usize,
    /// The windows that stand out, in order, overlapping ones merged.
    pub windows: Vec<Window>,
}

impl Verdict {
    /// The log-odds that the verdict adds to each finding: 0.3 of its score within +-10 nats, the weight that served
    /// best when word scores were joined with document scores.
    pub fn shift(&self) -> LogOdds {
        LogOdds::from_milli(self.score.milli().clamp(-10_000, 10_000) * 3 / 10)
    }
}

/// How clean reference texts score.
#[derive(Clone, Copy, Debug)]
pub struct Calibration {
    /// `(score in thousandths of a nat, number of clean texts that score at least so much)`, by rising score, the last
    /// with the number 0.
    pub steps: &'static [(i32, u32)],
    /// How many clean texts there are.
    pub documents: u32,
}

impl Calibration {
    /// Upper end of the 95 % interval (Wilson 1927) of the share of clean texts that score at least `score`.
    pub fn rarity(&self, score: LogOdds) -> f64 {
        // The step below: texts between it and `score` are counted too, so that the share is never too small.
        let at = self.steps.partition_point(|(milli, _)| *milli <= score.milli()).saturating_sub(1);
        let hits = f64::from(self.steps.get(at).map_or(0, |(_, count)| *count));
        let n = f64::from(self.documents.max(1));
        let (z, p) = (1.96, hits / n);
        let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        ((p + z * z / (2.0 * n) + spread) / (1.0 + z * z / n)).min(1.0)
    }
}

/// Judges a document by the raw evidence of `findings`, sorted by span; those that do not count are left out before.
pub(crate) fn judge(
    document: &Document<'_>,
    findings: &[&Finding],
    unknown: Option<Unknown>,
    calibration: Option<&Calibration>,
) -> Verdict {
    let words: Vec<u32> = document
        .tokens()
        .iter()
        .filter(|t| t.kind == TokenKind::Word)
        .map(|t| t.span.start)
        .collect();
    let marks = marks(document, findings);
    let windows_total = words.len().div_ceil(WINDOW_WORDS).max(1);
    let length_cost = i64::from(DOCUMENT_COST.milli()) * i64::from(words.len() as u32) / 10_000;
    let length_cost = LogOdds::from_milli(-i32::try_from(length_cost).unwrap_or(i32::MAX));
    let window_cost = LogOdds::from_nats(-(windows_total as f64).ln());

    let mut score = PRIOR + weigh(&marks) + length_cost;
    let mut windows: Vec<Window> = Vec::new();
    if windows_total > 1 {
        for (span, inside) in windows_of(&words, &marks, document.text().len() as u32) {
            let window = PRIOR + weigh(inside) + window_cost;
            score = score.max(window);
            if window >= REWORDED {
                match windows.last_mut() {
                    Some(last) if last.span.end >= span.start => {
                        last.span = last.span.cover(span);
                        last.score = last.score.max(window);
                    }
                    _ => windows.push(Window { span, score: window }),
                }
            }
        }
    }
    let reason = unknown.or((words.len() < SHORT_WORDS).then_some(Unknown::Short));
    let level = match reason {
        Some(_) => Level::Unknown,
        None if score >= REWORDED => Level::Reworded,
        None if score >= DOUBTFUL => Level::Doubtful,
        None => Level::Clean,
    };
    let calibration = calibration.filter(|c| c.documents > 0);
    let rarity = calibration.map(|c| if marks.is_empty() { 1.0 } else { c.rarity(score) });
    let distinct = marks.iter().map(|m| m.key).collect::<HashSet<_>>().len();
    Verdict { level, reason, score, rarity, marks: distinct, words: words.len(), windows }
}

/// The strongest finding on a stretch of tokens.
struct Mark {
    span: Span,
    evidence: LogOdds,
    /// Of its folded text: what makes two marks the same.
    key: u32,
}

/// One mark a token: of findings that overlap, the one with most evidence stays.
fn marks(document: &Document<'_>, findings: &[&Finding]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for finding in findings.iter().filter(|f| f.evidence > LogOdds::EVEN) {
        let mark = Mark {
            span: finding.span,
            evidence: finding.evidence.min(MARK_CAP),
            key: fold_key(document.slice(finding.span)),
        };
        match marks.last_mut() {
            Some(last) if last.span.overlaps(mark.span) => {
                if mark.evidence > last.evidence {
                    *last = mark;
                }
            }
            _ => marks.push(mark),
        }
    }
    marks
}

/// Sum of the evidence, a repeated mark at a quarter.
fn weigh(marks: &[Mark]) -> LogOdds {
    let mut seen = HashSet::new();
    let mut sum = LogOdds::EVEN;
    for mark in marks {
        let again = !seen.insert(mark.key);
        sum += if again { LogOdds::from_milli(mark.evidence.milli() / 4) } else { mark.evidence };
    }
    sum
}

/// Half-overlapping windows that hold a mark, with their marks. Linear: each mark lies in two windows at most.
fn windows_of<'m>(
    words: &[u32],
    marks: &'m [Mark],
    end: u32,
) -> impl Iterator<Item = (Span, &'m [Mark])> {
    let starts: Vec<u32> = words.iter().copied().step_by(WINDOW_WORDS / 2).collect();
    let ends: Vec<u32> = (0..starts.len())
        .map(|i| words.get(i * (WINDOW_WORDS / 2) + WINDOW_WORDS).copied().unwrap_or(end))
        .collect();
    starts.into_iter().zip(ends).filter_map(move |(start, end)| {
        let from = marks.partition_point(|m| m.span.start < start);
        let to = marks.partition_point(|m| m.span.start < end);
        (from < to).then(|| (Span::new(start, end), &marks[from..to]))
    })
}

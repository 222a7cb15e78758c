//! The verdict: how surely a whole text bears marks of automatic rewording.
//!
//! It rests on *distinct marks*. A mark is the strongest raw finding on a token; the same words again add a quarter,
//! since a substitution table repeats itself and so does a house style. The log-odds of a stretch of text are
//!
//! ```text
//! PRIOR + sum of its distinct marks - cost of having looked at so much text
//! ```
//!
//! with what rules that judge the whole think of it (a [`Reading`]; the findings of such a rule's family are then not
//! weighed again). It is taken over the whole document, and over windows of about `WINDOW_WORDS` words so that one
//! reworded section in a clean page is seen. The cost keeps the chance of a false verdict from growing with length: a document pays
//! `DOCUMENT_COST` for every 10,000 words (a false mark is expected now and then), a window pays the logarithm of
//! the number of windows (the Bonferroni correction for the best of many).

use std::borrow::Cow;
use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use unspin_text::{Document, Span, TokenKind, fold_key};

use crate::trace::Recorder;
use crate::{Finding, LogOdds, Weighing};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

    /// The least log-odds of a text of this level; `None` where it has no such bound.
    pub const fn least(self) -> Option<LogOdds> {
        match self {
            Self::Reworded => Some(REWORDED),
            Self::Doubtful => Some(DOUBTFUL),
            Self::Clean | Self::Unknown => None,
        }
    }
}

/// Why nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Where, in bytes.
    pub span: Span,
    /// Its log-odds, the cost of many windows already taken off.
    pub score: LogOdds,
}

/// The verdict on one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// How many distinct marks the document has: texts of counted findings that are likelier marks than not.
    pub marks: usize,
    /// How many words it has.
    pub words: usize,
    /// The windows that stand out, in order, overlapping ones merged.
    pub windows: Vec<Window>,
}

impl Verdict {
    /// The log-odds that the verdict adds to each finding: 0.3 of its score, the weight that served best when word
    /// scores were joined with document scores, within -10 and 5 nats. Above, a surer verdict makes no word odder.
    pub fn shift(&self) -> LogOdds {
        LogOdds::from_milli(self.score.milli().clamp(-10_000, 5_000) * 3 / 10)
    }
}

/// How clean reference texts score, by length: a short text has less to go by.
#[derive(Clone, Copy, Debug)]
pub struct Calibration {
    /// By rising length; the last holds all longer texts.
    pub lengths: &'static [LengthClass],
}

/// Clean texts of about one length.
#[derive(Clone, Copy, Debug)]
pub struct LengthClass {
    /// They have fewer words than this.
    pub below: usize,
    /// `(score in thousandths of a nat, number of clean texts that score at least so much)`, by rising score, the last
    /// with the number 0.
    pub steps: &'static [(i32, u32)],
    /// How many clean texts there are.
    pub documents: u32,
}

impl Calibration {
    /// Upper end of the 95 % interval (Wilson 1927) of the share of clean texts of that length, in words, that score at
    /// least `score`; `None` without such texts.
    pub fn rarity(&self, score: LogOdds, words: usize) -> Option<f64> {
        let class = self.lengths.iter().find(|c| words < c.below).or(self.lengths.last())?;
        // The step below: texts between it and `score` are counted too, so that the share is never too small.
        let at =
            class.steps.partition_point(|(milli, _)| *milli <= score.milli()).saturating_sub(1);
        let hits = f64::from(class.steps.get(at).map_or(0, |(_, count)| *count));
        let n = f64::from(class.documents.max(1));
        let (z, p) = (1.96, hits / n);
        let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        Some(((p + z * z / (2.0 * n) + spread) / (1.0 + z * z / n)).min(1.0))
    }
}

/// What a rule thinks of a document as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// How much likelier the document is if it was reworded.
    pub document: LogOdds,
    /// The same of each of the [`windows`]; empty where the document is but one.
    pub windows: Vec<LogOdds>,
}

/// The stretches of a document that are judged by themselves: half-overlapping, of 300 words; none if the document is
/// no longer than that.
pub fn windows(document: &Document<'_>) -> Vec<Span> {
    const STEP: usize = WINDOW_WORDS / 2;
    let words = document.word_count();
    if words <= WINDOW_WORDS {
        return Vec::new();
    }
    let starts = document.tokens().iter().filter(|t| t.kind == TokenKind::Word).step_by(STEP);
    let starts: Vec<u32> = starts.map(|t| t.span.start).collect();
    let end = document.text().len() as u32;
    // The last one that is whole reaches the end; a rest would be judged by too few words.
    let count = (words - STEP).div_ceil(STEP);
    (0..count)
        .map(|i| {
            let last = i + 1 == count;
            let to = if last { end } else { starts.get(i + 2).copied().unwrap_or(end) };
            Span::new(starts.get(i).copied().unwrap_or(0), to)
        })
        .collect()
}

/// Judges a document by the raw evidence of `findings`, sorted by span; those that do not count are left out before.
pub(crate) fn judge(
    document: &Document<'_>,
    findings: &[&Finding],
    readings: &[(Cow<'static, str>, Reading)],
    (unknown, calibration): (Option<Unknown>, Option<&Calibration>),
    recorder: &mut impl Recorder,
) -> (Verdict, Nearness) {
    let words = document.word_count();
    let weighed: Vec<&Finding> = findings
        .iter()
        .copied()
        .filter(|f| readings.iter().all(|(family, _)| *family != f.family))
        .collect();
    let marks = marks(document, &weighed);
    let length_cost = i64::from(DOCUMENT_COST.milli()) * i64::from(words as u32) / 10_000;
    let length_cost = LogOdds::from_milli(-i32::try_from(length_cost).unwrap_or(i32::MAX));
    let read = |of: &dyn Fn(&Reading) -> LogOdds| {
        readings.iter().fold(LogOdds::EVEN, |sum, (_, reading)| sum + of(reading))
    };

    // Marks spread thin over a long text are no evidence against it.
    let weight = weigh(&marks);
    let spread = (weight + length_cost).max(LogOdds::EVEN);
    let reading = read(&|r| r.document);
    let mut score = PRIOR + spread + reading;
    let weighing = |window, marks, cost, readings, score| Weighing {
        window,
        prior: PRIOR,
        marks,
        cost,
        readings,
        score,
    };
    recorder.weighed(weighing(None, weight, length_cost, reading, score));
    let mut windows: Vec<Window> = Vec::new();
    let spans = self::windows(document);
    // The marks of one section say nothing of the others, so those of a long text count in their windows only.
    let everywhere = if spans.is_empty() { score } else { PRIOR + reading };
    let mut nearness = Nearness { document: everywhere, windows: Vec::new() };
    let window_cost = LogOdds::from_nats(-(spans.len().max(1) as f64).ln());
    for (i, &span) in spans.iter().enumerate() {
        let from = marks.partition_point(|m| m.span.start < span.start);
        let to = marks.partition_point(|m| m.span.start < span.end);
        let reading = read(&|r| r.windows.get(i).copied().unwrap_or_default());
        let weight = weigh(&marks[from..to]);
        let window = PRIOR + weight + reading + window_cost;
        recorder.weighed(weighing(Some(span), weight, window_cost, reading, window));
        score = score.max(window);
        nearness.windows.push((span, window));
        stand_out(&mut windows, span, window);
    }
    let reason = unknown.or((words < SHORT_WORDS).then_some(Unknown::Short));
    let level = match reason {
        Some(_) => Level::Unknown,
        None if score >= REWORDED => Level::Reworded,
        None if score >= DOUBTFUL => Level::Doubtful,
        None => Level::Clean,
    };
    let rarity = calibration.and_then(|c| c.rarity(score, words));
    (Verdict { level, reason, score, rarity, marks: 0, words, windows }, nearness)
}

/// What a mark of a family that reads texts loses in a text short of the verdict, and for each nat that is missing:
/// thousandths of a nat.
const SHORT: i32 = -700;
const SHORT_A_NAT: i32 = -2_800;

/// The verdict on an earlier state of a text, with what later states need of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    verdict: Verdict,
    /// What every place of the text had.
    document: LogOdds,
    /// Of each of its [`windows`].
    windows: Vec<LogOdds>,
}

/// What was made of an earlier state of a text, and how it bears on this one. Windows are told by their number: a repair
/// or a key adds or takes few of the words they are counted in.
#[derive(Clone, Copy, Debug, Default)]
pub enum Earlier<'h> {
    /// Nothing.
    #[default]
    None,
    /// Its verdict stands: a page that is being repaired does not turn green by losing its evidence, and findings of a
    /// keystroke are shown before the whole is weighed again.
    Stands(&'h Held),
    /// It was shown to somebody who writes on. The text is weighed anew, but it stays as surely reworded, or doubtful, as
    /// it was shown until it falls [`HYSTERESIS`] below what that takes, so that nothing flickers at a half-written word.
    Shown(&'h Held),
}

/// How far below its threshold a level that was shown stays: a tenfold loss of odds.
pub const HYSTERESIS: LogOdds = LogOdds::from_milli(2_303);

impl Held {
    pub(crate) fn new(verdict: Verdict, nearness: &Nearness) -> Self {
        let windows = nearness.windows.iter().map(|(_, score)| *score).collect();
        Self { verdict, document: nearness.document, windows }
    }

    /// The verdict as it was reached.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// The windows that stand out by these scores.
    fn standing_out(nearness: &Nearness) -> Vec<Window> {
        let mut windows = Vec::new();
        nearness.windows.iter().for_each(|&(span, score)| stand_out(&mut windows, span, score));
        windows
    }
}

impl Earlier<'_> {
    /// The verdict that stands whatever this state of the text is like.
    pub(crate) fn standing(&self) -> Option<&Verdict> {
        match self {
            Self::Stands(held) => Some(&held.verdict),
            Self::None | Self::Shown(_) => None,
        }
    }

    /// Lets it bear on what was made of this state.
    pub(crate) fn bear(&self, verdict: &mut Verdict, nearness: &mut Nearness) {
        match self {
            Self::None => {}
            Self::Stands(held) => {
                nearness.document = nearness.document.max(held.document);
                for ((_, score), held) in nearness.windows.iter_mut().zip(&held.windows) {
                    *score = (*score).max(*held);
                }
                let windows = Held::standing_out(nearness);
                *verdict = Verdict { windows, ..held.verdict.clone() };
            }
            Self::Shown(held) => {
                let stay = |score: &mut LogOdds, was: LogOdds, least: LogOdds| {
                    if was >= least && *score < least && *score + HYSTERESIS >= least {
                        *score = least;
                    }
                };
                stay(&mut nearness.document, held.document, REWORDED);
                for ((_, score), &held) in nearness.windows.iter_mut().zip(&held.windows) {
                    stay(score, held, REWORDED);
                }
                verdict.windows = Held::standing_out(nearness);
                for level in [Level::Doubtful, Level::Reworded] {
                    let was_shown = held.verdict.level == level;
                    let is_near = level.least().is_some_and(|l| verdict.score + HYSTERESIS >= l);
                    let is_less = matches!(
                        (verdict.level, level),
                        (Level::Clean, _) | (Level::Doubtful, Level::Reworded)
                    );
                    if was_shown && is_near && is_less {
                        verdict.level = level;
                    }
                }
            }
        }
    }
}

/// Adds a window to those that stand out, if it does.
fn stand_out(windows: &mut Vec<Window>, span: Span, score: LogOdds) {
    if score < REWORDED {
        return;
    }
    match windows.last_mut() {
        Some(last) if last.span.end >= span.start => {
            last.span = last.span.cover(span);
            last.score = last.score.max(score);
        }
        _ => windows.push(Window { span, score }),
    }
}

/// The scores of a text and of its windows.
pub(crate) struct Nearness {
    /// What holds at every place.
    document: LogOdds,
    /// By position; a place lies in two at most.
    windows: Vec<(Span, LogOdds)>,
}

impl Nearness {
    /// What the text around `span` takes from a mark whose family reads texts. An odd word among ordinary ones is an odd
    /// word; among many of its kind it is damage. So it is all there in a text or window that reads as reworded; half a
    /// nat short of that, only the very oddest are left.
    pub(crate) fn shortfall(&self, span: Span) -> LogOdds {
        let first = self.windows.partition_point(|(window, _)| window.end <= span.start);
        let near = self.windows[first..].iter().take(2);
        let best = near
            .filter(|(window, _)| window.start <= span.start)
            .fold(self.document, |best, &(_, score)| best.max(score));
        let missing = i64::from((REWORDED.milli() - best.milli()).max(0));
        match missing {
            0 => LogOdds::EVEN,
            _ => LogOdds::from_milli(SHORT + (missing * i64::from(SHORT_A_NAT) / 1000) as i32),
        }
    }
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

#[cfg(test)]
mod tests;

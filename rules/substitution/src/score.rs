//! The scores of a document's words, computed once for all rules of the family.
//!
//! Most pages are clean, and the full scorer costs some twenty times the reading of a page. So a cheap screen comes
//! first: two figures a word, both of which the scorer needs anyway. A page that could not pass the gate ends there.

use std::ops::Range;

use unspin_lint::{Accepted, Analysis, Context, LogOdds, Reading, windows};
use unspin_model::{Borders, Gate, Statistics, Tally, Trees};
use unspin_text::Document;
use unspin_words::{KnownWords, model};

use crate::Unit;
use crate::candidates::{All, Visible};
use crate::context::Whole;
use crate::features::{self, Rows, Table};
use crate::past::{Before, Past};
use crate::prose::is_prose;
use crate::ranking::{Offers, offers};
use crate::repair::Offer;
use crate::screen::may_pass;
use crate::section::sections;
use crate::unit::units_of;
use crate::votes::{self, Votes};
use crate::written::Written;

/// Rows that are scored between two pauses.
const STRETCH: usize = 512;

/// Least score of a word that reads as put in: nearly as likely as not, in a text of which much was put in.
pub const ODD: LogOdds = LogOdds::from_milli(-300);

/// A word with its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScoredWord {
    /// Index into [`WordScores::units`].
    pub(crate) unit: usize,
    /// Log-odds that it was put in, were as many words of the text put in as in training.
    pub(crate) score: LogOdds,
    /// How often it stands in the document, at most 20.
    occurrences: u8,
}

/// The scores of a document.
#[derive(Default)]
pub(crate) struct WordScores {
    /// What the scores rest on; `None` if the model has none.
    pub(crate) statistics: Option<Statistics<'static>>,
    pub(crate) units: Vec<Unit>,
    /// By position, those that are no prose left out; empty for a page that the screen let go.
    pub(crate) words: Vec<ScoredWord>,
    /// How many of them read as put in.
    pub(crate) odd: usize,
    /// Of those that read as put in, by position.
    offers: Vec<Offers>,
    pub(crate) reading: Reading,
}

impl Analysis for WordScores {
    fn analyse(cx: &Context<'_>) -> Self {
        let model = model(cx);
        let parts = model.statistics().zip(model.scorer()).zip(model.gate());
        let Some(((statistics, trees), gate)) = parts else { return Self::default() };
        let document = cx.document();
        let units = units_of(document, &cx.get::<KnownWords>());
        let sections = sections(document, &units);
        let passing: Vec<bool> = sections
            .iter()
            .map(|section| may_pass(&statistics, &gate, &units[section.clone()]))
            .collect();
        if passing.iter().all(|passes| !passes) {
            return Self { reading: votes::clean(windows(document).len()), ..Self::default() };
        }
        let scoring = Scoring { cx, statistics, trees, ranker: model.ranker() };
        if let [_] = sections[..] {
            return scoring.whole(&gate, units);
        }
        scoring.by_sections(&gate, &units, &sections, &passing)
    }
}

/// Scores the words of a document, whatever the screen says.
pub(crate) struct Scoring<'c> {
    pub(crate) cx: &'c Context<'c>,
    pub(crate) statistics: Statistics<'static>,
    pub(crate) trees: Trees<'static>,
    pub(crate) ranker: Option<Trees<'static>>,
}

impl Scoring<'_> {
    /// The scores of all units.
    pub(crate) fn whole(&self, gate: &Gate<'_>, units: Vec<Unit>) -> WordScores {
        let document = self.cx.document();
        let (words, offers) = self.section(&units, &is_prose(document), self.cx.memory().is_some());
        let mut votes = Votes::new(gate, windows(document));
        for word in &words {
            votes.add(start(document, &units, word.unit), word.score.milli(), word.occurrences);
        }
        let odd = words.iter().filter(|w| w.score >= ODD).count();
        let (statistics, reading) = (Some(self.statistics), votes.reading());
        WordScores { statistics, units, words, odd, offers, reading }
    }

    /// The same of a text that is too long to be looked at as one: each section that passed the screen as a text of its
    /// own. Of the units those of such sections are kept, and of the words those that read as put in.
    fn by_sections(
        &self,
        gate: &Gate<'_>,
        units: &[Unit],
        sections: &[Range<usize>],
        passing: &[bool],
    ) -> WordScores {
        let document = self.cx.document();
        let is_prose = is_prose(document);
        let mut votes = Votes::new(gate, windows(document));
        let mut scores = WordScores { statistics: Some(self.statistics), ..WordScores::default() };
        for (section, passes) in sections.iter().zip(passing) {
            let here = &units[section.clone()];
            if *passes {
                let (words, offers) = self.section(here, &is_prose, false);
                let before = scores.units.len();
                for word in words {
                    let at = start(document, here, word.unit);
                    votes.add(at, word.score.milli(), word.occurrences);
                    if word.score >= ODD {
                        scores.words.push(ScoredWord { unit: before + word.unit, ..word });
                    }
                }
                scores.offers.extend(offers.into_iter().map(|o| o.moved(before)));
                scores.units.extend_from_slice(here);
            } else {
                // The last one is the end of the section's last sentence, and the beginning of the next.
                for (at, unit) in here[..here.len() - 1].iter().enumerate() {
                    if unit.id.is_word() && is_prose[unit.token as usize] {
                        votes.add(start(document, here, at), i32::MIN, 1);
                    }
                }
            }
        }
        scores.odd = scores.words.len();
        scores.reading = votes.reading();
        scores
    }

    /// The words of a section, those that are no prose and those that the house accepts left out, and what may be put
    /// back for those that read as put in. Units are counted from the section's first.
    fn section(
        &self,
        units: &[Unit],
        is_prose: &[bool],
        is_remembered: bool,
    ) -> (Vec<ScoredWord>, Vec<Offers>) {
        let Self { cx, statistics, trees, ranker } = self;
        let document = cx.document();
        let pause = || cx.checkpoint();
        let written = Written::of(document, units);
        let past = if is_remembered { Past::recall(cx) } else { None };
        let aligned = past.as_deref().map(|past| (past, past.align(&written)));
        let before = aligned.as_ref().map(|(past, alignment)| Before { past, alignment });
        let known = before.map(Before::features);
        let mut whole = Whole::new(statistics, units);
        let text = (units, &written[..], &mut whole);
        let table = Table::new(document, statistics, text, &All, known, &pause);
        let scores = score_after(trees, &table.rows, before, &pause);
        let rows = &table.rows;
        // What the house accepts is no mark.
        let accepted = cx.get::<Accepted>();
        let words: Vec<ScoredWord> = (0..rows.units.len())
            .filter(|&i| {
                let token = units[rows.units[i] as usize].token as usize;
                is_prose[token] && !accepted.covers(token)
            })
            .map(|i| ScoredWord {
                unit: rows.units[i] as usize,
                score: LogOdds::from_milli(scores[i]),
                occurrences: rows.occurrences(i),
            })
            .collect();
        let (offers, pools) = ranker.as_ref().map_or_else(Default::default, |ranker| {
            let doubted: Vec<usize> = words
                .iter()
                .filter(|w| w.score >= ODD)
                .filter_map(|w| table.row_of(w.unit))
                .collect();
            let scored = (rows, &scores[..]);
            let known = before.map(Before::pools);
            let text = (units, &mut whole);
            offers(
                document,
                statistics,
                text,
                scored,
                &doubted,
                ranker,
                known,
                is_remembered,
                &pause,
            )
        });
        if is_remembered {
            Past::keep(cx, || Past { model: model(cx), written, table, scores, pools });
        }
        (words, offers)
    }
}

impl WordScores {
    /// What may be put back for a word, the likeliest first.
    pub(crate) fn offers(&self, word: &ScoredWord) -> &[Offer] {
        let at = self.offers.binary_search_by_key(&word.unit, |o| o.unit);
        at.map_or(&[], |at| &self.offers[at].offers)
    }
}

/// Where a unit starts, in bytes.
fn start(document: &Document<'_>, units: &[Unit], unit: usize) -> u32 {
    document.tokens()[units[unit].token as usize].span.start
}

/// The features of a document's words and their scores, in thousandths of a nat, with everything visible.
pub fn score(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    trees: &Trees<'_>,
    units: &[Unit],
) -> (Rows, Vec<i32>) {
    score_visible(document, statistics, trees, units, &All)
}

/// The same with what is `visible`.
pub fn score_visible(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    trees: &Trees<'_>,
    units: &[Unit],
    visible: &impl Visible,
) -> (Rows, Vec<i32>) {
    let rows = features::rows(document, statistics, units, visible);
    let mut scores = vec![0; rows.units.len()];
    trees.score(&rows.values, &mut scores);
    (rows, scores)
}

/// The scores of rows of which an earlier state may have had some, in thousandths of a nat.
fn score_after(
    trees: &Trees<'_>,
    rows: &Rows,
    before: Option<Before<'_>>,
    pause: &dyn Fn(),
) -> Vec<i32> {
    let mut scores = vec![0; rows.units.len()];
    let mut anew: Vec<usize> = Vec::new();
    if let Some(before) = before {
        let borders = Borders::of(trees);
        for (i, (score, &unit)) in scores.iter_mut().zip(&rows.units).enumerate() {
            match before.scored(unit as usize) {
                Some((row, then)) if !borders.tell_apart(rows.row(i), row) => *score = then,
                _ => anew.push(i),
            }
        }
    } else {
        anew.extend(0..scores.len());
    }
    let (mut values, mut some) = (Vec::new(), Vec::new());
    for stretch in anew.chunks(STRETCH) {
        pause();
        values.clear();
        values.extend(stretch.iter().flat_map(|&i| rows.row(i)));
        some.resize(stretch.len(), 0);
        trees.score(&values, &mut some);
        for (&i, &score) in stretch.iter().zip(&some) {
            scores[i] = score;
        }
    }
    scores
}

/// The gate's statistic of a whole document; what the builder sets the threshold by.
pub fn statistic(gate: &Gate<'_>, rows: &Rows, scores: &[i32]) -> i32 {
    let mut tally = Tally::default();
    for (i, &score) in scores.iter().enumerate() {
        gate.add(&mut tally, score, rows.occurrences(i));
    }
    gate.statistic(tally)
}

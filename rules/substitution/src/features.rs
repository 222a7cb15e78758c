//! What the trained scorer knows of a word: one row of integers.
//!
//! The builder calls the same code on simulated rewording, so a feature means the same in training and at the desk.

use unspin_lang::article;
use unspin_model::{Statistics, WordFlags, WordId};
use unspin_text::{Case, Document, Token, TokenKind};

use crate::Unit;
use crate::association::{Association, association};
use crate::candidates::{self, Candidate, Place, Summary, Visible};
use crate::context::Surroundings;
use crate::inversions::{Inversion, inversions};

/// The features in the order of a row. `lg` is hundredths of log10; a cosine is in thousandths.
pub const NAMES: [&str; 75] = [
    "frequency",   // lg share of tokens
    "left",        // lg association with the word before
    "right",       // and after
    "seen-left",   // lg count of the pair with the word before
    "seen-right",  // and after
    "frequency-1", // of the unit before
    "frequency+1", // of the unit after
    "left-1",      // association of the two units before
    "right+1",     // of the two units after
    "emission",    // lg odds of the word in reworded against clean text
    "candidates",  // number of originals known
    "better",      // number that fit much better
    "most-gain",   // greatest gain in fit
    "best-odds",   // gain and prior of the best candidate
    "best-prior",
    "best-gain",
    "best-gain-left",
    "best-gain-right",
    "best-seen-left",
    "best-seen-right",
    "best-frequency",
    "second-odds",
    "total-odds",
    "cosine", // of the word with the words near
    "cosine-best",
    "cosine-most",  // of any candidate
    "cosine-gain",  // best minus word
    "cosine-whole", // of the word with the document
    "cosine-whole-best",
    "cosine-word-best", // of the word with its best candidate
    "occurrences",      // of the word in the document
    "best-elsewhere",   // occurrences of the best candidate in the document
    "most-elsewhere",
    "case",   // 0 lower, 1 title, 2 upper or mixed
    "start",  // first word of its sentence
    "length", // bytes
    "noun",
    "verb",
    "adjective",
    "adverb",
    "function",
    "s-form",
    "other-form",
    "class-1", // coarse class of the unit before
    "class+1",
    "class-best",
    "class-2",
    "class+2",
    "article", // an `a` or `an` before that does not suit
    "emission-1",
    "emission+1",
    "emission-2",
    "emission+2",
    "odds-1",
    "odds+1",
    "odds-2",
    "odds+2",
    "total-near", // mean total odds of the words within five
    "left-near",  // mean association within five
    "cosine-1",
    "cosine+1",
    "hyphen",             // inside a compound
    "quoted",             // inside quotation marks
    "best-more-frequent", // frequency of the best candidate minus that of the word
    "same-class",         // the best candidate can be what the word can be
    "document-odds",      // mean total odds of the document's words
    "mended-left",        // association with the best candidate of the word before
    "mended-right",       // and of the word after
    "best-mended-left",   // of the best candidate with the best candidate of the word before
    "best-mended-right",
    "phrase-odds", // of the best expression that covers the word, put in for one word
    "phrase-gain",
    "phrase-prior",
    "phrase-length", // words of it, 0 without one
    "phrase-first",  // the word begins it
];

/// The feature `occurrences`.
const OCCURRENCES: usize = 30;

/// Number of features.
pub const COUNT: usize = NAMES.len();

/// Features of the words of a document.
pub struct Rows {
    /// Index into the units of each scored word.
    pub units: Vec<u32>,
    /// `COUNT` features a word, one row after another.
    pub values: Vec<i16>,
    /// The candidate with the highest odds of each word.
    pub best: Vec<Candidate>,
}

impl Rows {
    /// The row of the `i`th scored word.
    pub fn row(&self, i: usize) -> &[i16] {
        &self.values[i * COUNT..(i + 1) * COUNT]
    }

    /// How often the `i`th scored word occurs in the document, at most 20.
    pub fn occurrences(&self, i: usize) -> u8 {
        self.row(i)[OCCURRENCES].clamp(1, 20) as u8
    }
}

struct Seen {
    left: Association,
    right: Association,
    summary: Summary,
    cosine: i16,
    cosine_best: i16,
    cosine_whole: i16,
    cosine_whole_best: i16,
}

/// Computes the features of every word of the lexicon in a document.
pub fn rows(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    units: &[Unit],
    visible: &impl Visible,
) -> Rows {
    let Statistics { lexicon, bigrams, vectors, .. } = statistics;
    let occurrences = occurrences(units);
    let pairs: Vec<Association> =
        units.windows(2).map(|w| association(lexicon, bigrams, w[0].id, w[1].id)).collect();
    let inversions = inversions(statistics, units, &pairs, visible);
    let mut surroundings = Surroundings::new(lexicon, *vectors, units);
    let mut seen: Vec<Option<Seen>> = Vec::with_capacity(units.len());
    for (at, unit) in units.iter().enumerate() {
        if !unit.id.is_word() || at == 0 || at + 1 == units.len() {
            seen.push(None);
            continue;
        }
        let (near, whole) = surroundings.advance(at);
        let (near_length, whole_length) = (near.length(), whole.length());
        let (left, right) = (pairs[at - 1], pairs[at]);
        let place = Place {
            units,
            at,
            left,
            right,
            near: &near.narrow(),
            near_length,
            occurrences: &occurrences,
        };
        let summary = candidates::weigh(statistics, &place, visible);
        let (own, best) = (vectors.get(unit.id), vectors.get(summary.best.id));
        seen.push(Some(Seen {
            left,
            right,
            summary,
            cosine: near.cosine(near_length, own),
            cosine_best: near.cosine(near_length, best),
            cosine_whole: whole.cosine(whole_length, own),
            cosine_whole_best: whole.cosine(whole_length, best),
        }));
    }
    assemble(document, statistics, units, &seen, &inversions, &occurrences)
}

/// Sums over the words seen so far, for means over a range in constant time.
struct Sums {
    total: Vec<i32>,
    left: Vec<i32>,
    words: Vec<i32>,
}

impl Sums {
    fn of(seen: &[Option<Seen>]) -> Self {
        let mut sums = Self { total: vec![0], left: vec![0], words: vec![0] };
        let (mut total, mut left, mut words) = (0, 0, 0);
        for one in seen {
            if let Some(one) = one {
                total += one.summary.total.max(-300);
                left += one.left.score;
                words += 1;
            }
            sums.total.push(total);
            sums.left.push(left);
            sums.words.push(words);
        }
        sums
    }

    /// Means of total odds and of associations in a range, without those given.
    fn means(&self, from: usize, to: usize, less: Option<&Seen>) -> (i32, i32) {
        let (own_total, own_left, own) =
            less.map_or((0, 0, 0), |s| (s.summary.total.max(-300), s.left.score, 1));
        let words = (self.words[to] - self.words[from] - own).max(1);
        (
            (self.total[to] - self.total[from] - own_total) / words,
            (self.left[to] - self.left[from] - own_left) / words,
        )
    }
}

#[expect(clippy::too_many_lines, reason = "one row, in the order of `NAMES`")]
fn assemble(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    units: &[Unit],
    seen: &[Option<Seen>],
    inversions: &[Inversion],
    occurrences: &[u8],
) -> Rows {
    let lexicon = &statistics.lexicon;
    let sums = Sums::of(seen);
    let words = seen.iter().flatten().count();
    let mut rows = Rows {
        units: Vec::with_capacity(words),
        values: Vec::with_capacity(words * COUNT),
        best: Vec::with_capacity(words),
    };
    let quotations = document.quotations();
    let mut quoted_to = 0;
    let mut quotation = 0;
    for (at, one) in seen.iter().enumerate() {
        let Some(one) = one else { continue };
        let unit = units[at];
        let token = &document.tokens()[unit.token as usize];
        while quotation < quotations.len() && quotations[quotation].span.start <= token.span.start {
            quoted_to = quoted_to.max(quotations[quotation].span.end);
            quotation += 1;
        }
        let side = |offset: isize| {
            let there = at.checked_add_signed(offset).filter(|&i| i < units.len());
            (there.map(|i| units[i].id), there.and_then(|i| seen[i].as_ref()))
        };
        let frequency = |offset| side(offset).0.map_or(0, |id| lexicon.log10_hundredths(id));
        let class = |offset| side(offset).0.map_or(0, |id| class_of(lexicon.flags(id), id));
        let emission = |offset| side(offset).1.map_or(candidates::NONE, |s| s.summary.emission);
        let odds = |offset| side(offset).1.map_or(candidates::NONE, |s| s.summary.best.odds());
        let cosine = |offset| side(offset).1.map_or(0, |s| i32::from(s.cosine));
        let best = &one.summary.best;
        let inversion = &inversions[at];
        let known = best.prior > candidates::NONE;
        let best_frequency = if known { lexicon.log10_hundredths(best.id) } else { -1016 };
        let flags = lexicon.flags(unit.id);
        let has = |bit: u8| i32::from(flags.0 & bit != 0);
        let best_flags = if known { lexicon.flags(best.id) } else { WordFlags(0) };
        let (near_total, near_left) =
            sums.means(at.saturating_sub(5), (at + 6).min(seen.len()), Some(one));
        let (document_total, _) = sums.means(0, seen.len(), Some(one));
        let own_frequency = lexicon.log10_hundredths(unit.id);
        // A neighbour that was itself put in makes an innocent word look odd; so look at what stood there, too.
        let mend = |offset| {
            side(offset)
                .1
                .filter(|s| s.summary.best.prior > candidates::NONE)
                .map(|s| s.summary.best.id)
        };
        let pair = |a, b| association(lexicon, &statistics.bigrams, a, b).score;
        let mended_left = mend(-1).map_or(one.left.score, |c| pair(c, unit.id));
        let mended_right = mend(1).map_or(one.right.score, |c| pair(unit.id, c));
        let best_mended_left = mend(-1)
            .filter(|_| known)
            .map_or(one.left.score + best.gain_left, |c| pair(c, best.id));
        let best_mended_right = mend(1)
            .filter(|_| known)
            .map_or(one.right.score + best.gain_right, |c| pair(best.id, c));
        let start = units[at - 1].id == WordId::STOP;
        let row: [i32; COUNT] = [
            own_frequency,
            one.left.score,
            one.right.score,
            one.left.seen,
            one.right.seen,
            frequency(-1),
            frequency(1),
            side(-1).1.map_or(0, |s| s.left.score),
            side(1).1.map_or(0, |s| s.right.score),
            one.summary.emission,
            one.summary.count,
            one.summary.better,
            one.summary.most_gain,
            best.odds(),
            best.prior,
            best.gain,
            best.gain_left,
            best.gain_right,
            best.seen_left,
            best.seen_right,
            best_frequency,
            one.summary.second,
            one.summary.total,
            i32::from(one.cosine),
            i32::from(one.cosine_best),
            i32::from(one.summary.most_near),
            i32::from(one.cosine_best) - i32::from(one.cosine),
            i32::from(one.cosine_whole),
            i32::from(one.cosine_whole_best),
            i32::from(candidates::alike(statistics, unit.id, best.id)),
            i32::from(occurrences[unit.id.index()]).min(20),
            if known { i32::from(occurrences[best.id.index()]).min(20) } else { 0 },
            one.summary.elsewhere.min(20),
            case_of(token),
            i32::from(start),
            token.span.len().cast_signed(),
            has(WordFlags::NOUN),
            has(WordFlags::VERB),
            has(WordFlags::ADJECTIVE),
            has(WordFlags::ADVERB),
            has(WordFlags::FUNCTION),
            has(WordFlags::S_FORM),
            has(WordFlags::OTHER_FORM),
            class(-1),
            class(1),
            class_of(best_flags, best.id),
            class(-2),
            class(2),
            i32::from(wrong_article(document, unit.token)),
            emission(-1),
            emission(1),
            emission(-2),
            emission(2),
            odds(-1),
            odds(1),
            odds(-2),
            odds(2),
            near_total,
            near_left,
            cosine(-1),
            cosine(1),
            i32::from(compounded(document, unit.token)),
            i32::from(token.span.start < quoted_to),
            best_frequency - own_frequency,
            i32::from(flags.0 & best_flags.0 & 0x1F != 0),
            document_total,
            mended_left,
            mended_right,
            best_mended_left,
            best_mended_right,
            inversion.odds(),
            inversion.gain,
            inversion.prior,
            inversion.length.into(),
            i32::from(inversion.length > 0 && inversion.first as usize == at),
        ];
        rows.units.push(at as u32);
        rows.values.extend(row.iter().map(|&v| v.clamp(i16::MIN.into(), i16::MAX.into()) as i16));
        rows.best.push(*best);
    }
    rows
}

/// How often each id occurs, by its index; 255 is the most.
pub(crate) fn occurrences(units: &[Unit]) -> Vec<u8> {
    let mut occurrences = vec![0_u8; usize::from(u16::MAX) + 1];
    for unit in units {
        let count = &mut occurrences[unit.id.index()];
        *count = count.saturating_add(1);
    }
    occurrences
}

/// 0 lower, 1 title, 2 upper or mixed.
pub(crate) fn case_of(token: &Token) -> i32 {
    match token.case {
        Case::Lower | Case::Caseless => 0,
        Case::Title => 1,
        Case::Upper | Case::Mixed => 2,
    }
}

/// A number for what a word can be, alike for words that are used alike.
pub(crate) fn class_of(flags: WordFlags, id: WordId) -> i32 {
    if !id.is_word() {
        return i32::from(id.index() as u16);
    }
    if flags.0 & WordFlags::FUNCTION != 0 {
        return 6;
    }
    7 + i32::from(flags.0 & 0x0F)
}

/// Whether the word before is an `a` or `an` that does not suit this word.
fn wrong_article(document: &Document<'_>, token: u32) -> bool {
    let Some(before) = token.checked_sub(1).and_then(|i| document.tokens().get(i as usize)) else {
        return false;
    };
    let word = document.token_text(&document.tokens()[token as usize]);
    article::repair(document.token_text(before), word).is_some()
}

fn compounded(document: &Document<'_>, token: u32) -> bool {
    let hyphen = |i: Option<u32>| {
        i.and_then(|i| document.tokens().get(i as usize))
            .is_some_and(|t| t.kind == TokenKind::Hyphen)
    };
    hyphen(token.checked_sub(1)) || hyphen(token.checked_add(1))
}

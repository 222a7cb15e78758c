//! The third pass: the new model judges the archive, and what it says of it sets the gate.

use unspin_lint::{Document, Markup};
use unspin_model::build::{self, PairChanges, PairCount, Section, hundredths};
use unspin_model::{Entry, Model};
use unspin_rules_substitution::{score, statistic, units};

use super::survey::{Survey, Use};
use super::{JUDGED_TEXTS, JUDGED_WORDS, WORD_TEXTS, number};

/// The base's threshold is what one clean text in so many reaches.
const ONE_IN: usize = 1_000;
/// New words that are shown.
const SHOWN: usize = 8;

/// What the archive did to the gate: the statistic of a text from which it passes for reworded, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// Of the base.
    pub before: i32,
    /// Of the new model: the base's or the archive's, whichever is greater.
    pub after: i32,
    /// What one text in a thousand of the archive reaches; `None` if there are too few to tell.
    pub archive: Option<i32>,
    /// Texts that were long enough to be judged.
    pub texts: usize,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Texts that were counted.
    pub texts: usize,
    /// Their words, each text's share of a word clipped.
    pub tokens: u64,
    /// Words whose frequency the archive had a part in.
    pub words_counted: usize,
    /// Words that the base does not know and the new model does.
    pub words_added: usize,
    /// Of these the most used, in lower case, the most used first.
    pub most_used: Vec<String>,
    /// What became of pairs of neighbours.
    pub pairs: PairChanges,
    /// What became of the gate.
    pub threshold: Threshold,
}

/// The new model with the base's gate.
pub struct Draft {
    bytes: Vec<u8>,
    summary: Summary,
}

impl Draft {
    pub(super) fn new(survey: &Survey, pairs: &[PairCount]) -> Self {
        let (base, statistics) = (&survey.base, &survey.statistics);
        let threshold = base.gate().expect("a language model has a gate").threshold();
        // The base says itself how much text it stands for.
        let held = number(statistics.bigrams.log10_total());
        let total = held + survey.tokens as f64;
        let lexicon = statistics.lexicon;
        let words = Section::reweighted_lexicon(&lexicon, |id| {
            let count = number(lexicon.log10_hundredths(id)) * held;
            hundredths((count + survey.words[id.index()] as f64) / total)
        });
        let (bigrams, changes) =
            Section::raised_bigrams(&statistics.bigrams, hundredths(total), pairs);

        let mut new: Vec<(&str, &Use)> = survey
            .unknown
            .iter()
            .filter(|(_, own)| own.texts >= WORD_TEXTS)
            .map(|(word, own)| (&**word, own))
            .collect();
        // Ties fall by the word, so that the order of the map does not show.
        new.sort_unstable_by(|(a, x), (b, y)| {
            (y.lower + y.capital).cmp(&(x.lower + x.capital)).then_with(|| a.cmp(b))
        });
        let most_used = new.iter().take(SHOWN).map(|(word, _)| (*word).to_owned()).collect();
        let entries: Vec<(&str, Entry)> =
            new.into_iter().map(|(word, own)| (word, entry(own, total))).collect();
        let (vocabulary, words_added) = Section::extended_vocabulary(&base.vocabulary(), &entries);

        let summary = Summary {
            texts: survey.texts,
            tokens: survey.tokens,
            words_counted: survey.words.iter().filter(|&&count| count > 0).count(),
            words_added,
            most_used,
            pairs: changes,
            threshold: Threshold { before: threshold, after: threshold, archive: None, texts: 0 },
        };
        Self { bytes: build::with_sections(base, &[words, bigrams, vocabulary]), summary }
    }

    /// The gate's statistic of one text, in thousandths; `None` for a text that is too short to be judged.
    pub fn statistic(&self, bytes: &[u8], markup: Markup) -> Option<i32> {
        let model = self.model();
        let (statistics, trees, gate) = (model.statistics()?, model.scorer()?, model.gate()?);
        let document = Document::read(bytes, markup);
        if document.word_count() < JUDGED_WORDS {
            return None;
        }
        let units = units(&document, &statistics.lexicon);
        let (rows, scores) = score(&document, &statistics, &trees, &units);
        Some(statistic(&gate, &rows, &scores))
    }

    /// The bytes of the finished model and what was done. `statistics`: those of all texts that have one, in any order.
    pub fn finish(self, mut statistics: Vec<i32>) -> (Vec<u8>, Summary) {
        let mut summary = self.summary.clone();
        let threshold = &mut summary.threshold;
        threshold.texts = statistics.len();
        statistics.sort_unstable_by(|a, b| b.cmp(a));
        // At most one text in a thousand is above it.
        threshold.archive =
            (statistics.len() >= JUDGED_TEXTS).then(|| statistics[statistics.len() / ONE_IN]);
        threshold.after =
            threshold.archive.map_or(threshold.before, |own| own.max(threshold.before));
        let model = self.model();
        let gate = model.gate().expect("a language model has a gate");
        let gate = Section::gate_with_threshold(&gate, threshold.after);
        (build::with_sections(&model, &[gate]), summary)
    }

    fn model(&self) -> Model<'_> {
        Model::from_bytes(&self.bytes).expect("written by this program")
    }
}

/// The entry of a new word. No list holds it, and it is both word and name if it is written in both ways.
fn entry(own: &Use, total: f64) -> Entry {
    let frequency =
        (own.lower > 0).then(|| hundredths(f64::from(own.lower) / total).max(-1_016) as i16);
    Entry::new(frequency).word(own.lower > 0).name(own.capital > own.lower)
}

//! From evidence to entries and names: every threshold of the vocabulary stands here.

use unspin_model::Entry;

use crate::evidence::Evidence;

/// Fewer counts say nothing about case.
const FEW: u32 = 5;
/// A word counted in lower case in so many sections is an ordinary word though no list has it.
const SECTIONS: u32 = 3;
/// Least share in lower case of such a word: a lost capital now and then makes no word of a name.
const LOWER_SHARE: f64 = 0.1;
/// Least share of capitals inside sentences of a name in the gazetteer.
const CAPITAL_SHARE: f64 = 0.9;
/// The same for a name that a dictionary has: its lower-case uses may be another word (*turkey*).
const CAPITAL_SHARE_LISTED: f64 = 0.75;
/// Capitals after which the counts decide what is ordinary, and no longer the dictionaries.
const OFTEN: u32 = 10;
/// Above this log10 probability in lower case a word is ordinary, however often it is part of a
/// name (*House*); below it a dictionary's lower-case sense does not matter (*China*).
const ORDINARY: f64 = -5.3;
/// A large vocabulary holds misspellings and foreign words; a name from a long list counts as
/// prominent only down to this log10 probability.
const PROMINENT: f64 = -7.5;
/// Least log10 probability of a name in today's use, however little the sources counted it.
const CURRENT: f64 = -6.5;

/// Total words counted, to turn counts into probabilities.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    pub(crate) words: f64,
}

impl Scale {
    /// log10 probability of the word in any case.
    ///
    /// The trigram model knows best; then the rank by frequency, through Zipf's law with the
    /// second, steeper regime found in large corpora (Ferrer i Cancho and Solé, 2001: exponent 1
    /// to about rank 8,000, then 2); then the counts of the corpora, which are clipped and of one
    /// kind of text.
    fn log10(self, evidence: &Evidence) -> Option<f64> {
        const KINK: f64 = 8_000.0;
        let zipf = |rank: u32| {
            let rank = f64::from(rank);
            -1.0 - rank.min(KINK).log10() - 2.0 * (rank.max(KINK) / KINK).log10()
        };
        let counts = evidence.counts.lower + evidence.counts.capital;
        let counted = || (counts > 0).then(|| (f64::from(counts) / self.words).log10());
        evidence.language_model.or_else(|| evidence.rank.map(zipf)).or_else(counted)
    }

    /// The entry of a word, or `None` if what is known of it is not worth keeping.
    pub(crate) fn entry(self, evidence: &Evidence) -> Option<Entry> {
        let counts = evidence.counts;
        let share = lower_share(evidence);
        let enough = counts.lower + counts.capital >= FEW;
        let word = evidence.dictionary_word
            || (counts.sections >= SECTIONS && enough && share >= LOWER_SHARE);
        let name = if enough {
            share <= 0.5
        } else {
            evidence.dictionary_name || (evidence.gazetteer && !word)
        };
        let listed = evidence.dictionary_word || evidence.dictionary_name || evidence.gazetteer;
        let attested = evidence.language_model.is_some() || evidence.rank.is_some();
        (word || name || listed || attested).then(|| {
            let log10 = self.log10(evidence).map(|log10| hundredths(log10 + share.log10()));
            Entry::new(log10).word(word).name(name).listed(listed)
        })
    }

    /// The weight of a prominent name, or `None` if the word is none.
    pub(crate) fn name(self, evidence: &Evidence) -> Option<i16> {
        let counts = evidence.counts;
        let share = lower_share(evidence);
        let current = evidence.current_name.then_some(CURRENT);
        // Counted once or twice must not rank below never counted.
        let log10 = self.log10(evidence).into_iter().chain(current).reduce(f64::max)?;
        let counted_often = counts.capital >= OFTEN;
        let known = evidence.dictionary_name || evidence.gazetteer || counted_often;
        let ordinary =
            if counted_often { log10 + share.log10() > ORDINARY } else { evidence.dictionary_word };
        let capital_share =
            if evidence.dictionary_name { CAPITAL_SHARE_LISTED } else { CAPITAL_SHARE };
        let prominent = known && !ordinary && 1.0 - share >= capital_share && log10 >= PROMINENT;
        prominent.then(|| hundredths(log10 + (1.0 - share).log10()))
    }
}

/// Share of uses in lower case, of those whose case shows. Dictionaries stand in for two uses.
fn lower_share(evidence: &Evidence) -> f64 {
    let prior = match (evidence.dictionary_word, evidence.dictionary_name || evidence.gazetteer) {
        (true, false) => 0.98,
        (true, true) => 0.8,
        (false, true) => 0.02,
        (false, false) => 0.5,
    };
    let lower = f64::from(evidence.counts.lower) + 2.0 * prior;
    lower / (f64::from(evidence.counts.lower + evidence.counts.capital) + 2.0)
}

fn hundredths(log10: f64) -> i16 {
    (log10 * 100.0).round() as i16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Counts;

    const SCALE: Scale = Scale { words: 1e7 };

    fn counted(lower: u32, capital: u32) -> Evidence {
        let counts = Counts { lower, capital, sections: lower };
        Evidence { counts, language_model: Some(-4.5), ..Evidence::default() }
    }

    #[test]
    fn a_word_usually_capitalised_is_a_name_and_no_word() {
        let entry = SCALE.entry(&counted(1, 200)).expect("known");
        assert!(entry.is_name() && !entry.is_word());
        assert!(SCALE.name(&counted(1, 200)).is_some());
    }

    #[test]
    fn a_common_word_in_names_is_no_name() {
        let house = Evidence { dictionary_word: true, ..counted(400, 3600) };
        assert!(SCALE.entry(&house).is_some_and(Entry::is_word));
        let house = Evidence { language_model: Some(-3.5), ..house };
        assert_eq!(SCALE.name(&house), None);
    }

    #[test]
    fn a_current_name_weighs_no_less_for_being_counted_once() {
        let counts = Counts { lower: 0, capital: 1, sections: 0 };
        let current = Evidence { dictionary_name: true, current_name: true, ..Evidence::default() };
        let never = SCALE.name(&current);
        let once = SCALE.name(&Evidence { counts, ..current });
        assert!(never.is_some() && once.is_some_and(|weight| weight > -660));
    }

    #[test]
    fn a_rare_lower_case_sense_does_not_hide_a_country() {
        let china = Evidence { dictionary_word: true, ..counted(10, 3600) };
        assert!(SCALE.name(&china).is_some());
    }

    #[test]
    fn a_word_only_attested_is_kept_without_a_class() {
        let entry = SCALE.entry(&Evidence { rank: Some(90_000), ..Evidence::default() });
        let entry = entry.expect("known");
        assert!(!entry.is_word() && !entry.is_name() && !entry.is_listed());
        assert!(entry.log10_hundredths().is_some_and(|log10| log10 < -600));
    }

    #[test]
    fn a_word_seen_once_is_not_kept() {
        let once = Counts { lower: 1, capital: 0, sections: 1 };
        assert_eq!(SCALE.entry(&Evidence { counts: once, ..Evidence::default() }), None);
    }
}

//! A model of one's own English: a base model with the texts of an archive counted in.
//!
//! What a house writes every day is not odd, however rare it is elsewhere. Three passes over the texts, each a stage
//! here: a [`Survey`] counts words and notes which pairs may stand in two texts; [`Pairs`] counts those pairs; a
//! [`Draft`] of the model judges the texts themselves, so that its gate lets the house's own prose pass. A stage's
//! `read` (or `statistic`) takes one text, changes nothing and may run on any thread; its `add` takes what was read, in
//! any order: all of it is sums, so the same texts give the same bytes.
//!
//! Memory does not grow with the length of the archive but with its language: 32 MiB, some 50 bytes a word that the base
//! does not know, some 20 a pair that stands in two texts, and 16 a text.
//!
//! The words that are numbered stay those of the base, since every table of a model speaks of words by these numbers: a
//! word that it does not number becomes known, but is given no neighbours.

mod draft;
mod pairs;
mod survey;

pub use draft::{Draft, Summary, Threshold};
pub use pairs::{CountedPairs, Pairs};
pub use survey::{Refused, Survey, Surveyed};
pub use unspin_model::build::PairChanges;

/// A word or a pair counts at most so often in one text: what one text is about is not how a house writes. A word that
/// the base expects more often in a text of that length counts that often.
const PER_TEXT: u32 = 3;
/// A pair must stand in so many texts.
const PAIR_TEXTS: u32 = 2;
/// A word that the base does not know must stand in so many texts.
const WORD_TEXTS: u32 = 3;
/// Texts with fewer words settle nothing about the gate.
const JUDGED_WORDS: usize = 40;
/// Fewer texts cannot tell what one in a thousand reaches.
const JUDGED_TEXTS: usize = 1_000;

/// The inverse of [`hundredths`](unspin_model::build::hundredths).
fn number(hundredths: i32) -> f64 {
    10f64.powf(f64::from(hundredths) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LanguageModel, Linter};
    use unspin_lint::{Document, Markup};
    use unspin_model::Model;
    use unspin_text::fold_key;

    /// A model of `texts`, added in the order given.
    fn build(texts: &[String]) -> (Vec<u8>, Summary) {
        let mut survey = Survey::new(LanguageModel::embedded());
        let mut kept: Vec<&String> = Vec::new();
        for text in texts {
            let read = survey.read(text.as_bytes(), Markup::Plain);
            if survey.add(read).is_ok() {
                kept.push(text);
            }
        }
        let mut pairs = survey.into_pairs();
        for text in &kept {
            let read = pairs.read(text.as_bytes(), Markup::Plain);
            pairs.add(&read);
        }
        let draft = pairs.into_draft();
        let statistics = kept
            .iter()
            .filter_map(|text| draft.statistic(text.as_bytes(), Markup::Plain))
            .collect();
        draft.finish(statistics)
    }

    fn texts() -> Vec<String> {
        (0..12)
            .map(|day| {
                format!(
                    "On day {day} the smelter at Kvalnes took a prebake anode and a second prebake anode. The \
                     brekkle was wet, the foreman said, and a brekkle is not mended in a week. Nobody at Kvalnes \
                     asked for {} more."
                    , day * 3
                )
            })
            .collect()
    }

    #[test]
    fn the_order_of_the_texts_says_nothing() {
        let mut texts = texts();
        let (bytes, summary) = build(&texts);
        texts.reverse();
        texts.rotate_left(5);
        assert!(build(&texts) == (bytes, summary), "other bytes");
    }

    #[test]
    fn words_and_pairs_of_the_archive_become_normal() {
        let base = Model::embedded();
        let (bytes, summary) = build(&texts());
        let built = Model::from_bytes(&bytes).unwrap();
        assert_eq!(built.verify(), Ok(()));
        let of = |model: &Model<'_>, word: &str| {
            let lexicon = model.statistics().unwrap().lexicon;
            let id = lexicon.get(fold_key(word)).unwrap();
            (id, lexicon.log10_hundredths(id))
        };
        let ((smelter, before), (again, after)) = (of(&base, "smelter"), of(&built, "smelter"));
        assert_eq!(smelter, again, "words keep their numbers");
        assert!(after > before, "{before} to {after}");
        let (the, at) = (of(&base, "the"), of(&base, "at"));
        assert!((of(&built, "the").1 - the.1).abs() <= 4, "common words stay as they are");
        let count = |model: &Model<'_>, a, b| model.statistics().unwrap().bigrams.log10_count(a, b);
        assert_eq!(count(&base, smelter, at.0), None, "the test needs a pair that is new");
        assert!(count(&built, smelter, at.0).is_some());
        assert!(summary.pairs.added > 0 && summary.pairs.raised > 0, "{summary:?}");
        assert_eq!(base.vocabulary().get("brekkle"), None, "the test needs a word that is new");
        let brekkle = built.vocabulary().get("brekkle").unwrap();
        assert!(brekkle.is_word() && !brekkle.is_name() && !brekkle.is_listed());
        let kvalnes = built.vocabulary().get("Kvalnes").unwrap();
        assert!(kvalnes.is_name() && !kvalnes.is_word());
        assert_eq!(
            (summary.words_added, &*summary.most_used),
            (2, &["brekkle".to_owned(), "kvalnes".into()][..])
        );
        assert_eq!(built.vocabulary().get("government"), base.vocabulary().get("government"));
    }

    #[test]
    fn a_word_or_pair_of_one_text_does_not_count() {
        let text = format!("{} {}", texts()[0], texts()[0]);
        // The same text twice is one text.
        let (bytes, summary) = build(&[text.clone(), text]);
        assert_eq!((summary.texts, summary.words_added), (1, 0));
        assert_eq!(summary.pairs, PairChanges::default());
        let built = Model::from_bytes(&bytes).unwrap();
        assert_eq!(built.vocabulary().get("brekkle"), None);
    }

    #[test]
    fn what_is_no_english_text_is_refused() {
        let mut survey = Survey::new(LanguageModel::embedded());
        let mut add = |text: &[u8]| {
            let read = survey.read(text, Markup::Plain);
            survey.add(read)
        };
        let german = "Der Bürgermeister sagte am Montag, dass die Brücke über den Fluss im nächsten Jahr \
                      nicht mehr gebaut werde, weil das Geld fehlt und niemand mehr bereit ist zu zahlen.";
        assert_eq!(add(german.as_bytes()), Err(Refused::Language));
        assert_eq!(add(b"\x00\x01\x00\x02\x00\x03".repeat(90).as_slice()), Err(Refused::NoText));
        assert_eq!(add(b" \n"), Err(Refused::NoText));
        assert_eq!(add(b"The mayor left."), Ok(()));
        assert_eq!(add(b"The mayor left."), Err(Refused::Repeated));
    }

    #[test]
    fn the_gate_moves_up_alone_and_on_a_thousand_texts() {
        let draft = || {
            let mut survey = Survey::new(LanguageModel::embedded());
            let read = survey.read(b"The mayor left the town hall on Monday.", Markup::Plain);
            survey.add(read).unwrap();
            survey.into_pairs().into_draft()
        };
        let before = Model::embedded().gate().unwrap().threshold();
        let after = |statistics: Vec<i32>| {
            let (bytes, summary) = draft().finish(statistics);
            let threshold = Model::from_bytes(&bytes).unwrap().gate().unwrap().threshold();
            assert_eq!((summary.threshold.before, summary.threshold.after), (before, threshold));
            (threshold, summary.threshold.archive)
        };
        let loud = before + 700;
        assert_eq!(after(vec![loud; 999]), (before, None));
        assert_eq!(after(vec![loud; 1_000]), (loud, Some(loud)));
        assert_eq!(after(vec![-5; 1_000]), (before, Some(-5)));
        let mut one_loud = vec![-5; 1_000];
        one_loud[7] = loud;
        assert_eq!(after(one_loud), (before, Some(-5)), "one in a thousand may be above it");
    }

    #[test]
    fn a_house_term_is_no_garbled_name() {
        let text = "The Brekkla ministry spoke on Monday. On Friday the brekkle ministry spoke again, and Brekkla \
                    resigned.";
        let document = Document::new(text.as_bytes());
        let shown = |linter: &Linter| {
            let report = linter.check(&document);
            report.findings.iter().filter(|f| f.rule == "garbled-name").count()
        };
        let mut linter = Linter::new();
        assert_eq!(shown(&linter), 1, "the test needs a word that is odd");
        linter.set_model(LanguageModel::open(build(&texts()).0).unwrap());
        assert_eq!(shown(&linter), 0);
    }
}

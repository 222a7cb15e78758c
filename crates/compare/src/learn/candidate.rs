//! Pairs of wordings in every way that a pack can say them, each with the places that it stands for.

use std::collections::{BTreeMap, BTreeSet};

use unspin_lang::{Form, inflect, is_function_word, lemmas};
use unspin_model::Statistics;

use super::lesson::{Beside, is_spelling};
use super::phrase::{Phrase, is_telling, written_out};
use super::usual::is_usual;
use super::{Lesson, Reason, Sight};

/// How a pair of wordings is said, widest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rung {
    /// All forms of a word for the same form of another.
    Forms,
    /// The words as they stand.
    Words,
    /// The words with the one before, or the one after.
    Beside,
    /// The words with those on both sides.
    Between,
}

/// A sight: the number of its lesson, and its number there.
pub(super) type At = (usize, usize);

/// What a pack could say.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// A phrase of a pack.
    pub phrase: String,
    /// What it suggests.
    pub suggestion: String,
    pub(super) rung: Rung,
    /// The places that it stands for, in order.
    pub(super) sights: Vec<At>,
    /// In how many documents they are.
    pub(super) documents: usize,
    /// Why a pack must not hold it, whatever clean texts say.
    pub(super) ruled_out: Option<Reason>,
}

impl Candidate {
    /// The places that it stands for.
    pub fn sights<'l>(&self, lessons: &'l [Lesson]) -> impl Iterator<Item = (usize, &'l Sight)> {
        self.sights.iter().map(|&(lesson, sight)| (lesson, &lessons[lesson].sights[sight]))
    }
}

/// A pair of wordings that too few documents have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Few {
    /// What was put in, in small letters.
    pub found: String,
    /// What it was put for.
    pub wording: String,
    /// In how many documents.
    pub documents: usize,
    pub(super) sights: Vec<At>,
}

/// What is counted.
#[derive(Clone, Debug)]
pub struct Candidates {
    /// Everything that enough documents have, in a fixed order.
    pub all: Vec<Candidate>,
    /// Pairs of wordings that too few have.
    pub few: Vec<Few>,
}

/// What was put in and what it was put for, as a pack says it. Of the latter the spelling is open.
type Key = (String, String);

/// The sights of a key, and how what it was put for is spelt.
#[derive(Default)]
struct Group {
    sights: Vec<At>,
    /// Spellings with how often each was sure and unsure.
    spellings: BTreeMap<String, (usize, usize)>,
    /// Whether a word is inflected in it, which alone says that it has forms.
    is_inflected: bool,
    ruled_out: Option<Reason>,
}

impl Group {
    fn add(&mut self, at: At, written: &str, is_guess: bool) {
        self.sights.push(at);
        let count = self.spellings.entry(written.to_owned()).or_default();
        if is_guess { count.1 += 1 } else { count.0 += 1 }
    }

    fn documents(&self, documents: &[usize]) -> usize {
        self.sights.iter().map(|(lesson, _)| documents[*lesson]).collect::<BTreeSet<_>>().len()
    }

    fn spelling(&self) -> String {
        let commonest = self.spellings.iter().rev().max_by_key(|(_, count)| **count);
        commonest.map(|(written, _)| written.clone()).unwrap_or_default()
    }
}

/// Counts what lessons have in common. `documents` says of each lesson which document it is
/// ([`independent`](super::independent)); a pair of wordings counts that `least` of them have. What the language
/// model has often read is ruled out.
pub fn candidates(
    lessons: &[Lesson],
    documents: &[usize],
    least: usize,
    statistics: Option<Statistics<'_>>,
) -> Candidates {
    let mut groups: BTreeMap<(Rung, Key), Group> = BTreeMap::new();
    let sights = || {
        lessons.iter().enumerate().flat_map(|(lesson, of)| {
            of.sights.iter().enumerate().map(move |(sight, it)| ((lesson, sight), it))
        })
    };
    for (at, sight) in sights() {
        let Sight { found, wording, .. } = sight;
        let group = groups.entry((Rung::Words, key(found, wording))).or_default();
        group.add(at, &wording.written, wording.is_guess);
        if is_spelling(found, wording) {
            group.ruled_out = Some(Reason::Spelling);
        } else if !found.is_telling() {
            group.ruled_out = Some(Reason::FunctionWords);
        }
        if group.ruled_out == Some(Reason::Spelling) {
            continue;
        }
        for general in general(found, wording) {
            let group = groups.entry((Rung::Forms, general.key)).or_default();
            group.is_inflected |= general.is_inflected;
            group.add(at, &general.written, wording.is_guess);
        }
    }
    // A pair with a neighbour is in no more documents than the pair.
    let is_open = |found: &Phrase, wording: &Phrase| {
        groups.get(&(Rung::Words, key(found, wording))).is_some_and(|group| {
            group.ruled_out != Some(Reason::Spelling) && group.documents(documents) >= least
        })
    };
    let mut wider: BTreeMap<(Rung, Key), Group> = BTreeMap::new();
    for (at, sight) in sights().filter(|(_, sight)| is_open(&sight.found, &sight.wording)) {
        let (before, after) = (sight.before.as_ref(), sight.after.as_ref());
        let mut joined = |rung, sides: [Option<&Beside>; 2]| {
            let [before, after] = sides;
            let found = joined(before, &sight.found, after, |beside| &beside.found);
            let wording = joined(before, &sight.wording, after, |beside| &beside.wording);
            if is_telling(&found.folded) {
                let key = (found.folded, wording.folded);
                let group = wider.entry((rung, key)).or_default();
                group.add(at, &wording.written, wording.is_guess);
            }
        };
        if before.is_some() {
            joined(Rung::Beside, [before, None]);
        }
        if after.is_some() {
            joined(Rung::Beside, [None, after]);
        }
        if before.is_some() && after.is_some() {
            joined(Rung::Between, [before, after]);
        }
    }
    groups.extend(wider);
    let mut found = sifted(groups, documents, least);
    if let Some(statistics) = statistics {
        for candidate in &mut found.all {
            let is_usual = || is_usual(statistics, &written_out(&candidate.phrase));
            candidate.ruled_out =
                candidate.ruled_out.or_else(|| is_usual().then_some(Reason::Usual));
        }
    }
    found
}

fn sifted(groups: BTreeMap<(Rung, Key), Group>, documents: &[usize], least: usize) -> Candidates {
    let (mut all, mut few) = (Vec::new(), Vec::new());
    for ((rung, (phrase, wording)), group) in groups {
        let count = group.documents(documents);
        if count < least {
            if rung == Rung::Words {
                let sights = group.sights;
                few.push(Few { found: phrase, wording, documents: count, sights });
            }
        } else if rung != Rung::Forms || group.is_inflected {
            all.push(Candidate {
                phrase,
                suggestion: group.spelling(),
                rung,
                documents: count,
                ruled_out: group.ruled_out,
                sights: group.sights,
            });
        }
    }
    Candidates { all, few }
}

fn key(found: &Phrase, wording: &Phrase) -> Key {
    (found.folded.clone(), wording.folded.clone())
}

/// A phrase with what stands beside it.
fn joined<'b>(
    before: Option<&'b Beside>,
    own: &'b Phrase,
    after: Option<&'b Beside>,
    side: impl Fn(&'b Beside) -> &'b Phrase,
) -> Phrase {
    let parts: Vec<&Phrase> =
        before.map(&side).into_iter().chain([own]).chain(after.map(&side)).collect();
    let text = |of: fn(&Phrase) -> &str| parts.iter().map(|p| of(p)).collect::<Vec<_>>().join(" ");
    Phrase {
        folded: text(|phrase| &phrase.folded),
        written: text(|phrase| &phrase.written),
        is_guess: parts.iter().any(|phrase| phrase.is_guess),
        is_name: parts.iter().any(|phrase| phrase.is_name),
        words: parts.iter().map(|phrase| phrase.words).sum(),
    }
}

/// A pair of wordings with one word of each as all its forms.
struct General {
    key: Key,
    written: String,
    is_inflected: bool,
}

/// The ways to say a pair by the forms of a word: a word of each side that has the same form.
fn general(found: &Phrase, wording: &Phrase) -> Vec<General> {
    let mut all: Vec<General> = Vec::new();
    for (own, other, form) in forms_in_both(found, wording) {
        let with_lemma = |text: &str, at: usize, lemma: &str| {
            let words = text.split(' ').enumerate();
            let words =
                words.map(|(i, word)| if i == at { format!("<{lemma}>") } else { word.into() });
            words.collect::<Vec<String>>().join(" ")
        };
        let key = (
            with_lemma(&found.folded, own.0, &own.1),
            with_lemma(&wording.folded, other.0, &other.1),
        );
        let is_inflected = form != Form::Base;
        match all.iter_mut().find(|general| general.key == key) {
            Some(known) => known.is_inflected |= is_inflected,
            None => all.push(General {
                written: with_lemma(&wording.written, other.0, &other.1),
                key,
                is_inflected,
            }),
        }
    }
    all
}

type Lemma = (usize, String);

/// Words of both sides, by their number in the phrase and their lemma, that are the same form of different lemmas.
fn forms_in_both(found: &Phrase, wording: &Phrase) -> Vec<(Lemma, Lemma, Form)> {
    let mut pairs = Vec::new();
    for (i, own) in readings(found) {
        for (j, other) in readings(wording) {
            for form in Form::ALL {
                let lemma = |readings: &[(String, Form)]| {
                    readings.iter().find(|(_, f)| *f == form).map(|(lemma, _)| lemma.clone())
                };
                if let (Some(own), Some(other)) = (lemma(&own), lemma(&other)) {
                    pairs.push(((i, own), (j, other), form));
                }
            }
        }
    }
    pairs
}

/// Of each word of an open class what forms of what it is, as the language makes them again.
fn readings(phrase: &Phrase) -> Vec<(usize, Vec<(String, Form)>)> {
    let words = phrase.folded.split(' ').enumerate();
    words
        .filter(|(_, word)| word.chars().all(char::is_alphabetic) && !is_function_word(word))
        .map(|(at, word)| {
            let readings = lemmas(word).flat_map(|reading| {
                let lemma = reading.lemma.to_string();
                let forms: Vec<Form> = reading.forms.iter().collect();
                forms.into_iter().map(move |form| (lemma.clone(), form))
            });
            (at, readings.filter(|(lemma, form)| inflect(lemma, *form) == word).collect())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use unspin_text::{Document, Span};

    use super::*;

    fn phrase(text: &str) -> Phrase {
        // A word before it, so that its letter case is its own.
        let text = format!("so {text}");
        let document = Document::new(text.as_bytes());
        Phrase::new(&document, Span::new(3, text.len() as u32)).expect("a phrase")
    }

    fn sight(found: &str, wording: &str, beside: [Option<(&str, &str)>; 2]) -> Sight {
        let [before, after] = beside
            .map(|beside| beside.map(|(a, b)| Beside { found: phrase(a), wording: phrase(b) }));
        let (found, wording) = (phrase(found), phrase(wording));
        let (sentence, original, context) = Default::default();
        Sight { found, wording, before, after, place: (1, 1), sentence, original, context }
    }

    fn lesson(sights: Vec<Sight>) -> Lesson {
        Lesson { sights, unsaid: 0, sketches: [Vec::new(), Vec::new()] }
    }

    fn told(lessons: &[Lesson], documents: &[usize]) -> Vec<String> {
        let all = candidates(lessons, documents, 2, None).all.into_iter();
        all.map(|c| format!("{} = {} in {}", c.phrase, c.suggestion, c.documents)).collect()
    }

    #[test]
    fn forms_of_a_word_count_together() {
        let lessons = [
            lesson(vec![sight("vessels", "ships", [None, None])]),
            lesson(vec![sight("vessel", "ship", [None, None])]),
        ];
        assert_eq!(told(&lessons, &[0, 1]), ["<vessel> = <ship> in 2"]);
        let found = candidates(&lessons, &[0, 1], 2, None);
        assert_eq!(found.few.len(), 2, "each form by itself is in one document");
        assert_eq!(told(&lessons, &[0, 0]), [""; 0], "two copies are one document");
    }

    #[test]
    fn words_that_stand_uninflected_are_said_as_they_stand() {
        let one = || lesson(vec![sight("countrywide", "national", [None, None])]);
        assert_eq!(told(&[one(), one()], &[0, 1]), ["countrywide = national in 2"]);
    }

    #[test]
    fn an_expression_takes_the_form_of_its_word() {
        let lessons = [
            lesson(vec![sight("took into custody", "arrested", [None, None])]),
            lesson(vec![sight("taking into custody", "arresting", [None, None])]),
        ];
        assert_eq!(told(&lessons, &[0, 1]), ["<take> into custody = <arrest> in 2"]);
    }

    #[test]
    fn a_neighbour_makes_a_longer_phrase() {
        let one =
            || lesson(vec![sight("safety", "security", [Some(("countrywide", "national")), None])]);
        assert_eq!(
            told(&[one(), one()], &[0, 1]),
            ["safety = security in 2", "countrywide safety = national security in 2"]
        );
    }

    #[test]
    fn the_surest_spelling_holds() {
        let start = |text: &str| {
            let document = Document::new(text.as_bytes());
            Phrase::new(&document, Span::new(0, text.len() as u32)).expect("a phrase")
        };
        let mut first = sight("nippon", "Japan", [None, None]);
        first.wording = start("Japan");
        assert_eq!(first.wording.written, "japan");
        let lessons = [
            lesson(vec![first.clone(), first]),
            lesson(vec![sight("nippon", "Japan", [None, None])]),
        ];
        assert_eq!(told(&lessons, &[0, 1]), ["nippon = Japan in 2"]);
    }
}

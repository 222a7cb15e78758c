//! Alternatives to a word, as a reworder finds them.
//!
//! A reworder looks a word up without knowing its sense, so the alternatives of every sense are wanted here, and of
//! the wrong ones those that come to hand first: the frequent words. Each source is reduced to the same shape.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;

use anyhow::Context;

/// Alternatives kept for a word of `WordNet`.
const WORDNET_ALTERNATIVES: usize = 16;

/// Of these, sister terms (*bus* for *tram*): the loosest relation, and by far the most numerous.
const SISTERS: usize = 6;

/// Alternatives kept for a word of a thesaurus that does not tell senses or relations apart.
const FLAT_ALTERNATIVES: usize = 20;

/// From a lemma in lower case to its alternatives in lower case, best first. Both may have several words, with
/// spaces between.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Thesaurus(pub(crate) BTreeMap<String, Vec<String>>);

/// Reads `data.*` and `index.*` of `WordNet` in `folder`: synonyms first, then hypernyms, hyponyms, similar adjectives
/// and sister terms; within a relation the commoner sense first, then the more frequent word.
///
/// `frequency` is that of a single word, on any scale where more frequent is greater; alternatives with a word of
/// frequency 0 are left out, and so are names.
///
/// # Errors
///
/// Where a file is missing or a line of it is not as `wndb(5WN)` describes.
pub(crate) fn wordnet(folder: &Path, frequency: &dyn Fn(&str) -> f64) -> anyhow::Result<Thesaurus> {
    let parts = ["noun", "verb", "adj", "adv"]
        .into_iter()
        .map(|part| {
            let (data, index) = (format!("data.{part}"), format!("index.{part}"));
            Part::parse(&read(&folder.join(&data))?, &read(&folder.join(&index))?, frequency)
                .with_context(|| format!("{data}, {index}"))
        })
        .collect::<anyhow::Result<Vec<Part>>>()?;
    Ok(from_parts(&parts))
}

/// Reads the Moby thesaurus: a line a word, the word first, its alternatives after it, commas between.
///
/// Keeps the most frequent alternatives of one or two words; see [`wordnet`] for `frequency`. Function words have
/// none: what Moby lists for *in* or *that* would damage every sentence.
///
/// # Errors
///
/// Where the file cannot be read.
pub(crate) fn moby(
    path: &Path,
    frequency: &dyn Fn(&str) -> f64,
    is_function_word: &dyn Fn(&str) -> bool,
) -> anyhow::Result<Thesaurus> {
    Ok(parse_moby(&read(path)?, frequency, is_function_word))
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// A term in lower case with the frequency of its rarest word.
#[derive(Debug, Clone, PartialEq)]
struct Term {
    text: String,
    frequency: f64,
}

impl Term {
    /// `None` for names, which every source writes with a capital.
    fn new(text: &str, frequency: &dyn Fn(&str) -> f64) -> Option<Self> {
        if text.contains(char::is_uppercase) {
            return None;
        }
        let rarest = text.split(' ').map(frequency).min_by(f64::total_cmp)?;
        Some(Self { text: text.to_owned(), frequency: rarest })
    }

    /// The more frequent first; spelling decides between equals, so that the order is total.
    fn by_frequency(&self, other: &Self) -> Ordering {
        other.frequency.total_cmp(&self.frequency).then_with(|| self.text.cmp(&other.text))
    }
}

#[derive(Debug)]
struct Synset {
    /// Names left out.
    members: Vec<Term>,
    hypernyms: Vec<u32>,
    hyponyms: Vec<u32>,
    similar: Vec<u32>,
}

impl Synset {
    /// Reads a line of a data file: offset, file, type, number of words in hexadecimal, each word and its number,
    /// number of pointers, each pointer's symbol, offset, part of speech and words.
    fn parse(line: &str, frequency: &dyn Fn(&str) -> f64) -> Option<(u32, Self)> {
        let mut fields = line.split(' ');
        let offset = fields.next()?.parse().ok()?;
        let count = usize::from_str_radix(fields.nth(2)?, 16).ok()?;
        let mut synset = Self {
            members: Vec::with_capacity(count),
            hypernyms: Vec::new(),
            hyponyms: Vec::new(),
            similar: Vec::new(),
        };
        for _ in 0..count {
            // An adjective's position may follow: `galore(ip)`.
            let lemma = fields.next()?.split('(').next()?.replace('_', " ");
            fields.next()?;
            synset.members.extend(Term::new(&lemma, frequency));
        }
        let pointers: usize = fields.next()?.parse().ok()?;
        for _ in 0..pointers {
            let symbol = fields.next()?;
            let target = fields.next()?.parse().ok()?;
            fields.nth(1)?;
            // These three never leave their part of speech.
            match symbol {
                "@" => synset.hypernyms.push(target),
                "~" => synset.hyponyms.push(target),
                "&" => synset.similar.push(target),
                _ => {}
            }
        }
        Some((offset, synset))
    }
}

/// One part of speech.
#[derive(Debug)]
struct Part {
    synsets: HashMap<u32, Synset>,
    /// What a synset's direct hyponyms contain, most frequent first: sorted once, not for each of its sisters.
    below: HashMap<u32, Vec<Term>>,
    /// Lemma and synsets, commonest sense first.
    senses: Vec<(String, Vec<u32>)>,
}

impl Part {
    fn parse(data: &str, index: &str, frequency: &dyn Fn(&str) -> f64) -> anyhow::Result<Self> {
        // Licence lines start with two spaces.
        let lines = |text| str::lines(text).filter(|line| !line.starts_with(' '));
        let synsets = lines(data)
            .map(|line| Synset::parse(line, frequency).with_context(|| line.to_owned()))
            .collect::<anyhow::Result<HashMap<_, _>>>()?;
        let below = synsets
            .iter()
            .filter(|(_, synset)| !synset.hyponyms.is_empty())
            .map(|(&offset, synset)| {
                let mut terms: Vec<Term> = members(&synsets, &synset.hyponyms).cloned().collect();
                terms.sort_by(Term::by_frequency);
                terms.dedup();
                (offset, terms)
            })
            .collect();
        let senses = lines(index)
            .map(|line| senses(line).with_context(|| line.to_owned()))
            .collect::<anyhow::Result<_>>()?;
        Ok(Self { synsets, below, senses })
    }
}

/// Reads a line of an index file: lemma, part of speech, number of synsets, ..., and the offsets of these at the end.
fn senses(line: &str) -> Option<(String, Vec<u32>)> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let count: usize = fields.get(2)?.parse().ok()?;
    let offsets = &fields[fields.len().checked_sub(count)?..];
    let offsets = offsets.iter().map(|offset| offset.parse().ok()).collect::<Option<_>>()?;
    Some((fields[0].replace('_', " "), offsets))
}

/// The terms of the synsets at `offsets` that can stand in a text.
fn members<'a>(
    synsets: &'a HashMap<u32, Synset>,
    offsets: &'a [u32],
) -> impl Iterator<Item = &'a Term> {
    let members = offsets.iter().filter_map(|offset| synsets.get(offset));
    members.flat_map(|synset| &synset.members).filter(|term| term.frequency > 0.0)
}

/// A word's sense: its part of speech, its number there, its synset.
type Sense<'a> = (&'a Part, usize, u32);

fn from_parts(parts: &[Part]) -> Thesaurus {
    let mut words: BTreeMap<&str, Vec<Sense>> = BTreeMap::new();
    for part in parts {
        for (lemma, offsets) in &part.senses {
            for (number, offset) in offsets.iter().enumerate() {
                // The index writes names in lower case: only the data file tells *turkey* from *Turkey*.
                let synset = part.synsets.get(offset);
                if synset.is_some_and(|synset| synset.members.iter().any(|m| m.text == *lemma)) {
                    words.entry(lemma).or_default().push((part, number, *offset));
                }
            }
        }
    }
    let entries =
        words.into_iter().map(|(lemma, senses)| (lemma.to_owned(), related(lemma, senses)));
    Thesaurus(entries.filter(|(_, alternatives)| !alternatives.is_empty()).collect())
}

fn related(lemma: &str, mut senses: Vec<Sense>) -> Vec<String> {
    senses.sort_by_key(|&(_, number, _)| number);
    let mut ranked: Vec<(usize, usize, &Term)> = Vec::new();
    for &(part, number, offset) in &senses {
        let synset = &part.synsets[&offset];
        let relations = [&[offset][..], &synset.hypernyms, &synset.hyponyms, &synset.similar];
        for (closeness, offsets) in relations.into_iter().enumerate() {
            ranked.extend(
                offsets
                    .iter()
                    .filter_map(|offset| part.synsets.get(offset))
                    .flat_map(|synset| &synset.members)
                    .filter(|term| term.frequency > 0.0)
                    .map(|term| (closeness, number, term)),
            );
        }
    }
    ranked.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| a.2.by_frequency(b.2)));

    let mut seen = HashSet::from([lemma]);
    let mut alternatives: Vec<&str> = Vec::new();
    for (_, _, term) in ranked {
        if alternatives.len() < WORDNET_ALTERNATIVES && seen.insert(&term.text) {
            alternatives.push(&term.text);
        }
    }
    let room = WORDNET_ALTERNATIVES.min(alternatives.len() + SISTERS);
    for of_one_number in senses.chunk_by(|a, b| a.1 == b.1) {
        let mut sisters: Vec<&Term> = of_one_number
            .iter()
            .flat_map(|(part, _, offset)| {
                part.synsets[offset]
                    .hypernyms
                    .iter()
                    .filter_map(|hypernym| part.below.get(hypernym))
            })
            .flat_map(|terms| terms.iter().filter(|term| !seen.contains(&*term.text)).take(SISTERS))
            .collect();
        sisters.sort_by(|a, b| a.by_frequency(b));
        for term in sisters {
            if alternatives.len() < room && seen.insert(&term.text) {
                alternatives.push(&term.text);
            }
        }
    }
    alternatives.into_iter().map(str::to_owned).collect()
}

fn parse_moby(
    text: &str,
    frequency: &dyn Fn(&str) -> f64,
    is_function_word: &dyn Fn(&str) -> bool,
) -> Thesaurus {
    let mut thesaurus = Thesaurus::default();
    for line in text.lines() {
        if let Some((word, alternatives)) = line.split_once(',')
            && !is_function_word(word)
        {
            thesaurus.add_most_frequent(word, alternatives.split(','), frequency);
        }
    }
    thesaurus
}

impl Thesaurus {
    fn add_most_frequent<'a>(
        &mut self,
        word: &str,
        alternatives: impl Iterator<Item = &'a str>,
        frequency: &dyn Fn(&str) -> f64,
    ) {
        if word.contains(char::is_uppercase) {
            return;
        }
        let mut terms: Vec<Term> = alternatives
            .filter(|&term| term != word && term.split(' ').count() <= 2)
            .filter_map(|term| Term::new(term, frequency))
            .filter(|term| term.frequency > 0.0)
            .collect();
        terms.sort_by(Term::by_frequency);
        terms.dedup();
        terms.truncate(FLAT_ALTERNATIVES);
        if !terms.is_empty() {
            self.0.insert(word.to_owned(), terms.into_iter().map(|term| term.text).collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shorter a word, the more frequent; those with a `q` are unknown.
    fn by_length(word: &str) -> f64 {
        if word.contains('q') { 0.0 } else { 1.0 / word.len() as f64 }
    }

    fn wordnet_of(nouns: [&str; 2], verbs: [&str; 2]) -> BTreeMap<String, Vec<String>> {
        let parts = [nouns, verbs].map(|[data, index]| {
            Part::parse(data, index, &by_length).expect("lines of a database")
        });
        from_parts(&parts).0
    }

    const NOUNS: [&str; 2] = [
        "  1 A licence\n\
        00000100 06 n 02 boat 0 vessel 0 004 ~ 00000200 n 0000 ~ 00000300 n 0000 ~ 00000500 n 0000 ~ 00000600 n 0000 | gloss\n\
        00000200 06 n 03 tram_ferry 0 ferry 0 ferryboatq 0 002 @ 00000100 n 0000 + 00000800 v 0101 | gloss\n\
        00000300 06 n 01 launch 0 001 @ 00000100 n 0000 | gloss\n\
        00000400 06 n 02 Ferry 0 Bryan_Ferry 0 000 | gloss\n\
        00000500 06 n 04 tug 0 tugboat 0 dredger 1 Titanic 0 001 @ 00000100 n 0000 | gloss\n\
        00000600 06 n 05 raft 0 canoe 0 kayak 0 barge 0 lighter 0 001 @ 00000100 n 0000 | gloss\n\
        00000700 06 n 01 hull 0 000 | gloss\n",
        "  1 A licence\n\
        boat n 1 1 ~ 1 0 00000100  \n\
        ferry n 2 1 @ 2 1 00000400 00000200  \n\
        hull n 1 0 1 0 00000700  \n\
        launch n 1 1 @ 1 0 00000300  \n\
        titanic n 1 1 @ 1 0 00000500  \n",
    ];

    const VERBS: [&str; 2] = [
        "00000800 38 v 02 ferry 0 carry 0 001 @ 00000900 v 0000 01 + 08 00 | gloss\n\
        00000900 38 v 01 move 0 001 ~ 00000800 v 0000 01 + 02 00 | gloss\n",
        "ferry v 1 1 @ 1 1 00000800  \n",
    ];

    #[test]
    fn wordnet_goes_from_synonyms_to_sisters_over_all_senses() {
        let thesaurus = wordnet_of(NOUNS, VERBS);
        // The verb is a first sense, the boat a second (the first is a name); `ferryboatq` is unknown.
        let synonyms = ["carry", "tram ferry"];
        let hypernyms = ["move", "boat", "vessel"];
        let sisters = ["tug", "raft", "barge", "canoe", "kayak", "launch"];
        assert_eq!(thesaurus["ferry"], [&synonyms[..], &hypernyms, &sisters].concat());
    }

    #[test]
    fn wordnet_gives_hyponyms_by_frequency_up_to_sixteen() {
        let alternatives = &wordnet_of(NOUNS, VERBS)["boat"];
        assert_eq!(alternatives[..3], ["vessel", "tug", "raft"]);
        assert_eq!(alternatives.len(), 12);
        let words: Vec<String> = (0..30).map(|i| format!("w{i} 0")).collect();
        let data = format!("00000100 06 n 1e {} 000 | gloss\n", words.join(" "));
        let many = wordnet_of([&data, "w7 n 1 0 1 0 00000100\n"], ["", ""]);
        assert_eq!(many["w7"].len(), WORDNET_ALTERNATIVES);
    }

    #[test]
    fn wordnet_leaves_names_and_lonely_words_out() {
        let thesaurus = wordnet_of(NOUNS, VERBS);
        assert_eq!(thesaurus.keys().collect::<Vec<_>>(), ["boat", "ferry", "launch"]);
    }

    #[test]
    fn wordnet_adjectives_have_similar_ones_and_no_markers() {
        let data = "00000100 00 a 01 plentiful 0 001 & 00000200 a 0000 | gloss\n\
                    00000200 00 s 01 galore(ip) 0 001 & 00000100 a 0000 | gloss\n";
        let index = "galore a 1 1 & 1 0 00000200\nplentiful a 1 1 & 1 0 00000100\n";
        let thesaurus = wordnet_of([data, index], ["", ""]);
        assert_eq!(thesaurus["galore"], ["plentiful"]);
        assert_eq!(thesaurus["plentiful"], ["galore"]);
    }

    #[test]
    fn a_broken_line_of_wordnet_is_an_error() {
        assert!(Part::parse("00000100 06 n 02 boat 0", "", &by_length).is_err());
        assert!(Part::parse("", "boat n 9 1 ~ 1 0 00000100", &by_length).is_err());
    }

    #[test]
    fn moby_keeps_the_most_frequent_short_terms() {
        let text = "ferry,Bryan Ferry,conveyor belt,across the bay,tow,boat,quay,boat\n\
                    in,within\n\
                    Turkey,bird\n\
                    hull,quay\n";
        let thesaurus = parse_moby(text, &by_length, &|word| word == "in");
        assert_eq!(thesaurus.0.keys().collect::<Vec<_>>(), ["ferry"]);
        assert_eq!(thesaurus.0["ferry"], ["tow", "boat", "conveyor belt"]);
    }

    #[test]
    fn moby_keeps_twenty() {
        let line: Vec<String> = (0..40).map(|i| format!("w{i}")).collect();
        let thesaurus = parse_moby(&line.join(","), &by_length, &|_| false);
        assert_eq!(thesaurus.0["w0"].len(), FLAT_ALTERNATIVES);
    }
}

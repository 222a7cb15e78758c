//! The substitution channel: what context-blind rewording makes of English, as tables of surface forms.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use unspin_lang::{Form, inflect, lemmas};
use unspin_lint::Document;
use unspin_model::build::{PhraseOriginal, hundredths};
use unspin_model::{Lexicon, Original, Phrases, WordFlags, WordId};
use unspin_rules_substitution::{prior, units};
use unspin_text::fold_key;

use crate::word_class::WordClasses;

/// Alternatives of each original, best first: lower case, one word or several.
pub(crate) type Channel = BTreeMap<String, Vec<String>>;

/// Reads the tables of a folder: `original TAB replacement|replacement|... TAB origin`, `#` comments.
///
/// # Errors
/// If a file cannot be read or a row has fewer than two columns.
pub(crate) fn read(folder: &Path) -> anyhow::Result<Channel> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .with_context(|| format!("cannot list {}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "tsv"))
        .collect();
    paths.sort();
    // Rows of one original are merged by rank, so that a second opinion does not come last.
    let mut ranked: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for path in paths {
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.split('\t');
            let (Some(original), Some(replacements)) = (columns.next(), columns.next()) else {
                bail!(
                    "{}:{}: a row needs an original, a tab and replacements",
                    path.display(),
                    number + 1
                );
            };
            let row = ranked.entry(original.to_owned()).or_default();
            row.extend(
                replacements.split('|').enumerate().map(|(rank, word)| (rank, word.to_owned())),
            );
        }
    }
    Ok(ranked
        .into_iter()
        .map(|(original, mut row)| {
            row.sort_by_key(|(rank, _)| *rank);
            let mut words: Vec<String> = Vec::new();
            for (_, word) in row {
                if word != original && !word.is_empty() && !words.contains(&word) {
                    words.push(word);
                }
            }
            (original, words)
        })
        .collect())
}

/// A replacement of a surface form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alternative {
    /// As it would be written in lower case, one word or several.
    pub(crate) text: String,
    /// Its share of the replacements of its original, 0 to 1.
    pub(crate) share: f64,
}

/// Replacements by surface form; an original may have several words.
pub(crate) type Surface = BTreeMap<String, Vec<Alternative>>;

/// Puts both sides of each pair into every form that both can take.
pub(crate) fn inflected(channel: &Channel, classes: &WordClasses) -> Surface {
    let mut surface: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for (original, replacements) in channel {
        // Shares fall with the rank as in a list that people read from the top (Zipf 1949).
        let total: f64 = (0..replacements.len()).map(|rank| 1.0 / (rank as f64 + 2.0)).sum();
        for (rank, replacement) in replacements.iter().enumerate() {
            let share = 1.0 / (rank as f64 + 2.0) / total;
            for (from, to) in forms(original, replacement, classes) {
                let held = surface.entry(from).or_default().entry(to).or_default();
                *held = held.max(share);
            }
        }
    }
    surface
        .into_iter()
        .map(|(original, row)| {
            let mut row: Vec<Alternative> =
                row.into_iter().map(|(text, share)| Alternative { text, share }).collect();
            row.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.text.cmp(&b.text)));
            (original, row)
        })
        .collect()
}

/// Gives each original the first `most` single-word alternatives of another source that it lacks, at a third of their
/// share: nobody chose them for what spinners do.
pub(crate) fn add(surface: &mut Surface, further: Surface, most: usize) {
    for (original, alternatives) in further {
        let row = surface.entry(original).or_default();
        let new: Vec<Alternative> = alternatives
            .into_iter()
            .filter(|a| !a.text.contains(' ') && row.iter().all(|held| held.text != a.text))
            .take(most)
            .map(|a| Alternative { share: a.share / 3.0, ..a })
            .collect();
        row.extend(new);
    }
}

/// The lemmas of `withheld.txt` in the folder of the tables: words that the linter must not suggest.
///
/// # Errors
/// If the file cannot be read.
pub(crate) fn withheld(folder: &Path) -> anyhow::Result<Vec<String>> {
    let path = folder.join("withheld.txt");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect())
}

/// Takes out the originals that hold a form of a withheld word.
pub(crate) fn withhold(surface: &mut Surface, withheld: &[String]) {
    let is_withheld =
        |word: &str| lemmas(word).any(|reading| withheld.iter().any(|w| reading.lemma.is(w)));
    surface.retain(|original, _| !original.split([' ', '-']).any(is_withheld));
}

/// The pair itself and its inflected forms.
fn forms(original: &str, replacement: &str, classes: &WordClasses) -> Vec<(String, String)> {
    let mut out = vec![(original.to_owned(), replacement.to_owned())];
    let is_lemma = !original.contains([' ', '-'])
        && lemmas(original).all(|reading| reading.lemma.is(original));
    if !is_lemma {
        return out;
    }
    let (head, rest) = head(replacement, classes);
    let from = classes.flags(original);
    // A word that the dictionary has not (*gamer*) is taken for what it replaces.
    let to = match classes.flags(head) {
        0 => from,
        flags => flags,
    };
    let mut both = |bit: u8, forms: &[Form]| {
        if from & to & bit != 0 {
            for &form in forms {
                let pair = (inflect(original, form), rest.replace('*', &inflect(head, form)));
                if pair.0 != original && !out.contains(&pair) {
                    out.push(pair);
                }
            }
        }
    };
    both(WordFlags::NOUN, &[Form::Plural]);
    both(WordFlags::VERB, &[Form::ThirdSingular, Form::Gerund, Form::Past, Form::Participle]);
    both(WordFlags::ADJECTIVE, &[Form::Comparative, Form::Superlative]);
    out
}

/// The word of a phrase that takes its endings, and the phrase with `*` for it: the verb of a verb and its particle,
/// else the last word.
fn head<'p>(phrase: &'p str, classes: &WordClasses) -> (&'p str, String) {
    let Some((first, rest)) = phrase.split_once(' ') else { return (phrase, "*".to_owned()) };
    let last = rest.rsplit(' ').next().unwrap_or(rest);
    if classes.flags(last) & WordFlags::FUNCTION != 0 {
        return (first, format!("* {rest}"));
    }
    let before = &phrase[..phrase.len() - last.len()];
    (last, format!("{before}*"))
}

/// The share of tokens that are this word, 0 to 1.
fn probability(lexicon: &Lexicon<'_>, id: WordId) -> f64 {
    10f64.powf(f64::from(lexicon.log10_hundredths(id)) / 100.0)
}

/// The share of tokens that are `word`; 0 for a word without a number.
pub(crate) fn frequency(lexicon: &Lexicon<'_>, word: &str) -> f64 {
    lexicon.get(fold_key(word)).map_or(0.0, |id| probability(lexicon, id))
}

/// Originals kept of each word: the likeliest. The scorer looks at the first `Channel::USUAL` alone, the ranker at all.
const ORIGINALS: usize = 32;

/// The words of an expression by number.
pub(crate) fn words_of(expression: &str, lexicon: &Lexicon<'_>) -> Vec<WordId> {
    let document = Document::new(expression.as_bytes());
    let units = units(&document, lexicon);
    units.iter().map(|u| u.id).filter(|&id| id != WordId::STOP).collect()
}

/// The expressions that stand for one word, the commonest word first; at most twelve originals an expression.
pub(crate) fn expressions(surface: &Surface, lexicon: &Lexicon<'_>) -> Vec<PhraseOriginal> {
    let mut phrases = Vec::new();
    for (original, alternatives) in surface {
        let Some(id) = lexicon.get(fold_key(original)) else { continue };
        for alternative in alternatives.iter().filter(|a| a.text.contains(' ')) {
            let words = words_of(&alternative.text, lexicon);
            if (2..=Phrases::LONGEST).contains(&words.len()) && words.iter().all(|id| id.is_word())
            {
                let log10_share = hundredths(alternative.share);
                phrases.push(PhraseOriginal { words, original: Original { id, log10_share } });
            }
        }
    }
    phrases.sort_by_key(|p| {
        let weight = lexicon.log10_hundredths(p.original.id) + p.original.log10_share;
        (-weight, p.original.id, p.words.clone())
    });
    phrases
}

/// The channel backwards by id: the originals of each word, and emissions; see `Section::channel`.
pub(crate) fn expand(surface: &Surface, lexicon: &Lexicon<'_>) -> (Vec<Vec<Original>>, Vec<i32>) {
    let ids = lexicon.id_bound();
    let mut rows: Vec<HashMap<WordId, i32>> = vec![HashMap::new(); ids];
    let mut mass = vec![0_f64; ids];
    for (original, alternatives) in surface {
        let Some(id) = lexicon.get(fold_key(original)) else { continue };
        let probability = probability(lexicon, id);
        for alternative in alternatives {
            let Some(replacement) = lexicon.get(fold_key(&alternative.text)) else { continue };
            if replacement == id {
                continue;
            }
            let share = hundredths(alternative.share);
            let held = rows[replacement.index()].entry(id).or_insert(share);
            *held = share.max(*held);
            mass[replacement.index()] += probability * alternative.share;
        }
    }
    let emissions = lexicon.ids().map(|id| (id, mass[id.index()])).map(|(id, mass)| {
        if mass > 0.0 { hundredths(mass) - lexicon.log10_hundredths(id) } else { -400 }
    });
    // The classes come first; they replace nothing.
    let classes = vec![-400; ids - lexicon.len()];
    let emissions = classes.into_iter().chain(emissions).collect();
    let rows = rows
        .into_iter()
        .enumerate()
        .map(|(replacement, row)| {
            let replacement = WordId::from_index(replacement).expect("ids are 16 bits");
            let mut row: Vec<Original> =
                row.into_iter().map(|(id, log10_share)| Original { id, log10_share }).collect();
            row.sort_by_key(|&o| (-prior(lexicon, o, replacement), o.id));
            row.truncate(ORIGINALS);
            row
        })
        .collect();
    (rows, emissions)
}

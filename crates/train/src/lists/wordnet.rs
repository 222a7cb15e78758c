//! `WordNet`'s lemmas. Its index files are all lower case; the data files keep capitals.

use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::evidence::Words;

/// Reads `data.*` and the irregular forms `*.exc` in `folder`.
pub(crate) fn wordnet(folder: &Path, words: &mut Words) -> anyhow::Result<()> {
    for part in ["noun", "verb", "adj", "adv"] {
        let read = |name: String| {
            let path = folder.join(name);
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        // Licence lines start with two spaces.
        for line in read(format!("data.{part}"))?.lines().filter(|line| !line.starts_with(' ')) {
            lemmas(line).for_each(|lemma| add(lemma, words));
        }
        for line in read(format!("{part}.exc"))?.lines() {
            // The first column is the irregular form; a collocation has an underscore.
            if let Some(form) = line.split(' ').next().filter(|form| !form.contains('_')) {
                words.dictionary(form);
            }
        }
    }
    Ok(())
}

/// The lemmas of a synset: offset, file, type, their number in hexadecimal, then lemma and id.
fn lemmas(line: &str) -> impl Iterator<Item = &str> {
    let mut fields = line.split(' ').skip(3);
    let count = fields.next().and_then(|n| usize::from_str_radix(n, 16).ok()).unwrap_or(0);
    fields.step_by(2).take(count)
}

fn add(lemma: &str, words: &mut Words) {
    // An adjective's position: `galore(ip)`.
    let lemma = lemma.split('(').next().unwrap_or_default();
    if lemma.contains('_') {
        // Of collocations only names help (`George_Bush`): their words need no sense of their own.
        words.gazetteer(&lemma.replace('_', " "));
    } else {
        words.dictionary(lemma);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_synset_line_gives_its_lemmas() {
        let line = "00001740 03 n 02 entity 0 thing 0 003 ~ 00001930 n 0000 | that which is";
        assert_eq!(lemmas(line).collect::<Vec<_>>(), ["entity", "thing"]);
    }
}

//! What a dictionary says a word can be.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::Context;
use unspin_lang::{Form, is_function_word, lemmas};
use unspin_model::WordFlags;

/// The lemmas of each open class.
pub(crate) struct WordClasses {
    classes: [(u8, HashSet<String>); 4],
}

impl WordClasses {
    /// Reads the index files of a `WordNet` database.
    pub(crate) fn read(folder: &Path) -> anyhow::Result<Self> {
        let class = |bit: u8, name: &str| -> anyhow::Result<(u8, HashSet<String>)> {
            let path = folder.join(name);
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            // The licence at the head is indented.
            let rows = text.lines().filter(|line| !line.starts_with(' '));
            Ok((bit, rows.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()))
        };
        Ok(Self {
            classes: [
                class(WordFlags::NOUN, "index.noun")?,
                class(WordFlags::VERB, "index.verb")?,
                class(WordFlags::ADJECTIVE, "index.adj")?,
                class(WordFlags::ADVERB, "index.adv")?,
            ],
        })
    }

    /// The flags of a word in lower case, in whatever form it stands.
    pub(crate) fn flags(&self, word: &str) -> u8 {
        if is_function_word(word) {
            return WordFlags::FUNCTION;
        }
        let mut flags = 0;
        for reading in lemmas(word) {
            let lemma = reading.lemma.to_string();
            for form in reading.forms.iter() {
                let (allowed, mark) = match form {
                    Form::Base => (
                        WordFlags::NOUN
                            | WordFlags::VERB
                            | WordFlags::ADJECTIVE
                            | WordFlags::ADVERB,
                        0,
                    ),
                    Form::Plural => (WordFlags::NOUN, WordFlags::S_FORM),
                    Form::ThirdSingular => (WordFlags::VERB, WordFlags::S_FORM),
                    Form::Gerund | Form::Past | Form::Participle => {
                        (WordFlags::VERB, WordFlags::OTHER_FORM)
                    }
                    Form::Comparative | Form::Superlative => {
                        (WordFlags::ADJECTIVE | WordFlags::ADVERB, WordFlags::OTHER_FORM)
                    }
                };
                for (bit, lemmas) in &self.classes {
                    if allowed & bit != 0 && lemmas.contains(&lemma) {
                        flags |= bit | mark;
                    }
                }
            }
        }
        flags
    }
}

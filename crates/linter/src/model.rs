//! The language model that all rules ask.

use std::fmt;

use unspin_model::{Model, ModelError};
use unspin_rules_substitution::{features, ranking};

/// A language model that every rule can work with, cheap to copy.
#[derive(Clone, Copy)]
pub struct LanguageModel(Model<'static>);

/// Why a model file cannot be used. The caller knows the file's name and says it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnfitModel {
    /// The bytes are no model, or a damaged one.
    #[error(transparent)]
    Unreadable(#[from] ModelError),
    /// It is a model, but not all rules find in it what they need.
    #[error("the model holds no {0}; it was not finished")]
    Unfinished(&'static str),
    /// Its trees were grown over other features than this program computes.
    #[error(
        "the model's trees read {found} features, this program computes {expected}: it is of another version"
    )]
    Features {
        /// Features that the model's trees read.
        found: usize,
        /// Features that this program computes.
        expected: usize,
    },
}

impl LanguageModel {
    /// The model that the program carries (cargo feature `embedded-model`).
    #[cfg(feature = "embedded-model")]
    pub fn embedded() -> Self {
        Self(Model::embedded())
    }

    /// Opens a model file read into memory and checks all of it. The bytes are kept until the program ends, since rules
    /// hold on to what they read from it: open a file once.
    ///
    /// # Errors
    /// If the bytes are no model of this version, were changed after they were built, or lack what the rules need.
    pub fn open(bytes: Vec<u8>) -> Result<Self, UnfitModel> {
        Model::from_bytes(&bytes)?.verify()?;
        Self::open_verified(bytes)
    }

    /// The same of bytes that the caller has [verified](Model::verify) by other means.
    ///
    /// # Errors
    /// If the bytes are no model of this version, or lack what the rules need.
    pub fn open_verified(bytes: Vec<u8>) -> Result<Self, UnfitModel> {
        let opened = Model::from_bytes(&bytes)?;
        opened.statistics().ok_or(UnfitModel::Unfinished("statistics of running text"))?;
        opened.gate().ok_or(UnfitModel::Unfinished("gate that judges whole texts"))?;
        let scorer = opened.scorer().ok_or(UnfitModel::Unfinished("trees that score words"))?;
        let ranker = opened.ranker().ok_or(UnfitModel::Unfinished("trees that rank repairs"))?;
        for (trees, expected) in [(scorer, features::COUNT), (ranker, ranking::COUNT)] {
            let found = trees.features();
            if found != expected {
                return Err(UnfitModel::Features { found, expected });
            }
        }
        let kept: &'static [u8] = bytes.leak();
        Ok(Self(Model::from_bytes(kept)?))
    }

    /// Digest of the model, as `sha256:...`.
    pub fn digest(&self) -> String {
        self.0.digest()
    }

    /// Four-letter name and size in bytes of each section.
    pub fn sections(&self) -> Vec<(String, usize)> {
        self.0.section_lengths()
    }

    /// What the rules ask.
    pub fn model(&self) -> Model<'static> {
        self.0
    }
}

impl fmt::Debug for LanguageModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LanguageModel").field(&self.digest()).finish()
    }
}

#[cfg(test)]
mod tests {
    use unspin_model::build::{self, Section};

    use super::*;

    #[test]
    fn what_is_no_finished_model_is_refused_with_the_reason() {
        let refused = |bytes: Vec<u8>| LanguageModel::open(bytes).unwrap_err().to_string();
        let words = build::model([], &[]).unwrap();
        assert!(refused(words.clone()).contains("no statistics"));
        assert!(refused(words[..words.len() - 1].to_vec()).contains("cut short"));
        assert!(refused(b"Lorem ipsum".to_vec()).contains("not an unspin model"));
        let mut later = words.clone();
        later[6] = 2;
        assert!(refused(later).contains("format version 2"));
        let mut changed = words;
        *changed.last_mut().unwrap() ^= 1;
        assert!(refused(changed).contains("digest"));
        let other = Section::scorer(features::COUNT + 1, 0, &[]);
        let other = build::with_sections(&Model::embedded(), &[other]);
        let expected = features::COUNT;
        assert_eq!(
            LanguageModel::open(other).unwrap_err(),
            UnfitModel::Features { found: expected + 1, expected }
        );
    }
}

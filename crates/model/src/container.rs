//! The container: one file, tagged sections, found without reading them.
//!
//! Little endian throughout. A header of 64 bytes: `UNSPIN`, `u16` format version, `u32` number of
//! sections, `u32` zero, `u64` length of the file, 32 bytes SHA-256 of everything after the
//! header, 8 bytes zero. Then 24 bytes a section: 4-byte tag, `u32` zero, `u64` offset from the
//! start of the file (a multiple of 8), `u64` length. Unknown tags are skipped, so that a section
//! can be added without a new version.

use sha2::{Digest, Sha256};

use crate::bytes::{u32_at, u64_at};
use crate::{
    Bigrams, Channel, Gate, Lexicon, ModelError, Names, Phrases, Trees, Vectors, Vocabulary,
    bigrams, channel, gate, lexicon, names, phrases, vectors, vocabulary,
};

/// Tag of the trees that score words.
pub(crate) const SCORER: [u8; 4] = *b"TREE";
/// Tag of the trees that rank what may be put back.
pub(crate) const RANKER: [u8; 4] = *b"RANK";

pub(crate) const MAGIC: &[u8; 6] = b"UNSPIN";
pub(crate) const VERSION: u16 = 1;
pub(crate) const HEADER: usize = 64;
pub(crate) const DIGEST_AT: usize = 24;
pub(crate) const RECORD: usize = 24;
pub(crate) const ALIGNMENT: usize = 8;

/// An opened model: a few slices of the file, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    bytes: &'a [u8],
    digest: &'a [u8],
    vocabulary: Vocabulary<'a>,
    names: Names<'a>,
    statistics: Option<Statistics<'a>>,
    scorer: Option<Trees<'a>>,
    ranker: Option<Trees<'a>>,
    gate: Option<Gate<'a>>,
}

/// Statistics of running text: what stands beside what, and what rewording makes of it.
#[derive(Debug, Clone, Copy)]
pub struct Statistics<'a> {
    /// The words that are counted.
    pub lexicon: Lexicon<'a>,
    /// Pairs of neighbours.
    pub bigrams: Bigrams<'a>,
    /// Substitutions of one word by another.
    pub channel: Channel<'a>,
    /// Substitutions of one word by several.
    pub phrases: Phrases<'a>,
    /// Word vectors.
    pub vectors: Vectors<'a>,
}

impl<'a> Model<'a> {
    /// Opens a model file read into memory.
    ///
    /// Checks the header and the bounds of the sections and reads nothing else; the time does not
    /// depend on the size of the file. See [`Model::verify`] for the content.
    ///
    /// # Errors
    /// If these bytes are no model, or one of another version, cut short or damaged.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, ModelError> {
        if !bytes.starts_with(MAGIC) {
            return Err(ModelError::Magic);
        }
        let truncated =
            |what, needed| ModelError::Truncated { what, needed, available: bytes.len() as u64 };
        let header = bytes.get(..HEADER).ok_or_else(|| truncated("the header", HEADER as u64))?;
        let found = u16::from_le_bytes([header[6], header[7]]);
        if found != VERSION {
            return Err(ModelError::Version { found, expected: VERSION });
        }
        let length = u64_at(header, 16).unwrap_or(0);
        if length != bytes.len() as u64 {
            return Err(truncated("the file", length));
        }
        let sections = u64::from(u32_at(header, 8).unwrap_or(0));
        let directory_end = HEADER as u64 + sections * RECORD as u64;
        let directory = usize::try_from(directory_end)
            .ok()
            .and_then(|end| bytes.get(HEADER..end))
            .ok_or_else(|| truncated("the list of sections", directory_end))?;

        let vocabulary = section(bytes, directory, vocabulary::TAG)?;
        let names = section(bytes, directory, names::TAG)?;
        let optional = |tag| match section(bytes, directory, tag) {
            Err(ModelError::MissingSection { .. }) => Ok(None),
            found => found.map(Some),
        };
        let layout = |tag| ModelError::SectionLayout { tag: printable(tag) };
        let trees = |tag| {
            optional(tag)?.map(|found| Trees::open(found).ok_or_else(|| layout(tag))).transpose()
        };
        let statistics = match optional(lexicon::TAG)? {
            None => None,
            Some(words) => {
                let of = |tag| section(bytes, directory, tag);
                Some(Statistics {
                    lexicon: Lexicon::open(words).ok_or_else(|| layout(lexicon::TAG))?,
                    bigrams: Bigrams::open(of(bigrams::TAG)?)
                        .ok_or_else(|| layout(bigrams::TAG))?,
                    channel: Channel::open(of(channel::TAG)?)
                        .ok_or_else(|| layout(channel::TAG))?,
                    phrases: Phrases::open(of(phrases::TAG)?)
                        .ok_or_else(|| layout(phrases::TAG))?,
                    vectors: Vectors::open(of(vectors::TAG)?)
                        .ok_or_else(|| layout(vectors::TAG))?,
                })
            }
        };
        Ok(Self {
            bytes,
            digest: &header[DIGEST_AT..DIGEST_AT + 32],
            vocabulary: Vocabulary::open(vocabulary)
                .ok_or_else(|| ModelError::SectionLayout { tag: printable(vocabulary::TAG) })?,
            names: Names::open(names)
                .ok_or_else(|| ModelError::SectionLayout { tag: printable(names::TAG) })?,
            statistics,
            scorer: trees(SCORER)?,
            ranker: trees(RANKER)?,
            gate: optional(gate::TAG)?
                .map(|found| Gate::open(found).ok_or_else(|| layout(gate::TAG)))
                .transpose()?,
        })
    }

    /// Whether both were opened from the same bytes in memory, so that they answer the same.
    pub fn is(&self, other: &Model<'_>) -> bool {
        std::ptr::eq(self.bytes, other.bytes)
    }

    /// Statistics of running text, if the model has them.
    pub fn statistics(&self) -> Option<Statistics<'a>> {
        self.statistics
    }

    /// The trees that score words, if the model has them.
    pub fn scorer(&self) -> Option<Trees<'a>> {
        self.scorer
    }

    /// The trees that rank what may be put back, if the model has them.
    pub fn ranker(&self) -> Option<Trees<'a>> {
        self.ranker
    }

    /// What judges documents, if the model has it.
    pub fn gate(&self) -> Option<Gate<'a>> {
        self.gate
    }

    /// Tag, bytes and offset-free content of every section, in the order of the file.
    pub(crate) fn sections(&self) -> Vec<([u8; 4], &'a [u8])> {
        let count = u32_at(self.bytes, 8).unwrap_or(0) as usize;
        let directory = self.bytes.get(HEADER..HEADER + count * RECORD).unwrap_or(&[]);
        let tag = |record: &[u8]| [record[0], record[1], record[2], record[3]];
        directory
            .chunks_exact(RECORD)
            .filter_map(|record| {
                Some((tag(record), section(self.bytes, directory, tag(record)).ok()?))
            })
            .collect()
    }

    /// Tag and length in bytes of every section, in the order of the file.
    pub fn section_lengths(&self) -> Vec<(String, usize)> {
        self.sections().into_iter().map(|(tag, bytes)| (printable(tag), bytes.len())).collect()
    }

    /// The known words.
    pub fn vocabulary(&self) -> Vocabulary<'a> {
        self.vocabulary
    }

    /// The gazetteer of names.
    pub fn names(&self) -> Names<'a> {
        self.names
    }

    /// `sha256:` and 64 hexadecimal digits, as the header has them: the digest of everything after
    /// the header, so that it can stand inside the file. (The manifest also has the digest of the
    /// whole file.)
    pub fn digest(&self) -> String {
        hexadecimal(self.digest)
    }

    /// Reads the whole file and compares it with its digest, which [`Model::from_bytes`] does not.
    ///
    /// # Errors
    /// [`ModelError::Digest`] if the content was changed.
    pub fn verify(&self) -> Result<(), ModelError> {
        let content = self.bytes.get(HEADER..).unwrap_or(&[]);
        if Sha256::digest(content).as_slice() == self.digest {
            Ok(())
        } else {
            Err(ModelError::Digest { stored: self.digest() })
        }
    }
}

#[cfg(feature = "embedded-model")]
impl Model<'static> {
    /// The model of `unspin-model-data`, which this crate carries (cargo feature `embedded-model`).
    pub fn embedded() -> Self {
        Self::from_bytes(unspin_model_data::MODEL)
            .expect("a test opens the embedded model before it is committed")
    }
}

/// The bytes of the section named `tag`.
fn section<'a>(bytes: &'a [u8], directory: &[u8], tag: [u8; 4]) -> Result<&'a [u8], ModelError> {
    let record = directory
        .chunks_exact(RECORD)
        .find(|record| record.starts_with(&tag))
        .ok_or_else(|| ModelError::MissingSection { tag: printable(tag) })?;
    let offset = u64_at(record, 8).unwrap_or(u64::MAX);
    let end = offset.saturating_add(u64_at(record, 16).unwrap_or(u64::MAX));
    let range = usize::try_from(offset).ok().zip(usize::try_from(end).ok());
    range
        .filter(|(start, _)| start.is_multiple_of(ALIGNMENT))
        .and_then(|(start, end)| bytes.get(start..end))
        .ok_or_else(|| ModelError::SectionBounds {
            tag: printable(tag),
            offset,
            end,
            available: bytes.len() as u64,
        })
}

fn printable(tag: [u8; 4]) -> String {
    String::from_utf8_lossy(&tag).into_owned()
}

fn hexadecimal(digest: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    "sha256:".chars().chain(digits.map(|digit| DIGITS[usize::from(digit)])).collect()
}

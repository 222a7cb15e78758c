//! Writing model files: the only place besides the readers that knows the layout.

use sha2::{Digest, Sha256};

use crate::container::{ALIGNMENT, DIGEST_AT, HEADER, MAGIC, RECORD, VERSION};
use crate::{Entry, names, vocabulary};

/// Why a model cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Names are numbered with 16 bits.
    #[error("{count} names do not fit, a gazetteer holds 65,536; raise the least weight of a name")]
    TooManyNames {
        /// Names given.
        count: usize,
    },
}

/// The bytes of a model. The same words and names in the same order give the same bytes.
///
/// `words`: each with its entry; give more probable ones first, since of two words with one
/// fingerprint the first wins. `names`: as usually written, with weights in hundredths of log10
/// of their share of tokens (see [`crate::NameMatch::weight`]); in any order.
///
/// # Errors
/// [`BuildError::TooManyNames`].
pub fn model<'w>(
    words: impl IntoIterator<Item = (&'w str, Entry)>,
    names: &[(&str, i16)],
) -> Result<Vec<u8>, BuildError> {
    let names_section =
        names::encode(names).ok_or(BuildError::TooManyNames { count: names.len() })?;
    Ok(container(&[
        (vocabulary::TAG, vocabulary::encode(words, names)),
        (names::TAG, names_section),
    ]))
}

fn container(sections: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(VERSION.to_le_bytes());
    out.extend((sections.len() as u32).to_le_bytes());
    out.resize(HEADER, 0);
    let mut offset = HEADER + sections.len() * RECORD;
    for (tag, bytes) in sections {
        offset = offset.next_multiple_of(ALIGNMENT);
        out.extend(tag);
        out.extend([0; 4]);
        out.extend((offset as u64).to_le_bytes());
        out.extend((bytes.len() as u64).to_le_bytes());
        offset += bytes.len();
    }
    for (_, bytes) in sections {
        out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
        out.extend(bytes);
    }
    let length = out.len() as u64;
    out[16..24].copy_from_slice(&length.to_le_bytes());
    let digest = Sha256::digest(&out[HEADER..]);
    out[DIGEST_AT..DIGEST_AT + 32].copy_from_slice(&digest);
    out
}

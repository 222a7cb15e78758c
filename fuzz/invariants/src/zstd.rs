//! What Zstandard compressed.

use unspin_containers::Compression;

/// The first byte decides whether the rest is a file or what is in one.
pub fn check(bytes: &[u8]) {
    crate::compressed::check(bytes, Compression::Zstd, crate::pack::zstd);
}

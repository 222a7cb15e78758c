//! Archives and compressed files around given bytes, so that a check gets past checksums.

use std::io::Write as _;

use flate2::write::GzEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

const WRITES: &str = "a vector takes whatever is written to it";

/// A zip archive of these files, stored.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in files {
        let store = CompressionMethod::STORE;
        let (mut entry, config) =
            archive.new_file(name).compression_method(store).start().expect(WRITES);
        let mut writer = config.wrap(&mut entry);
        writer.write_all(bytes).expect(WRITES);
        let (_, descriptor) = writer.finish().expect(WRITES);
        entry.finish(descriptor).expect(WRITES);
    }
    archive.finish().expect(WRITES)
}

/// One member of gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect(WRITES);
    encoder.finish().expect(WRITES)
}

/// One frame of Zstandard.
pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

//! Why a model file was refused.

/// A model file that cannot be read. Each message says what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The first bytes are not the magic.
    #[error("not an unspin model: the file does not start with \"UNSPIN\"; check the path")]
    Magic,
    /// Written by another version of the builder.
    #[error(
        "the model has format version {found}, this program reads version {expected}; \
         rebuild the model or use the embedded one"
    )]
    Version {
        /// Version in the file.
        found: u16,
        /// Version this crate reads.
        expected: u16,
    },
    /// The file ends before its header says it does.
    #[error(
        "the model file is cut short: {what} needs {needed} bytes, there are {available}; \
         copy or download it again"
    )]
    Truncated {
        /// Part of the file that does not fit.
        what: &'static str,
        /// Bytes the part needs, counted from the start of the file.
        needed: u64,
        /// Bytes in the file.
        available: u64,
    },
    /// A section lies outside the file or off its alignment.
    #[error(
        "section \"{tag}\" of the model claims bytes {offset} to {end} of {available}; \
         the file is damaged, copy or build it again"
    )]
    SectionBounds {
        /// Four-letter name of the section.
        tag: String,
        /// First byte claimed.
        offset: u64,
        /// Byte after the last one claimed.
        end: u64,
        /// Bytes in the file.
        available: u64,
    },
    /// A section every model needs is absent.
    #[error("the model has no section \"{tag}\"; build it with a builder of this version")]
    MissingSection {
        /// Four-letter name of the section.
        tag: String,
    },
    /// The counts at the head of a section disagree with its length.
    #[error(
        "section \"{tag}\" of the model contradicts its own counts; \
         the file is damaged, copy or build it again"
    )]
    SectionLayout {
        /// Four-letter name of the section.
        tag: String,
    },
    /// The content is not what the header's digest was computed from.
    #[error(
        "the model's content does not match its digest {stored}; \
         the file was changed after it was built, copy or build it again"
    )]
    Digest {
        /// Digest in the header.
        stored: String,
    },
}

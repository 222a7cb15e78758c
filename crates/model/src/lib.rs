//! What English expects, answered from one binary file read in place.
//!
//! A linter starts once per file in a commit hook, so nothing may be parsed or allocated before
//! the first question: the file *is* the data structure, and every answer is a few bounds-checked
//! little-endian reads from it. A reader must also survive any bytes, because a newsroom may hand
//! over a model of its own: a damaged file gives wrong answers or an error, never a panic.
//!
//! [`Model`] opens the container, [`Vocabulary`] knows words, [`Names`] finds the names one edit
//! away. [`build`] writes what they read, so that the layout is known to this crate alone. What
//! the embedded file was made from stands in `DATA.md` and `data/manifest.toml`.

pub mod build;
mod bytes;
mod common_words;
mod container;
mod error;
mod fold;
mod names;
mod table;
mod vocabulary;

pub use container::Model;
pub use error::ModelError;
pub use names::{NameMatch, Names, SHORTEST_INDEXED};
pub use vocabulary::{Entry, Vocabulary};

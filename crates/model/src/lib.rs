//! What English expects, answered from one binary file read in place.
//!
//! A linter starts once per file in a commit hook, so nothing may be parsed or allocated before
//! the first question: the file *is* the data structure, and every answer is a few bounds-checked
//! little-endian reads from it. A reader must also survive any bytes, because a newsroom may hand
//! over a model of its own: a damaged file gives wrong answers or an error, never a panic.
//!
//! [`Model`] opens the container, [`Vocabulary`] knows words, [`Names`] finds the names one edit
//! away. [`build`] writes what they read, so that the layout is known to this crate alone. What
//! the embedded file was made from stands in `DATA.md` and in the manifest beside the file.

mod bigrams;
mod borders;
pub mod build;
mod bytes;
mod channel;
mod common_words;
mod container;
mod error;
mod fold;
mod gate;
mod lexicon;
mod names;
mod phrases;
mod table;
mod trees;
mod vectors;
mod vocabulary;

pub use bigrams::Bigrams;
pub use borders::Borders;
pub use channel::{Channel, Original};
pub use container::{Model, Statistics};
pub use error::ModelError;
pub use gate::{Gate, Tally};
pub use lexicon::{Lexicon, WordFlags, WordId};
pub use names::{NameMatch, Names, SHORTEST_INDEXED};
pub use phrases::Phrases;
pub use trees::Trees;
pub use vectors::Vectors;
pub use vocabulary::{Entry, Vocabulary};

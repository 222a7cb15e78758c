//! What pairs of an original and a reworded text teach: wording that was put for other wording in several of them, as
//! entries of a pack.
//!
//! A [`Lesson`] is what one pair shows. [`candidates`] counts over all of them, by [documents](independent) that have
//! nothing to do with each other, and says each pair of wordings in every way that a pack can: all forms of a word, the
//! words as they stand, and the words with one neighbour or both. Whoever asks runs the candidates over texts that are
//! known to be clean and tells what came of it ([`Trial`]); [`choose`] keeps of each pair the widest that is silent
//! there, and good English only for texts that have such a mark too; [`pack`] writes what was kept. Nothing here reads a
//! file. `LEARNING.md` beside this crate's manifest is the guide.

mod candidate;
mod choose;
mod independent;
mod lesson;
mod pack;
mod phrase;
mod usual;

pub use candidate::{Candidate, Candidates, Few, candidates};
pub use choose::{Choice, Entry, Gate, Reason, Rejected, Suggestion, Trial, choose};
pub use independent::independent;
pub use lesson::{Lesson, Sight};
pub use pack::{Example, Provenance, beside, pack, trial};

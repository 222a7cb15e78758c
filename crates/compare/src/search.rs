//! Which text of an archive a reworded one comes from.
//!
//! Rewording swaps common words. What it leaves are names, numbers, quotations, rare words and short runs of words: the
//! features of a [`Query`]. Each candidate is looked at once and leaves a [`Sketch`], a bit for every feature of the query
//! that it holds; how rare each feature is, is counted from the sketches of all candidates once the last was seen
//! ([`rank`]). So an archive is read in one pass, no index of it is kept, and memory is a bit for every candidate and
//! feature.
//!
//! ```
//! use unspin_compare::search::{Query, rank};
//! use unspin_text::Document;
//!
//! let original = "Mayor Anna Holt opened the bridge at Fernby on 3 May. It cost 40,000 crowns.";
//! let other = "The ferry at Osk leaves at nine. Captain Rudd says that it is rarely late.";
//! let query = Query::new(&Document::new(
//!     b"Mayor Anna Holt inaugurated the bridge at Fernby on three May. It price forty thousand crowns.",
//! ));
//! let sketches = [other, original].map(|text| query.score(&Document::new(text.as_bytes())));
//! let ranking = rank(&query, &sketches, 10);
//! assert_eq!(ranking.ranked[0].candidate, 1);
//! assert!(ranking.ranked[0].is_likely && !ranking.ranked[1].is_likely);
//! assert_eq!(ranking.ranked[0].shared.numbers, ["three", "forty thousand"]);
//! ```

mod features;
mod query;
mod rank;

pub use query::{Contents, Kind, Query, Sketch};
pub use rank::{Ranked, Ranking, Shared, rank};

//! What becomes of diagnostics beyond a report: repaired files, and baselines of what is known already.

#![deny(missing_docs)]

pub mod baseline;
mod diff;
pub mod fix;
mod write;

pub use diff::unified_diff;
pub use write::{WriteError, sweep, write};

//! What becomes of diagnostics beyond a report: repaired files, and baselines of what is known already.

#![deny(missing_docs)]

pub mod baseline;

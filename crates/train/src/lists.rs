//! Word lists from other projects, each read from the files its package installs.
//!
//! `crates/model/DATA.md` says where each comes from and under which licence.

mod harper;
mod plain;
mod wordnet;

pub(crate) use harper::harper;
pub(crate) use plain::{census, cities, companies, language_model, large_vocabulary, scowl};
pub(crate) use wordnet::wordnet;

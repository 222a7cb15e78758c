//! The family `phrases`: known damage, one TOML file a rule.
//!
//! The files stand beside this crate's manifest; the form of one is told in [`unspin_packs`]. The build script
//! compiles them into one table that is embedded and read in place, so all rules share one pass over a document.

use std::sync::Arc;

use unspin_lint::Rule;
use unspin_packs::Pack;

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrases.bin"));

/// The rules of the family, by file name.
///
/// # Panics
/// Never: the table was written by the build script of this very crate.
pub fn rules() -> Vec<Arc<dyn Rule>> {
    unspin_packs::rules(Pack::from_bytes(TABLE).expect("written by this crate's build script"))
}

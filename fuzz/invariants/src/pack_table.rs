//! Tables of compiled packs, which a cache keeps: damaged ones are refused or match something else.

use std::sync::LazyLock;

use unspin_packs::{Pack, PackFile, PackSource, compile_pack};

use crate::{damage, packs};

/// A table with rules of every kind.
static TABLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let text = include_str!("../../seeds/packs/every_kind").to_owned();
    let source = PackSource { files: vec![PackFile { path: "pack.toml".into(), text }] };
    let compiled = compile_pack(&source);
    assert_eq!(compiled.faults, [], "the seed is a sound pack");
    compiled.table
});

/// The first byte decides whether the rest is a table, or damage to one.
pub fn check(bytes: &[u8]) {
    let table = damage::given_or_done(&TABLE, bytes);
    if let Ok(pack) = Pack::from_bytes(table) {
        packs::runs(pack);
    }
}

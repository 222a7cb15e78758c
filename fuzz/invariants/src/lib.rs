//! What must hold of any bytes that come from outside.
//!
//! Each module is one check: a function over bytes that panics where an invariant is broken. It asks for more than that
//! nothing panics: spans on character boundaries, places that come back, the same answer twice, limits that are kept,
//! errors that say what is wrong. `../targets` feeds them from libFuzzer, and `tests/seeds` from the inputs in
//! `../seeds` and a fixed number of changes of them. `../README.md` tells how to run and how to add one.

#![deny(missing_docs)]

mod choices;
mod compressed;
mod container;
mod damage;
mod findings;
mod pack;
mod problems;
mod reports;
mod sound_document;
mod told;

pub mod baseline;
pub mod cache;
pub mod csv;
pub mod docx;
pub mod gzip;
pub mod html;
pub mod json_lines;
pub mod lint_toml;
pub mod linter;
pub mod lsp;
pub mod markdown;
pub mod model;
pub mod pack_table;
pub mod packs;
pub mod plugin_module;
pub mod plugin_output;
pub mod text;
pub mod writing;
pub mod xml;
pub mod zstd;

/// A check by its name, which is that of its target and of the folder of its seeds.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// Panics where an invariant is broken.
    pub run: fn(&[u8]),
}

macro_rules! checks {
    ($($name:ident),* $(,)?) => {
        /// All checks, by name.
        pub const ALL: &[Check] = &[$(Check { name: stringify!($name), run: $name::check }),*];
    };
}

checks!(
    baseline,
    cache,
    csv,
    docx,
    gzip,
    html,
    json_lines,
    lint_toml,
    linter,
    lsp,
    markdown,
    model,
    pack_table,
    packs,
    plugin_module,
    plugin_output,
    text,
    writing,
    xml,
    zstd,
);

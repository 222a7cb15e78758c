//! Rules in sandboxed WebAssembly modules.
//!
//! [`load`] makes [`Rule`]s of a module, which then stand beside those that were compiled in: they have options, a
//! severity, fixes, notes, explanations and a page. `ABI.md` beside this crate is the whole of what a module must
//! export and of what goes in and out; `unspin-guest` is that in Rust.
//!
//! A module is given a document and nothing else. It can import nothing, so there is no clock, file, network or chance in
//! it; each call runs in an instance of its own under [`Limits`] of work and memory, and its output is checked before
//! it is believed. What goes wrong on a document is one finding named `internal-error`, and the other rules are as they
//! would be without it. The same module, options and text give the same findings on every machine and with any number
//! of threads: fuel counts instructions and no time, and a NaN has one bit pattern.

mod description;
mod error;
mod input;
mod limits;
mod locals;
mod options;
mod output;
mod rule;
mod sandbox;
mod wire;

use std::sync::Arc;

use unspin_lint::Rule;

pub use error::{Failure, PluginError};
pub use limits::Limits;

use rule::{Guest, Refusal};
use sandbox::Sandbox;

/// The version of the interface, which the names of a module's exports bear.
pub const VERSION: u32 = 1;

/// The rules of a module under the default [`Limits`]. `name` is the plugin's name in settings, which becomes the family
/// of its rules; `path` is where settings say it lies. Nothing is read from there.
///
/// The ids of the rules are the plugin's choice: whether another rule has one is for the caller to see.
///
/// # Errors
/// See [`PluginError`].
pub fn load(name: &str, path: &str, wasm: &[u8]) -> Result<Vec<Arc<dyn Rule>>, PluginError> {
    load_within(name, path, wasm, Limits::default())
}

/// [`load`] under other limits.
///
/// # Errors
/// See [`PluginError`].
pub fn load_within(
    name: &str,
    path: &str,
    wasm: &[u8],
    limits: Limits,
) -> Result<Vec<Arc<dyn Rule>>, PluginError> {
    let sandbox = Sandbox::new(name, wasm, limits)?;
    rule::rules(name, path, Guest::Module(sandbox), limits)
        .map_err(|refusal| refused(name, refusal))
}

/// The rules of a plugin that is compiled into this program, for its author's tests: no sandbox and no fuel, but the same
/// bytes in and out. `answer` is given the name of an export and its input; `unspin_guest::Plugin::answer` is one.
///
/// # Errors
/// [`PluginError::Description`], and [`PluginError::Failed`] if there is no answer.
pub fn load_native(
    name: &str,
    answer: impl Fn(&str, &[u8]) -> Option<Vec<u8>> + Send + Sync + 'static,
) -> Result<Vec<Arc<dyn Rule>>, PluginError> {
    let rules = rule::rules(name, "", Guest::Native(Box::new(answer)), Limits::default());
    rules.map_err(|refusal| refused(name, refusal))
}

fn refused(name: &str, refusal: Refusal) -> PluginError {
    let name = name.to_owned();
    match refusal {
        Refusal::Failed(failure) => PluginError::Failed { name, failure },
        Refusal::Wrong(what) => PluginError::Description { name, what },
    }
}

/// The fuel that a call of a module's first rule takes under its default options on a document, up to a hundred times
/// the default: what [`Limits`] are measured by.
///
/// # Errors
/// See [`PluginError`]; a failure on the document is [`PluginError::Failed`].
pub fn fuel_used(
    name: &str,
    wasm: &[u8],
    document: &unspin_text::Document<'_>,
) -> Result<u64, PluginError> {
    let Limits { fuel, fuel_per_byte, .. } = Limits::default();
    let limits =
        Limits { fuel: 100 * fuel, fuel_per_byte: 100 * fuel_per_byte, ..Limits::default() };
    let sandbox = Sandbox::new(name, wasm, limits)?;
    let failed = |failure| PluginError::Failed { name: name.to_owned(), failure };
    let (described, _) = sandbox.call(sandbox::Call::Describe, &[], 0).map_err(failed)?;
    let metas = description::read(name, "", &described);
    let metas = metas.map_err(|what| refused(name, Refusal::Wrong(what)))?;
    let head = input::head(0, &options::defaults(&metas[0].options));
    let encoded = unspin_lint::Context::new(document).get::<input::Encoded>();
    let call = sandbox.call(sandbox::Call::Check, &[&head, &encoded.0], document.text().len());
    call.map(|(_, fuel)| fuel).map_err(failed)
}

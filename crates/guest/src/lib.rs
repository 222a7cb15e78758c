//! What a plugin of unspin is written with: rules of its own in a WebAssembly module.
//!
//! A plugin is a [`Plugin`] with its [`Rule`]s, each with a function that is given a [`Document`] and returns
//! [`Finding`]s. [`export!`] makes of it what the host calls. Nothing here needs a sandbox: natively the same functions
//! run in a unit test.
//!
//! ```
//! use unspin_guest::{Document, Finding, Options, Plugin, Rule, Safety};
//!
//! static PLUGIN: Plugin = Plugin { version: "0.1.0", license: "MIT", rules: &[SHOUT] };
//! const SHOUT: Rule = Rule::new("shout", "An exclamation mark.\n\n# Why\n\nNews does not shout.\n", check);
//!
//! fn check(document: &Document<'_>, _: &Options<'_>) -> Vec<Finding> {
//!     let marks = document.tokens().iter().filter(|token| document.slice(token.span) == "!");
//!     let finding = |span| Finding::new(span, "news does not shout").evidence(1.0).replace(".", Safety::Unsafe);
//!     marks.map(|token| finding(token.span)).collect()
//! }
//!
//! unspin_guest::export!(PLUGIN);
//! # assert!(!PLUGIN.describe().is_empty());
//! ```
//!
//! The README of this crate is the guide: how to build, test and pin a plugin, and what the sandbox forbids.

#[doc(hidden)]
pub mod boundary;
mod document;
mod finding;
mod list;
mod options;
mod phrases;
mod plugin;
mod wire;

pub use document::{
    Case, Document, Markup, Paragraph, Quotation, QuoteKind, Region, Roles, Sentence, Span, Token,
    TokenKind,
};
pub use finding::{Explanation, Finding, Fix, Safety};
pub use list::{Iter, List, Record};
pub use options::{OptionKind, OptionMeta, Options};
pub use phrases::{Match, Phrases};
pub use plugin::{Check, Explain, Plugin, Rule, Scope, Severity};
pub use unspin_lang::transfer_case;

/// Makes the exports of a module from its one [`Plugin`], a `static`. Natively it makes nothing.
#[macro_export]
macro_rules! export {
    ($plugin:path) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            use $crate::boundary;

            // Sound: the names are the interface's and stand once in a module.
            #[unsafe(no_mangle)]
            extern "C" fn unspin_v1_alloc(length: u32) -> u32 {
                boundary::alloc(length)
            }
            #[unsafe(no_mangle)]
            extern "C" fn unspin_v1_describe() -> u64 {
                boundary::describe(&$plugin)
            }
            #[unsafe(no_mangle)]
            extern "C" fn unspin_v1_check(at: u32, length: u32) -> u64 {
                boundary::check(&$plugin, at, length)
            }
            #[unsafe(no_mangle)]
            extern "C" fn unspin_v1_explain(at: u32, length: u32) -> u64 {
                boundary::explain(&$plugin, at, length)
            }
        };
    };
}

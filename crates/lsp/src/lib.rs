//! The language server.

pub mod lint_toml;
pub mod vocabulary;

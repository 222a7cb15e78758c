//! The built binary and the repository as a whole; see `tests/README.md` for where a test belongs.

mod bad_input;
mod cache;
mod cli;
mod containers;
mod corpus;
mod first_version;
mod fix;
mod foreign;
mod hostile;
mod lsp;
mod manual;
mod model;
mod neovim;
mod packages;
mod packs;
mod pages;
mod policy;
mod pull_request;
mod readme;
mod recipes;
mod settings;
mod silent;
mod suppression;
mod threads;
mod tidy;
mod unspin;

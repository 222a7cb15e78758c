//! The language server: exchanges with the built binary over standard input and output.

mod actions;
mod check;
mod client;
mod findings;
mod hostile;
mod protocol;
mod scenario;
mod settings;
mod text;
mod texts;
mod workspace;

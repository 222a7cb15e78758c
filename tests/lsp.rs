//! The language server: exchanges with the built binary over standard input and output.

mod check;
mod client;
mod findings;
mod scenario;
mod text;

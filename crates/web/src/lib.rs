//! The linter as WebAssembly: what a page or Node calls.
//!
//! Bytes and JSON go in, JSON comes out; the classes that people use are written by hand in `js/`, over the functions
//! of [`host`]. Nothing here knows a file, a clock or the console. The model is no part of the module: it is a file
//! beside it, so that a browser keeps each by itself, and is handed over once ([`engine::start`]).
//!
//! A panic cannot be caught here: it ends the instance. What is known of it by then stands in memory at a fixed place
//! ([`fault`]), where the host reads it without calling anything.

mod compare;
#[cfg(feature = "fault")]
mod demand;
pub mod engine;
pub mod entries;
pub mod fault;
mod fix;
pub mod host;
mod options;
pub mod problem;
mod rules;
pub mod session;
mod shelf;
mod text;

//! Self-contained pages: what every page has in common, the page on texts by themselves, and the one on two texts side by
//! side.
//!
//! A page is one file that asks nothing of anybody: style and script stand in it, and its policy ([`frame`]) lets a
//! browser run these and fetch nothing. All of it is there to read without the script, which only filters and points.

mod chart;
mod check;
mod comparison;
mod frame;
mod marked;
mod markup;
mod settings;

pub use check::Html;
pub use comparison::Exhibit;

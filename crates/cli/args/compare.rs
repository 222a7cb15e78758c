//! The arguments of `unspin compare`.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use clap::Args;
use unspin_report::FormatName;

use super::{Colour, FailOn, Policy, format_name};

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The original and the reworded text, or with --search the reworded text alone: files of any kind that `check` reads, `-`
    /// for standard input
    #[arg(value_name = "ORIGINAL REWORDED", required = true, num_args = 1..)]
    pub(crate) texts: Vec<PathBuf>,

    /// Look for the likely originals of a text in this folder, file or glob in quotes; may be given several times
    ///
    /// They are ranked by what rewording leaves: names, numbers, quotations, rare words. Files that hold many texts are
    /// searched text by text: .jsonl, .docx, feeds, and all of these with .gz or .zst. Everything is read once, and no
    /// index is kept. Formats: text and json. Exit status: 0 something is likely, 1 nothing is.
    #[arg(long = "search", value_name = "PATH")]
    pub(crate) archive: Vec<PathBuf>,

    /// With --search, how many texts are named at most
    #[arg(long, value_name = "N", default_value = "10", requires = "archive")]
    pub(crate) most: NonZeroU32,

    /// With --search, name texts that share too little to be likely, too
    #[arg(long, requires = "archive")]
    pub(crate) unlikely: bool,

    /// With --search, threads [default: one a core]
    #[arg(long, value_name = "N", requires = "archive")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// How changes are shown
    #[arg(long, default_value = "text", value_parser = format_name())]
    pub(crate) format: FormatName,

    /// With the format html, put the whole texts into the page, and not the sentences alone that a change touches
    #[arg(long)]
    pub(crate) full: bool,

    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "warning")]
    pub(crate) fail_on: FailOn,

    /// The fields of records that hold texts, as for `check`
    #[arg(long, value_name = "FIELD")]
    pub(crate) field: Vec<String>,

    #[command(flatten)]
    pub(crate) policy: Policy,

    /// Show changes only, no figures
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Colour of the text format
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN", alias = "colour")]
    pub(crate) color: Colour,
}

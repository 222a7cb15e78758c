//! The flags of the search for originals.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The reworded text, or `-` for standard input
    pub(crate) reworded: PathBuf,

    /// Folder, file or glob in quotes to search, read as `check` reads files; may be given several times
    ///
    /// Files that hold many texts are searched text by text: .jsonl, .docx, feeds, and all of these with .gz or .zst.
    /// Everything is read once, and no index is kept.
    #[arg(long = "search", value_name = "PATH", required = true)]
    pub(crate) archive: Vec<PathBuf>,

    /// How many texts are named at most
    #[arg(long, value_name = "N", default_value = "10")]
    pub(crate) most: NonZeroU32,

    /// Name texts that share too little to be likely, too
    #[arg(long)]
    pub(crate) unlikely: bool,

    /// How the answer is shown
    #[arg(long, value_enum, default_value_t = Shown::Text)]
    pub(crate) format: Shown,

    /// The fields of records that hold texts: a name or a JSON pointer such as `/article/body`, of CSV a column
    #[arg(long, value_name = "FIELD")]
    pub(crate) field: Vec<String>,

    /// Threads [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Show no progress
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// How an answer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shown {
    /// For people
    Text,
    /// One JSON object
    Json,
}

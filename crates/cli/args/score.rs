//! The arguments of `unspin score`.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Policy;

#[derive(Debug, Args)]
pub(crate) struct Score {
    /// Files of rows, folders of them, or `-` for JSON Lines on standard input: .jsonl, .csv, .tsv, each also with .gz or .zst,
    /// and .parquet
    #[arg(value_name = "FILE", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// Where the rows are written: a file for one file (.jsonl or .parquet), else a folder [default: JSON Lines on standard
    /// output]
    ///
    /// What is done is kept beside it until all is, so that the same command goes on where one was killed.
    #[arg(long, short, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,

    /// The column that holds the text; of JSON also a pointer (/article/body) [default: the first of the usual names]
    #[arg(long, value_name = "FIELD", alias = "field")]
    pub(crate) text: Option<String>,

    /// Add the findings of each text as JSON
    #[arg(long)]
    pub(crate) findings: bool,

    /// What is written into a folder [default: Parquet of Parquet, JSON Lines of all else]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<TableFormat>,

    /// Threads that score [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// MiB of rows that are done at once: what a killed run loses at most, a row group of Parquet, a fifth of the memory
    #[arg(long, value_name = "MIB", default_value = "16")]
    pub(crate) part_size: NonZeroU32,

    #[command(flatten)]
    pub(crate) policy: Policy,

    /// Show no progress and no counts
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// What rows are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// One JSON object a line
    Jsonl,
    /// Parquet, compressed with Zstandard
    Parquet,
}

impl TableFormat {
    /// The ending of its files.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
        }
    }
}

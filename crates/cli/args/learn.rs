//! The arguments of `unspin learn`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags, each given or not")]
pub(crate) struct Learn {
    /// Pairs of texts: tables (.tsv) or folders
    ///
    /// A line of a table is the path of an original, a tab, and the path of a text that was reworded from it, both
    /// relative to the table. In a folder the original of `NAME.txt` is `NAME.orig.txt` beside it; the two endings may
    /// differ, and be any that `check` finds in folders.
    #[arg(required_unless_present = "original")]
    pub(crate) pairs: Vec<PathBuf>,

    /// The original of a pair; may be given several times, each with its --reworded
    #[arg(long, value_name = "FILE", requires = "reworded")]
    pub(crate) original: Vec<PathBuf>,

    /// The reworded text of a pair
    #[arg(long, value_name = "FILE", requires = "original")]
    pub(crate) reworded: Vec<PathBuf>,

    /// Texts that are known to be clean: files, folders or globs in quotes; may be given several times
    ///
    /// No phrase is learned that stands in one of them. The more there are, and the more like your own, the fewer false
    /// alarms: 100,000 words at least.
    #[arg(long, value_name = "PATH", required_unless_present = "no_clean")]
    pub(crate) clean: Vec<PathBuf>,

    /// Learn without clean texts, at the price of false alarms
    #[arg(long, conflicts_with = "clean")]
    pub(crate) no_clean: bool,

    /// In how many documents a phrase must stand for the same words
    ///
    /// Texts that are near the same, and rewordings of one original, are one document.
    #[arg(long, value_name = "N", default_value = "2")]
    pub(crate) least: NonZeroUsize,

    /// Learn only what no clean text has, and no good English to be told beside it
    #[arg(long)]
    pub(crate) marks_only: bool,

    /// The name of the pack and id of its first rule; the second is called NAME-beside
    #[arg(long, default_value = "learned-wording")]
    pub(crate) name: String,

    /// The pack to write, ending in .toml [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// Tell every pair of wordings, those that too few documents have, too
    #[arg(long)]
    pub(crate) all: bool,

    /// Tell errors only
    #[arg(long, short, conflicts_with = "all")]
    pub(crate) quiet: bool,

    /// Threads [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

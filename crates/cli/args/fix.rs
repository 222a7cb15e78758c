//! The flags of `unspin fix`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use unspin_report::FormatName;

use super::{Colour, FailOn, Policy, format_name};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags, each given or not")]
pub(crate) struct Fix {
    /// Files, folders, globs in quotes, or `-` for standard input [default: the current folder]
    ///
    /// They are found as `unspin check` finds them. The text of standard input goes to standard output, repaired, and what
    /// is found in it to standard error.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Make repairs that want a look, too
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,

    /// Change quoted words, too
    #[arg(long, requires = "unsafe_fixes")]
    pub(crate) quotations: bool,

    /// Print what would change as a unified diff, for `patch -p1` or `git apply`, and write nothing
    #[arg(long, conflicts_with_all = ["dry_run", "interactive", "format"])]
    pub(crate) diff: bool,

    /// List what would be repaired and write nothing
    #[arg(long, conflicts_with_all = ["interactive", "format"])]
    pub(crate) dry_run: bool,

    /// Ask about each finding
    ///
    /// Answers are lines: `a` or a number accepts, `s` skips, `e` asks for another replacement, `r` accepts this and all others of
    /// the rule, `f` leaves the file, `q` stops. A file is written once all in it is answered.
    #[arg(long, short, conflicts_with_all = ["format", "threads"])]
    pub(crate) interactive: bool,

    /// How the findings that are left are shown
    #[arg(long, default_value = "text", value_parser = format_name())]
    pub(crate) format: FormatName,

    /// The least severity of what is left that makes the exit status 1, in place of `[gate]` in lint.toml [default: warning]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,

    #[command(flatten)]
    pub(crate) policy: Policy,

    /// The name of standard input; its ending tells the format, its folder the lint.toml
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Threads [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Show findings and errors only, no counts
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Colour of the text format
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN", alias = "colour")]
    pub(crate) color: Colour,
}

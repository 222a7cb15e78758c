//! The arguments of `unspin compare`.

use std::path::PathBuf;

use clap::Args;
use unspin_report::FormatName;

use super::{Colour, FailOn, Policy, format_name};

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The original and the reworded text: files of any kind that `check` reads, `-` for standard input
    #[arg(value_name = "ORIGINAL REWORDED", required = true, num_args = 1..)]
    pub(crate) texts: Vec<PathBuf>,

    /// How changes are shown
    #[arg(long, default_value = "text", value_parser = format_name())]
    pub(crate) format: FormatName,

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

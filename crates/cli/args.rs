//! The command line, in one place: flags, help and their checks.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use unspin_lint::Severity;

/// Finds marks of automatic rewording in news prose.
///
/// Article spinners and paraphrasing tools swap words by thesaurus and leave damage: "withinside the", "with the aid
/// of using", "the diden management". unspin reports each mark with its place, a suggested fix and a severity that
/// lint.toml sets. It never says who wrote a text.
#[derive(Debug, Parser)]
#[command(name = "unspin", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check files, folders or standard input
    #[command(
        after_help = "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 something could not be checked."
    )]
    Check(Check),
    /// List the rules
    Rules,
    /// Show the page of a rule
    Explain {
        /// The rule's id, such as `garbled-name`
        rule: String,
    },
    /// Look at the language model, or make one of your own archive
    #[command(subcommand)]
    Model(Model),
    /// Show what the settings come to
    #[command(subcommand)]
    Config(Config),
    /// Write a commented lint.toml
    Init {
        /// The folder it is written to
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Print a completion script for a shell
    #[command(
        after_help = "For bash: unspin completions bash > ~/.local/share/bash-completion/completions/unspin"
    )]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print a manual page
    #[command(after_help = "To read it: unspin man | man -l -")]
    Man {
        /// The command, such as `check` or `config show` [default: all of unspin]
        command: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Print the settings that hold for a file, as a lint.toml
    #[command(
        after_help = "The order, lowest first: a rule's default, what lint.toml extends, the nearest lint.toml upward \
                      from the file, its overrides, the command line."
    )]
    Show(Show),
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The file, which need not exist [default: any file of the current folder, overrides left out]
    pub(crate) file: Option<PathBuf>,

    /// Say of each value where it comes from
    #[arg(long)]
    pub(crate) origin: bool,

    #[command(flatten)]
    pub(crate) policy: Policy,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Model {
    /// Show its digest, its sections and their sizes
    Info {
        /// A model file, in place of the model inside
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
    },
    /// Count your own texts into a model, so that their English is normal English
    #[command(
        after_help = "Use it with `model = \"FILE\"` in lint.toml or with `check --model FILE`. Keep reworded texts out \
                      of the archive: what it holds is no longer odd."
    )]
    Build(Build),
}

#[derive(Debug, Args)]
pub(crate) struct Build {
    /// Folders, files or globs in quotes: the archive, found as `check` finds files
    #[arg(long, value_name = "PATH", required = true, num_args = 1..)]
    pub(crate) text: Vec<PathBuf>,

    /// The model that the archive is counted into [default: the model inside]
    #[arg(long, value_name = "FILE")]
    pub(crate) base: Option<PathBuf>,

    /// The model file to write
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    /// Threads [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files, folders, globs in quotes, or `-` for standard input [default: the current folder]
    ///
    /// In folders, files ending in .txt, .text, .md, .markdown, .html, .htm and .xhtml are checked, hidden files and those
    /// that .gitignore or .ignore name are not. A file that is named is checked whatever its name; the ending tells its
    /// format.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "SEVERITY")]
    pub(crate) fail_on: FailOn,

    #[command(flatten)]
    pub(crate) policy: Policy,

    /// The name that standard input is reported under; its ending tells the format, its folder the lint.toml
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Say why each word of a line is or is not marked, in place of a report
    ///
    /// With a column, from 1 and in code points, only the word there. `-:LINE` is a line of standard input. It tells the
    /// verdict and what it rests on, every finding on the line with the reason why it is not shown if it is not, and of
    /// each word the score, the features that matter most and what may have stood there. Formats: text and json. The exit
    /// status is 0, whatever is found.
    #[arg(
        long,
        value_name = "FILE:LINE[:COLUMN]",
        allow_hyphen_values = true,
        conflicts_with_all = ["paths", "fail_on", "threads", "quiet"]
    )]
    pub(crate) explain: Option<String>,

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

/// What the command line says over any settings file.
#[derive(Args, Clone, Debug)]
pub(crate) struct Policy {
    /// Set a rule's severity: error, warning, info or off
    #[arg(long, value_name = "RULE=SEVERITY", value_parser = rule_severity)]
    pub(crate) severity: Vec<(String, Severity)>,

    /// Show only these rules or families
    #[arg(long, value_name = "RULE,...", value_delimiter = ',')]
    pub(crate) select: Vec<String>,

    /// Hide these rules or families
    #[arg(long, value_name = "RULE,...", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,

    /// Ignore every lint.toml
    #[arg(long)]
    pub(crate) no_config: bool,

    /// Use this language model, whatever a lint.toml says; see `unspin model build`
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Source lines with labels, notes and suggestions
    Text,
    /// One line a finding
    Concise,
    /// One JSON object, stable within its `schema`
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Info,
    /// Exit 0 whatever is found
    Never,
}

impl FailOn {
    /// The severity, or `None` where no finding fails the check.
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless the variable `NO_COLOR` is set
    Auto,
    Always,
    Never,
}

fn rule_severity(value: &str) -> Result<(String, Severity), String> {
    let (rule, severity) =
        value.split_once('=').ok_or("write RULE=SEVERITY, such as garbled-name=info")?;
    Ok((rule.to_owned(), severity.parse().map_err(|e| format!("{e}"))?))
}

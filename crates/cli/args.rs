//! The command line, in one place: flags, help and their checks.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use unspin_lint::Severity;
use unspin_report::{FormatName, formats};

mod compare;
mod fix;
mod learn;
mod score;

pub(crate) use compare::Compare;
pub(crate) use fix::Fix;
pub(crate) use learn::Learn;
pub(crate) use score::{Score, TableFormat};

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
        after_help = "Exit status: 0 nothing that `[gate]` in lint.toml or --fail-on fails, 1 something, 2 something could \
                      not be checked."
    )]
    Check(Check),
    /// Repair files
    #[command(
        after_help = "Without flags only repairs that are safe unseen are made. Exit status: 0 nothing left at or above \
                      --fail-on, 1 something is, or --diff prints a difference, 2 something could not be repaired."
    )]
    Fix(Fix),
    /// Compare a reworded text with its original
    #[command(
        after_help = "Exit status: 0 no change at or above --fail-on, 1 some, 2 a text could not be read. The two need not be \
                      related: then it says so, and tells no changes."
    )]
    Compare(Compare),
    /// Make a pack of what was put for what in pairs of originals and reworded texts
    #[command(
        after_help = "What is kept and what is rejected is told on standard error. Exit status: 0 a pack, 1 nothing was \
                      learned, 2 something could not be read; the rest was used."
    )]
    Learn(Learn),
    /// Score rows of JSON Lines, CSV and Parquet: the same rows out, with a verdict each
    #[command(
        after_help = "Columns added: unspin_score, unspin_rarity, unspin_level, unspin_marks, unspin_rules, unspin_reason. \
                      Exit status: 0 every row was read, 2 a row or a file could not be; the other rows are written."
    )]
    Score(Score),
    /// List the rules that hold in this folder, those of packs and plugins too
    Rules {
        /// Ignore every lint.toml
        #[arg(long)]
        no_config: bool,
    },
    /// Show the page of a rule
    Explain {
        /// The rule's id, such as `garbled-name`
        rule: String,

        /// Ignore every lint.toml
        #[arg(long)]
        no_config: bool,
    },
    /// Run the examples of rules, or see how often rules fire in clean texts
    #[command(
        after_help = "Exit status: 0 every example is as it says, 1 one is not, 2 something could not be tested."
    )]
    Test(Test),
    /// Start a rule of your own: a pack in TOML, a crate in Rust, or a plugin in WebAssembly
    New(New),
    /// Make a pack of a list of phrases
    #[command(subcommand)]
    Packs(Packs),
    /// Look at the language model, or make one of your own archive
    #[command(subcommand)]
    Model(Model),
    /// Show what the settings come to
    #[command(subcommand)]
    Config(Config),
    /// Serve an editor: the language server, over standard input and output
    #[command(
        after_help = "Editors start it by themselves; editors/README.md tells how to have them do so. Settings come from \
                      lint.toml and from the editor."
    )]
    Lsp {
        /// Speak over standard input and output, which it always does
        #[arg(long, hide = true)]
        stdio: bool,
    },
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
#[expect(clippy::struct_excessive_bools, reason = "flags, each given or not")]
pub(crate) struct Check {
    /// Files, folders, globs in quotes, or `-` for standard input [default: the current folder]
    ///
    /// In folders, files ending in .txt, .text, .md, .markdown, .html, .htm and .xhtml are checked, and so are .docx, .rss,
    /// .atom, .nitf, .newsml, .jsonl and .ndjson files, each with many texts in it, and all of these with .gz or .zst; hidden
    /// files and those that .gitignore or .ignore name are not. A file that is named is checked whatever its name; the ending
    /// tells its format. .xml, .csv and .tsv files are read when they are named.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How findings are shown
    #[arg(long, default_value = "text", value_parser = format_name())]
    pub(crate) format: FormatName,

    /// With the format html, put the whole texts into the page, and not the marked sentences alone
    #[arg(long, conflicts_with = "fix")]
    pub(crate) full: bool,

    /// Write the report to a file too, in a format of its own; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = format_file)]
    pub(crate) output: Vec<(FormatName, PathBuf)>,

    /// The least severity that makes the exit status 1, in place of `[gate]` in lint.toml [default: warning]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,

    /// Tell on standard error which line of the policy decided on the exit status
    #[arg(long)]
    pub(crate) explain_exit: bool,

    /// Show only findings that this file does not know; see --update-baseline
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write what is found into the baseline, so that from now on only new findings are shown
    ///
    /// What it says of files that this run does not look at stays, as long as they are there.
    #[arg(long, requires = "baseline", conflicts_with_all = ["since", "changed", "select", "ignore"])]
    pub(crate) update_baseline: bool,

    /// Show only findings in sentences that differ from a git revision; `REV...` means the last commit shared with it
    #[arg(long, value_name = "REV", conflicts_with = "changed")]
    pub(crate) since: Option<String>,

    /// Show only findings in sentences that are staged for the next commit, as they would be committed
    #[arg(long)]
    pub(crate) changed: bool,

    /// The fields of records that hold texts: a name or a JSON pointer such as `/article/body`, of CSV a column
    ///
    /// In JSON Lines and CSV files each of these fields of each record is a text. May be given several times. Without it, the first of
    /// the usual names that a record has is taken.
    #[arg(long, value_name = "FIELD")]
    pub(crate) field: Vec<String>,

    #[command(flatten)]
    pub(crate) policy: Policy,

    /// Repair what is safe to repair, and report what is left, as `unspin fix` does
    #[arg(long, conflicts_with_all = ["output", "explain_exit", "field", "baseline", "since", "changed"])]
    pub(crate) fix: bool,

    /// With --fix, make repairs that want a look, too
    #[arg(long, requires = "fix")]
    pub(crate) unsafe_fixes: bool,

    /// With --fix and --unsafe-fixes, change quoted words, too
    #[arg(long, requires = "unsafe_fixes")]
    pub(crate) quotations: bool,

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
        conflicts_with_all = [
            "paths", "fail_on", "fix", "threads", "quiet", "output", "explain_exit", "field", "baseline", "since", "changed",
            "full",
        ]
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

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Packs (TOML files or folders), plugins (.wasm files), rules or families [default: the rules that hold here]
    #[arg(value_name = "PACK|RULE")]
    pub(crate) what: Vec<PathBuf>,

    /// Count instead what the rules report in these clean texts: files, folders or globs in quotes
    ///
    /// For each rule: its findings, how many in 10,000 words, the texts that have any, and some of them in context. May
    /// be given several times.
    #[arg(long, value_name = "PATH")]
    pub(crate) corpus: Vec<PathBuf>,

    /// How many samples of each rule are shown with --corpus
    #[arg(long, value_name = "N", default_value_t = 3, requires = "corpus")]
    pub(crate) samples: usize,

    /// Ignore every lint.toml
    #[arg(long)]
    pub(crate) no_config: bool,

    /// Keep nothing between runs; see `unspin check --help`
    #[arg(long)]
    pub(crate) no_cache: bool,

    /// Threads [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Packs {
    /// Turn a list into a pack
    #[command(subcommand)]
    Import(Import),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// A table of phrases and what is expected in their place, with tabs between the columns
    #[command(
        after_help = "Columns: the phrase, then what is expected; a first row that names them (phrase, expected) may \
                      order them otherwise. Rows that a pack cannot say are told on standard error and left out. \
                      Check the licence of the list before you share the pack."
    )]
    Tsv(ImportTsv),
}

#[derive(Debug, Args)]
pub(crate) struct ImportTsv {
    /// The list
    pub(crate) file: PathBuf,

    /// How phrases are written: `pps` understands the queries of the Problematic Paper Screener's lists (AND, NOT, ~N)
    #[arg(long, value_enum, default_value_t = Operators::None)]
    pub(crate) operators: Operators,

    /// The name of the pack and id of its rule [default: the name of the list]
    #[arg(long)]
    pub(crate) name: Option<String>,

    /// The pack to write, ending in .toml [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Operators {
    None,
    Pps,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("form").multiple(false))]
pub(crate) struct New {
    /// The rule's id: the fault it finds, in small letters with hyphens, such as `wordy-phrase`
    pub(crate) rule: String,

    /// A pack of one TOML file: no code [default]
    #[arg(long, group = "form")]
    pub(crate) toml: bool,

    /// A crate in Rust and a program that holds it
    #[arg(long, group = "form", requires = "source")]
    pub(crate) rust: bool,

    /// A plugin in Rust, compiled to WebAssembly
    #[arg(long, group = "form", requires = "source")]
    pub(crate) wasm: bool,

    /// The folder it is written to
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,

    /// The folder of unspin's source, whose crates a rule in Rust or WebAssembly is built with
    #[arg(long, value_name = "DIR")]
    pub(crate) source: Option<PathBuf>,
}

/// What the command line says over any settings file.
#[derive(Args, Clone, Debug, Default)]
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

    /// Keep nothing between runs
    ///
    /// Large packs are compiled once, and what was found in a text is found again as long as neither it nor anything that it is checked
    /// with has changed; both are kept in the folder that `UNSPIN_CACHE` names (an absolute path), else in the user's cache folder.
    #[arg(long)]
    pub(crate) no_cache: bool,

    /// Use this language model, whatever a lint.toml says; see `unspin model build`
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,

    /// Whether an editor holds the folder for one of somebody else, of whose files nothing but settings and texts is used.
    #[arg(skip)]
    pub(crate) untrusted: bool,
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

/// One of the formats that there are, by its name.
fn format_name() -> impl TypedValueParser<Value = FormatName> {
    let names = formats().iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(names).try_map(|name| named_format(&name))
}

fn named_format(name: &str) -> Result<FormatName, String> {
    let found = formats().iter().find(|format| format.name == name).copied();
    found.ok_or_else(|| {
        let names: Vec<_> = formats().iter().map(|format| format.name).collect();
        format!("there is no format `{name}`; there are {}", names.join(", "))
    })
}

fn format_file(value: &str) -> Result<(FormatName, PathBuf), String> {
    let split = value.split_once('=').filter(|(_, file)| !file.is_empty());
    let (name, file) = split.ok_or("write FORMAT=FILE, such as sarif=report.sarif")?;
    Ok((named_format(name)?, file.into()))
}

fn rule_severity(value: &str) -> Result<(String, Severity), String> {
    let (rule, severity) =
        value.split_once('=').ok_or("write RULE=SEVERITY, such as garbled-name=info")?;
    Ok((rule.to_owned(), severity.parse().map_err(|e| format!("{e}"))?))
}

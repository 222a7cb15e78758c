//! Builds the model file. Not shipped: readers of the file need `unspin-model` alone.
//!
//! Every command is deterministic: the same inputs give the same bytes, so that a stranger can
//! check the committed model against the sources named in `crates/model/DATA.md`.

mod archive;
mod calibrate;
mod corpus;
mod coverage;
mod evidence;
mod lists;
mod manifest;
mod part;
mod selection;
mod tokens;
mod vocabulary;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Counts the corpora, reads the word lists and writes the model file and its manifest.
    Vocabulary(vocabulary::Arguments),
    /// Reports the share of words in a folder of plain texts that a model does not know.
    Coverage(coverage::Arguments),
    /// Scores clean documents that no count has seen, for the verdict's `rarity`.
    Calibrate(calibrate::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Vocabulary(arguments) => vocabulary::run(&arguments),
        Command::Coverage(arguments) => coverage::run(&arguments),
        Command::Calibrate(arguments) => calibrate::run(&arguments),
    }
}

//! Builds the model file. Not shipped: readers of the file need `unspin-model` alone.
//!
//! Every command is deterministic: the same inputs give the same bytes, so that a stranger can
//! check the committed model against the sources named in `crates/model/DATA.md`.

mod archive;
mod assemble;
mod calibrate;
mod channel;
mod corpus;
mod coverage;
mod embed;
mod evidence;
mod examples;
mod lists;
mod manifest;
mod nuisance;
mod part;
mod random;
mod repairs;
mod reword;
mod selection;
mod simulate;
mod spin;
mod statistics;
mod thesaurus;
mod tokens;
mod vocabulary;
mod word_class;

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
    /// Counts neighbours, reduces vectors and expands the channel into a model.
    Statistics(statistics::Arguments),
    /// Puts trees and the gate into a model.
    Assemble(assemble::Arguments),
    /// Writes features of simulated rewording, or of given texts, for training.
    Examples(examples::Arguments),
    /// Writes features of what may be put back in simulated rewording, for training.
    Repairs(repairs::Arguments),
    /// Rewords given texts with a thesaurus that training does not use.
    Reword(reword::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Vocabulary(arguments) => vocabulary::run(&arguments),
        Command::Coverage(arguments) => coverage::run(&arguments),
        Command::Calibrate(arguments) => calibrate::run(&arguments),
        Command::Statistics(arguments) => statistics::run(&arguments),
        Command::Assemble(arguments) => assemble::run(&arguments),
        Command::Examples(arguments) => examples::run(&arguments),
        Command::Repairs(arguments) => repairs::run(&arguments),
        Command::Reword(arguments) => reword::run(&arguments),
    }
}

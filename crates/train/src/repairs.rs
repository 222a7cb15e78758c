//! The command `repairs`: what may be put back for doubted words of simulated rewording, and what is right.
//!
//! Writes `rows.i16` (the features of one repair after another) and `repairs.i32` (for each: number of its word, 1 if it
//! is right, number of its document, 1 if the word was put in at all).

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use rayon::prelude::*;
use unspin_lint::Document;
use unspin_model::{Model, Statistics, Trees};
use unspin_rules_substitution::ranking::{Pool, pools};
use unspin_rules_substitution::{ODD, Visible, score_visible, units};
use unspin_text::fold_key;

use crate::simulate::{Inputs, Sample, Simulation, Text};
use crate::spin::Spun;

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Model with statistics and the trees that score words
    #[arg(long)]
    model: PathBuf,
    /// Folder to write to
    #[arg(long)]
    out: PathBuf,
    /// Folder with `text/*.txt.zst`
    #[arg(long, env = "UNSPIN_DATA")]
    data: PathBuf,
    /// Folder of the substitution channel
    #[arg(long)]
    channel: PathBuf,
    /// Folder of the database of Debian's package wordnet-base
    #[arg(long)]
    wordnet: PathBuf,
    /// Passages to make; every second is reworded, and those alone are used
    #[arg(long, default_value_t = 8_000)]
    passages: usize,
    /// Seed of everything random; another than that of the examples
    #[arg(long, default_value_t = 101)]
    seed: u64,
}

/// Writes the repairs.
///
/// # Errors
/// If an input cannot be read or an output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let bytes = fs::read(&arguments.model)
        .with_context(|| format!("cannot read {}", arguments.model.display()))?;
    let model = Model::from_bytes(&bytes)?;
    let (statistics, trees) =
        model.statistics().zip(model.scorer()).context("the model has no scorer; assemble it")?;
    fs::create_dir_all(&arguments.out)?;
    let file = |name| File::create(arguments.out.join(name)).map(BufWriter::new);
    let (mut rows, mut repairs) = (file("rows.i16")?, file("repairs.i32")?);
    let simulation = Simulation::new(&Inputs {
        statistics: &statistics,
        data: &arguments.data,
        channel: Some(&arguments.channel),
        wordnet: Some(&arguments.wordnet),
        passages: arguments.passages,
        seed: arguments.seed,
        // Of the substitutions of a strange spinner, the channel knows some seven in ten.
        hidden: (0.0, 0.5),
    })?;
    let (mut word, mut document) = (0_u32, 0_u32);
    for chunk in simulation.chunks() {
        let made: Vec<Vec<Judged>> = chunk
            .into_par_iter()
            .filter_map(|i| match simulation.sample(i) {
                Sample { text: Text::Reworded(spun, _), hidden, .. } => {
                    Some(judge(&spun, &statistics, &trees, &hidden))
                }
                Sample { .. } => None,
            })
            .collect();
        for words in made {
            for Judged { pool, right, put_in } in words {
                for value in &pool.values {
                    rows.write_all(&value.to_le_bytes())?;
                }
                for is_right in right {
                    for number in [word, u32::from(is_right), document, u32::from(put_in)] {
                        repairs.write_all(&number.to_le_bytes())?;
                    }
                }
                word += 1;
            }
            document += 1;
        }
    }
    Ok(())
}

/// A pool with what is true of it.
struct Judged {
    pool: Pool,
    right: Vec<bool>,
    put_in: bool,
}

fn judge(
    spun: &Spun,
    statistics: &Statistics<'_>,
    trees: &Trees<'_>,
    visible: &impl Visible,
) -> Vec<Judged> {
    let document = Document::new(spun.text.as_bytes());
    let units = units(&document, &statistics.lexicon);
    let (rows, scores) = score_visible(&document, statistics, trees, &units, visible);
    let span = |unit: usize| document.tokens()[units[unit].token as usize].span;
    let doubted: Vec<usize> = (0..scores.len()).filter(|&i| scores[i] >= ODD.milli()).collect();
    let mut judged = Vec::new();
    pools(&document, statistics, &units, (&rows, &scores), &doubted, visible, |pool| {
        let own = span(rows.units[pool.word] as usize);
        let after = spun.changes.partition_point(|c| c.end <= own.start as usize);
        let change = spun.changes.get(after).filter(|c| c.start <= own.start as usize);
        let original = change.and_then(|c| statistics.lexicon.get(fold_key(&c.original)));
        let right = pool.repairs.iter().map(|repair| {
            let stretch = repair.stretch();
            let replaced = span(stretch.start).cover(span(stretch.end - 1));
            Some(repair.original) == original
                && change.is_some_and(|c| {
                    (c.start, c.end) == (replaced.start as usize, replaced.end as usize)
                })
        });
        let right = right.collect();
        judged.push(Judged { right, put_in: change.is_some(), pool });
    });
    judged
}

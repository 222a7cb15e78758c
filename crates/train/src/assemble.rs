//! The command `assemble`: trees into integers, the gate's threshold from clean texts, both into the model file.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::manifest::hexadecimal;
use crate::part::even_files;
use anyhow::{Context, bail};
use rayon::prelude::*;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use unspin_lint::Document;
use unspin_model::build::{self, GateTable, Section, Split, Tree};
use unspin_model::{Model, Statistics, Trees};
use unspin_rules_substitution::{features, ranking, score, screening_score, statistic, units};

/// Scores of words are tabled from here, in steps of so many thousandths of a nat.
const LOWEST: i32 = -7_000;
const STEP: i32 = 125;
const HIGHEST: i32 = 5_000;
/// A word's vote is a logistic curve of its score: so steep a nat, and half a vote at so many nats. It is bounded, so that
/// no few words decide, and next to nothing below 0, where the clean texts of some trades have as many.
const STEEPNESS: f64 = 1.5;
const HALF_VOTE: f64 = 1.5;
/// Fewer words settle nothing.
const FEWEST: usize = 40;

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Model with statistics
    #[arg(long)]
    base: PathBuf,
    /// Oblivious trees in the JSON format of `CatBoost`
    #[arg(long)]
    trees: PathBuf,
    /// The same for the trees that rank what may be put back
    #[arg(long)]
    ranker: Option<PathBuf>,
    /// Folders of clean texts that set the threshold; of their files, those with an even number in their name
    #[arg(long, required = true)]
    clean: Vec<PathBuf>,
    /// Mean screening score below which a text is let go
    #[arg(long, default_value_t = 520)]
    screen: i32,
    /// Model file to write
    #[arg(long)]
    out: PathBuf,
}

/// Assembles the model.
///
/// # Errors
/// If an input cannot be read, the trees are not of our features, or the output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let read =
        |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let base = read(&arguments.base)?;
    let base = Model::from_bytes(&base)?;
    let grown = |path: &Path, features| {
        parse(&read(path)?, features).with_context(|| path.display().to_string())
    };
    let (base_score, trees) = grown(&arguments.trees, features::COUNT)?;
    let scorer = Section::scorer(features::COUNT, base_score, &trees);
    let ranker = match &arguments.ranker {
        None => None,
        Some(path) => {
            let (base_score, trees) = grown(path, ranking::COUNT)?;
            Some(Section::ranker(ranking::COUNT, base_score, &trees))
        }
    };
    let mut table = GateTable {
        lowest: LOWEST,
        step: STEP,
        threshold: 0,
        slope: 0,
        screen: arguments.screen,
        counts: (LOWEST..=HIGHEST).step_by(STEP as usize).map(vote).collect(),
    };
    let bytes = build::with_sections(&base, &[scorer.clone(), Section::gate(&table)]);
    let model = Model::from_bytes(&bytes)?;
    let mut clean = Clean::default();
    for folder in &arguments.clean {
        clean.read(folder, &model)?;
    }
    clean.statistics.sort_unstable_by(|a, b| b.cmp(a));
    clean.screens.sort_unstable_by(|a, b| b.cmp(a));
    let at = |share: f64| clean.statistics[(share * clean.statistics.len() as f64) as usize];
    // Between one clean text in a hundred and one in a thousand, the share falls by e for each nat of evidence.
    let (common, rare) = (at(0.01), at(0.001));
    table.threshold = rare;
    table.slope = (1000.0 * 1000.0 * 10f64.ln() / f64::from((rare - common).max(1))) as i32;
    let passing = clean.screens.iter().filter(|&&s| s >= arguments.screen).count();
    let quantile = |share: f64| clean.screens[(share * clean.screens.len() as f64) as usize];
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} clean texts: statistic {rare} at 1 in 1000, {common} at 1 in 100; {passing} pass the screen \
         (scores {} at 5 %, {} at 10 %, {} at 20 %)",
        clean.statistics.len(),
        quantile(0.05),
        quantile(0.1),
        quantile(0.2)
    )?;
    let sections: Vec<Section> =
        [scorer, Section::gate(&table)].into_iter().chain(ranker).collect();
    let bytes = build::with_sections(&base, &sections);
    fs::write(&arguments.out, &bytes)
        .with_context(|| format!("cannot write {}", arguments.out.display()))?;
    update_manifest(&arguments.out.with_file_name("manifest.toml"), &bytes)
}

/// Thousandths of a vote for a score in thousandths of a nat.
fn vote(score: i32) -> i16 {
    let nats = f64::from(score) / 1000.0;
    (1000.0 / (1.0 + (-STEEPNESS * (nats - HALF_VOTE)).exp())).round() as i16
}

/// Puts the size and the digests of the finished model into the manifest that `vocabulary` wrote, if it is there.
fn update_manifest(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let Ok(text) = fs::read_to_string(path) else { return Ok(()) };
    let fresh = [
        ("bytes", bytes.len().to_string()),
        ("sha256", format!("\"sha256:{}\"", hexadecimal(&Sha256::digest(bytes)))),
        ("content", format!("\"{}\"", Model::from_bytes(bytes)?.digest())),
        ("command", "\"crates/train/build.sh; see DATA.md for its sources\"".to_owned()),
    ];
    let mut in_head = true;
    let lines = text.lines().map(|line| {
        in_head &= !line.starts_with("[[");
        let key = line.split(" = ").next().unwrap_or_default();
        match fresh.iter().find(|(name, _)| in_head && *name == key) {
            Some((name, value)) => format!("{name} = {value}\n"),
            None => format!("{line}\n"),
        }
    });
    fs::write(path, lines.collect::<String>())
        .with_context(|| format!("cannot write {}", path.display()))
}

#[derive(Default)]
struct Clean {
    statistics: Vec<i32>,
    screens: Vec<i32>,
}

impl Clean {
    fn read(&mut self, folder: &Path, model: &Model<'_>) -> anyhow::Result<()> {
        let (Some(statistics), Some(trees), Some(gate)) =
            (model.statistics(), model.scorer(), model.gate())
        else {
            bail!("the model has no statistics");
        };
        let paths = even_files(folder)?;
        let judged: Vec<(i32, i32)> = paths
            .par_iter()
            .filter_map(|path| {
                let text = fs::read(path).ok()?;
                let document = Document::new(&text);
                (document.word_count() >= FEWEST).then(|| {
                    let (rows, scores, screen) = judge(&document, &statistics, &trees);
                    (statistic(&gate, &rows, &scores), screen)
                })
            })
            .collect();
        self.statistics.extend(judged.iter().map(|j| j.0));
        self.screens.extend(judged.iter().map(|j| j.1));
        Ok(())
    }
}

fn judge(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    trees: &Trees<'_>,
) -> (features::Rows, Vec<i32>, i32) {
    let units = units(document, &statistics.lexicon);
    let (rows, scores) = score(document, statistics, trees, &units);
    (rows, scores, screening_score(statistics, &units))
}

/// A model of `CatBoost` as far as it is needed.
#[derive(Deserialize)]
struct Boosted {
    oblivious_trees: Vec<ObliviousTree>,
    scale_and_bias: (f64, Vec<f64>),
}

#[derive(Deserialize)]
struct ObliviousTree {
    leaf_values: Vec<f64>,
    #[serde(default)]
    splits: Option<Vec<Border>>,
}

#[derive(Deserialize)]
struct Border {
    border: f64,
    float_feature_index: u16,
}

/// Reads the base score, in thousandths of a nat, and the trees over so many features from the JSON format of `CatBoost`
/// 1.
fn parse(json: &[u8], features: usize) -> anyhow::Result<(i32, Vec<Tree>)> {
    let Boosted { oblivious_trees, scale_and_bias: (scale, bias) } = serde_json::from_slice(json)?;
    let milli = |value: f64| (value * scale * 1000.0).round() as i16;
    let mut trees = Vec::new();
    for tree in oblivious_trees {
        let splits: Vec<Split> = tree
            .splits
            .unwrap_or_default()
            .iter()
            .map(|split| Split {
                feature: split.float_feature_index,
                // Features are integers, so the floor parts them alike.
                threshold: split.border.floor().clamp(-32_768.0, 32_767.0) as i16,
            })
            .collect();
        if splits.iter().any(|s| usize::from(s.feature) >= features) {
            bail!("tree {}: a feature beyond {features}", trees.len());
        }
        if tree.leaf_values.len() != 1 << splits.len() {
            bail!("tree {}: {} leaves", trees.len(), tree.leaf_values.len());
        }
        let leaves = tree.leaf_values.iter().map(|&v| milli(v)).collect();
        trees.push(Tree { splits, leaves });
    }
    if trees.is_empty() {
        bail!("no trees");
    }
    Ok(((bias.iter().sum::<f64>() * 1000.0).round() as i32, trees))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_read_from_their_json_format() {
        let json = br#"{"features_info": {}, "oblivious_trees": [{"leaf_values": [0.1, 0.02, -0.003, 0],
            "leaf_weights": [1, 2, 3, 4], "splits": [
                {"border": 5.5, "float_feature_index": 0, "split_index": 3, "split_type": "FloatFeature"},
                {"border": -3.5, "float_feature_index": 2, "split_index": 9, "split_type": "FloatFeature"}]}],
            "scale_and_bias": [1, [-0.25]]}"#;
        let (base, trees) = parse(json, 3).unwrap();
        assert_eq!(base, -250);
        assert_eq!(trees[0].leaves, [100, 20, -3, 0]);
        assert_eq!(trees[0].splits[1], Split { feature: 2, threshold: -4 });
        assert!(parse(b"{}", 3).is_err() && parse(json, 2).is_err());
    }
}

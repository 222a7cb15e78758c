//! The command `assemble`: trees into integers, the gate's threshold from clean texts, both into the model file.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::manifest::hexadecimal;
use anyhow::{Context, bail};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use unspin_lint::Document;
use unspin_model::build::{self, GateTable, Section, Tree, TreeNode};
use unspin_model::{Model, Statistics, Trees};
use unspin_rules_substitution::{All, features, screening_score, statistic, units};

/// Scores of words are tabled from here, in steps of so many thousandths of a nat.
const LOWEST: i32 = -7_000;
const STEP: i32 = 125;
const HIGHEST: i32 = 5_000;
/// Scores count as far as they are above this, in thousandths of a nat: below, clean texts of odd trades have as many.
const COUNTS_FROM: i32 = 500;
/// Fewer words settle nothing.
const FEWEST: usize = 40;

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Model with statistics
    #[arg(long)]
    base: PathBuf,
    /// Trees in the text format of `LightGBM`
    #[arg(long)]
    trees: PathBuf,
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
    let text = String::from_utf8(read(&arguments.trees)?)?;
    let trees = parse(&text).with_context(|| arguments.trees.display().to_string())?;
    let scorer = Section::scorer(features::COUNT, 0, &trees);
    let mut table = GateTable {
        lowest: LOWEST,
        step: STEP,
        threshold: 0,
        slope: 0,
        screen: arguments.screen,
        ratios: (LOWEST..=HIGHEST)
            .step_by(STEP as usize)
            .map(|score| (score - COUNTS_FROM).max(0) as i16)
            .collect(),
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
    let bytes = build::with_sections(&base, &[scorer, Section::gate(&table)]);
    fs::write(&arguments.out, &bytes)
        .with_context(|| format!("cannot write {}", arguments.out.display()))?;
    update_manifest(&arguments.out.with_file_name("manifest.toml"), &bytes)
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
        let mut paths: Vec<PathBuf> = fs::read_dir(folder)
            .with_context(|| format!("cannot list {}", folder.display()))?
            .filter_map(|entry| entry.ok().map(|e| e.path()))
            .filter(|path| is_even(path))
            .collect();
        paths.sort();
        let judged: Vec<(i32, i32)> = paths
            .par_iter()
            .filter_map(|path| {
                let text = fs::read(path).ok()?;
                let document = Document::new(&text);
                (document.word_count() >= FEWEST).then(|| {
                    let (rows, scores, screen) = score(&document, &statistics, &trees);
                    (statistic(&gate, &rows, &scores), screen)
                })
            })
            .collect();
        self.statistics.extend(judged.iter().map(|j| j.0));
        self.screens.extend(judged.iter().map(|j| j.1));
        Ok(())
    }
}

/// Whether the first number in a file's name is even: these files may set thresholds, the others test them.
fn is_even(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let digits: String =
        name.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.bytes().last().is_some_and(|digit| (digit - b'0').is_multiple_of(2))
}

fn score(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    trees: &Trees<'_>,
) -> (features::Rows, Vec<i32>, i32) {
    let units = units(document, &statistics.lexicon);
    let rows = features::rows(document, statistics, &units, &All);
    let mut scores = vec![0; rows.units.len()];
    trees.score(&rows.values, features::COUNT, &mut scores);
    (rows, scores, screening_score(statistics, &units))
}

/// The numbers of a list with spaces between.
fn numbers<T: FromStr>(list: &str) -> anyhow::Result<Vec<T>>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    list.split_whitespace().map(|n| n.parse().map_err(anyhow::Error::new)).collect()
}

/// Reads the text format of `LightGBM` 4: blocks of `key=value` lines that begin with `Tree=`.
fn parse(text: &str) -> anyhow::Result<Vec<Tree>> {
    let mut trees = Vec::new();
    for block in text.split("Tree=").skip(1) {
        let value = |key: &str| {
            block
                .lines()
                .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
                .with_context(|| format!("tree {}: no `{key}`", trees.len()))
        };
        let features: Vec<u16> = numbers(value("split_feature")?)?;
        let thresholds: Vec<f64> = numbers(value("threshold")?)?;
        let lower: Vec<i16> = numbers(value("left_child")?)?;
        let higher: Vec<i16> = numbers(value("right_child")?)?;
        let leaves: Vec<f64> = numbers(value("leaf_value")?)?;
        if features.iter().any(|&f| usize::from(f) >= features::COUNT) {
            bail!("tree {}: a feature beyond {}", trees.len(), features::COUNT);
        }
        let nodes = (0..features.len())
            .map(|i| TreeNode {
                feature: features[i],
                // Features are integers, so the floor parts them alike.
                threshold: thresholds[i].floor().clamp(-32_768.0, 32_767.0) as i16,
                lower: lower[i],
                higher: higher[i],
            })
            .collect();
        let leaves = leaves.iter().map(|v| (v * 1000.0).round() as i16).collect();
        trees.push(Tree { nodes, leaves });
    }
    if trees.is_empty() {
        bail!("no trees");
    }
    Ok(trees)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_numbers_in_names_are_told() {
        assert!(is_even(Path::new("/a1/00012_x_001.txt")));
        assert!(!is_even(Path::new("/a2/00013.txt")));
        assert!(!is_even(Path::new("/a2/readme.txt")));
    }

    #[test]
    fn trees_are_read_from_their_text_format() {
        let text = "tree\nversion=v4\n\nTree=0\nnum_leaves=3\nsplit_feature=0 2\nthreshold=5.5 -3.5\nleft_child=1 -2\n\
                    right_child=-1 -3\nleaf_value=0.1 0.02 -0.003\n\nend of trees\n";
        let trees = parse(text).unwrap();
        assert_eq!(trees[0].leaves, [100, 20, -3]);
        assert_eq!((trees[0].nodes[1].feature, trees[0].nodes[1].threshold), (2, -4));
        assert!(parse("nothing").is_err());
    }
}

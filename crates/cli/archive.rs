//! `unspin model build`: a model of somebody's own archive. What is counted and how is in `unspin_linter::archive`; here
//! files are found, read by all threads, and the result is written.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use unspin_lint::Markup;
use unspin_linter::archive::{Refused, Summary, Survey, Threshold};

use crate::args::Build;
use crate::check;
use crate::model;
use crate::replace::Replacement;
use crate::walk::{self, Entry};

/// Texts read before any is added: enough for every thread to stay busy, few enough to hold what they gave.
const BATCH: usize = 256;

/// Texts that were found and not counted.
#[derive(Default)]
struct LeftOut {
    repeated: usize,
    foreign: usize,
    empty: usize,
}

/// Makes a model of an archive and says what was done.
pub(crate) fn build(arguments: &Build) -> anyhow::Result<String> {
    let base = model::named(arguments.base.as_deref())?;
    let paths = texts(&arguments.text)?;
    let pool = check::threads(arguments.threads, paths.len())?;
    // Before the work, so that a wrong place is known at once.
    let output = Replacement::prepare(&arguments.out)?;

    let mut left_out = LeftOut::default();
    let mut survey = Survey::new(base);
    let mut kept: Vec<PathBuf> = Vec::new();
    for batch in paths.chunks(BATCH) {
        for (path, read) in
            batch.iter().zip(read_all(&pool, batch, |text, markup| survey.read(text, markup))?)
        {
            match survey.add(read) {
                Ok(()) => kept.push(path.clone()),
                Err(Refused::Repeated) => left_out.repeated += 1,
                Err(Refused::Language) => left_out.foreign += 1,
                Err(Refused::NoText) => left_out.empty += 1,
            }
        }
    }
    if kept.is_empty() {
        let files = counted(paths.len() as u64, "file");
        bail!("no English text in the {files} found; check what --text names");
    }
    let mut pairs = survey.into_pairs();
    for batch in kept.chunks(BATCH) {
        for read in read_all(&pool, batch, |text, markup| pairs.read(text, markup))? {
            pairs.add(&read);
        }
    }
    let draft = pairs.into_draft();
    let statistics = read_all(&pool, &kept, |text, markup| draft.statistic(text, markup))?;
    let (bytes, summary) = draft.finish(statistics.into_iter().flatten().collect());
    output.write(&bytes)?;
    let mut told = told(&summary, &left_out);
    let digest = model::named(Some(&arguments.out))?.digest();
    let size = grouped(bytes.len() as u64);
    let _ = writeln!(told, "wrote {}: {size} bytes, {digest}", arguments.out.display());
    Ok(told)
}

/// The files of the archive in path order, each once.
fn texts(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in walk::all(paths, walk::is_text) {
        match entry {
            Entry::File(path) => files.push(path),
            Entry::Stdin => {
                bail!("the archive is read three times; name files or folders, not `-`")
            }
            // A model of half an archive would look like one of the whole.
            Entry::Error { path, message } => bail!("{}: {message}", path.display()),
        }
    }
    if files.is_empty() {
        let named: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
        bail!(
            "no texts found in {}; in folders, files ending in {} are read",
            named.join(", "),
            walk::endings()
        );
    }
    Ok(files)
}

/// What `read` makes of each file, in the order of the files.
fn read_all<T: Send>(
    pool: &rayon::ThreadPool,
    paths: &[PathBuf],
    read: impl Fn(&[u8], Markup) -> T + Sync,
) -> anyhow::Result<Vec<T>> {
    let one = |path: &PathBuf| match std::fs::read(path) {
        Ok(bytes) => Ok(read(&bytes, walk::markup(path, &bytes))),
        Err(error) => bail!("{}: {}", path.display(), walk::explain(&error)),
    };
    pool.install(|| paths.par_iter().map(one).collect())
}

fn told(summary: &Summary, left_out: &LeftOut) -> String {
    let mut text = format!(
        "read {} with {}\n",
        counted(summary.texts as u64, "text"),
        counted(summary.tokens, "word")
    );
    let reasons = [
        (left_out.repeated, "the same as another"),
        (left_out.foreign, "not in English"),
        (left_out.empty, "without words"),
    ];
    for (count, reason) in reasons.into_iter().filter(|(count, _)| *count > 0) {
        let _ = writeln!(text, "left out {}: {reason}", counted(count as u64, "text"));
    }
    let shared = counted(summary.words_counted as u64, "word");
    let _ = writeln!(text, "frequencies: {shared} counted with the base");
    let new = counted(summary.words_added as u64, "new word");
    let which = match (summary.words_added, summary.most_used.join(", ")) {
        (0, _) => String::new(),
        (n, shown) if n <= summary.most_used.len() => format!(": {shown}"),
        (_, shown) => format!(", most used: {shown}"),
    };
    let _ = writeln!(text, "vocabulary: {new}{which}");
    let pairs = &summary.pairs;
    let [raised, added, displaced, left_out] =
        [pairs.raised, pairs.added, pairs.displaced, pairs.left_out].map(|n| grouped(n as u64));
    let _ = writeln!(
        text,
        "pairs of neighbours: {raised} counted again, {added} added ({displaced} in place of rarer ones), \
         {left_out} left out for want of room"
    );
    let _ = writeln!(text, "gate: {}", of_gate(&summary.threshold));
    text
}

fn of_gate(threshold: &Threshold) -> String {
    let nats = |thousandths: i32| format!("{:.3}", f64::from(thousandths) / 1_000.0);
    let (before, after) = (nats(threshold.before), nats(threshold.after));
    let texts = grouped(threshold.texts as u64);
    match threshold.archive {
        None => format!(
            "threshold {before} kept; to set it takes 1,000 texts of 40 words or more, there are {texts}"
        ),
        Some(_) if threshold.after > threshold.before => {
            format!(
                "threshold raised from {before} to {after}, reached by 1 in 1,000 of {texts} texts"
            )
        }
        Some(own) => {
            format!(
                "threshold {before} kept; 1 in 1,000 of {texts} texts reaches {} only",
                nats(own)
            )
        }
    }
}

/// `1 text`, `12,000 texts`.
fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// `12,345`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let wanted = [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")];
        for (number, text) in wanted {
            assert_eq!(grouped(number), text);
        }
    }
}

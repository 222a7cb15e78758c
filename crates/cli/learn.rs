//! `unspin learn`: pairs of originals and reworded texts into a pack of what was put for what.

mod examples;
mod gate;
mod pairs;
mod told;

use std::io::{self, Write as _};

use anyhow::bail;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use unspin_compare::learn::{Lesson, Provenance, beside, candidates, choose, independent, pack};
use unspin_compare::{Relation, compare};
use unspin_linter::Linter;
use unspin_report::printable;

use crate::args::Learn;
use crate::check::threads;
use crate::compare::text::Subject;
use crate::create::create;
use crate::import::check_name;
use crate::{CLEAN, FAILED, FOUND};
use examples::examples;
use gate::{Clean, Known, gate};
use pairs::Pair;

/// Runs the command and returns the exit status.
pub(crate) fn learn(arguments: &Learn, linter: &Linter) -> anyhow::Result<u8> {
    let Learn { name, out, .. } = arguments;
    check_name(name, out.as_deref(), linter)?;
    check_name(&beside(name), None, linter)?;
    let (pairs, mut faults) = pairs::named(arguments);
    let pool = threads(arguments.threads, usize::MAX)?;
    let read: Vec<Result<Lesson, String>> =
        pool.install(|| pairs.par_iter().map(|pair| lesson(pair, linter)).collect());
    let (mut texts, mut known, mut lessons) = (Vec::new(), Vec::new(), Vec::new());
    for (Pair { original, reworded }, read) in pairs.iter().zip(read) {
        match read {
            Ok(lesson) => {
                texts.push(reworded.display().to_string());
                known.push(Known { original, reworded });
                lessons.push(lesson);
            }
            Err(why) => faults.push(why),
        }
    }
    complain(&mut faults);
    let mut status = if faults.is_empty() { CLEAN } else { FAILED };
    if lessons.is_empty() {
        bail!("there is no pair of texts to learn from");
    }
    let documents = independent(&lessons);
    let least = arguments.least.get();
    let model = linter.model();
    let candidates = candidates(&lessons, &documents, least, model.model().statistics());
    let clean = Clean::find(&arguments.clean)?;
    let mut faults = clean.faults.clone();
    let passed = pool.install(|| gate(&candidates.all, &lessons, &clean, &known));
    let passed = passed?;
    faults.extend(passed.faults.iter().cloned());
    complain(&mut faults);
    status = if faults.is_empty() { status } else { FAILED };
    if !arguments.clean.is_empty() && passed.texts == 0 {
        bail!("--clean names no text that can be read; check the spelling, or say --no-clean");
    }
    let choice =
        choose(&candidates, &passed.trials, &documents, (!arguments.marks_only).then_some(least));
    let provenance = Provenance {
        name,
        texts: &texts,
        documents: documents.iter().max().map_or(0, |last| last + 1),
        least,
        clean: (passed.texts > 0).then_some((passed.texts, passed.words)),
    };
    if !arguments.quiet {
        let told = told::told(&provenance, &choice, &lessons, arguments.all);
        let lines = told.lines().map(|line| printable(line) + "\n");
        let _ = io::stderr().write_all(lines.collect::<String>().as_bytes());
    }
    if choice.entries.is_empty() {
        let _ = writeln!(io::stderr(), "nothing was learned, and no pack is written");
        return Ok(status.max(FOUND));
    }
    let examples =
        examples(&choice, &lessons, |examples| pack(&provenance, &lessons, &choice, examples))?;
    let toml = pack(&provenance, &lessons, &choice, [&examples[0], &examples[1]]);
    match out {
        Some(out) => {
            create(out, &toml)?;
            let phrases =
                crate::test::counted(choice.entries.len() + choice.beside.len(), "phrase");
            crate::print(format!("wrote {}: {phrases}\n", out.display()).as_bytes())?;
        }
        None => {
            crate::print_exact(toml.as_bytes())?;
        }
    }
    Ok(status)
}

/// What a pair teaches, or why it teaches nothing.
fn lesson(pair: &Pair, linter: &Linter) -> Result<Lesson, String> {
    let read = |path| Subject::read(path, &[]).map_err(|error| format!("{error:#}"));
    let (original, reworded) = (read(&pair.original)?, read(&pair.reworded)?);
    let (a, b) = (original.document(), reworded.document());
    let comparison = compare(&a, &b, &linter.model().model());
    if comparison.relation == Relation::NotDerived {
        return Err(format!(
            "{} and {} are not related; name the right original",
            original.name, reworded.name
        ));
    }
    Ok(Lesson::new(&a, &b, &comparison))
}

/// Tells what could not be used, by the order of its text.
fn complain(faults: &mut [String]) {
    faults.sort();
    for fault in faults {
        let _ = writeln!(io::stderr(), "error: {}", printable(fault));
    }
}

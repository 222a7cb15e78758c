//! `unspin compare`: what a reworded text made of its original.

mod page;
mod search;
pub(crate) mod text;

use std::io::{self, Write as _};

use anyhow::{Context as _, bail};
use unspin_compare::Text;
use unspin_lint::{Diagnosis, Finding};
use unspin_linter::Linter;
use unspin_report::{Compared, ComparisonReport, FileReport, Format, Json, Rendered, Writer};

use crate::args::Compare;
use crate::check::{colour, format, tool};
use crate::config::tell;
use crate::settings::{Governed, Linters};
use crate::{CLEAN, FAILED, FOUND};
use text::Subject;

/// Runs the command and returns the exit status.
pub(crate) fn compare(arguments: &Compare, linter: &Linter) -> anyhow::Result<u8> {
    if !arguments.archive.is_empty() {
        return search::search(arguments);
    }
    let [original, reworded] = &arguments.texts[..] else {
        bail!("two texts are compared: name the original, then the reworded one");
    };
    let is_page = arguments.format.name == "html";
    if arguments.full && !is_page {
        bail!("--full is for pages; add --format html");
    }
    if original == reworded && original.as_os_str() == "-" {
        bail!("standard input is one text; name a file for the other");
    }
    let mut linters = Linters::new(&arguments.policy, linter)?;
    let (governed, news) = linters.for_file(reworded);
    let mut status = tell(&news);
    let (own, news) = linters.for_file(original);
    status = status.max(tell(&news));
    linters.expect_names()?;
    let [original, reworded] =
        [original, reworded].map(|path| Subject::read(path, &arguments.field));
    let (original, reworded) = (original?, reworded?);
    let (a, b) = (original.document(), reworded.document());
    let model = governed.linter.model().model();
    let comparison = unspin_compare::compare(&a, &b, &model);
    let report = ComparisonReport {
        comparison: &comparison,
        original: Compared::new(&original.name, &original.file, &a).with_entry(original.locator()),
        reworded: Compared::new(&reworded.name, &reworded.file, &b).with_entry(reworded.locator()),
    };
    let findings = comparison.findings(
        Text { name: &original.name, document: &a },
        Text { name: &reworded.name, document: &b },
    );
    // The reworded text first: it is what the findings are about.
    let said = [
        said(&reworded, &b, findings.reworded, &governed, &governed),
        // What was left out is told under the settings of the text that leaves it out.
        said(&original, &a, findings.original, &own, &governed),
    ];
    let wrote = if is_page {
        page::write(&report, &governed, arguments)
    } else {
        let format: Box<dyn Format> = match arguments.format.name {
            "json" => Box::new(Json::new(tool(&linters.model())).with_comparison(&report)),
            _ => format(arguments.format, colour(arguments.color), arguments.quiet, &linters),
        };
        let usual = linters.model().digest();
        let rendered: Vec<Rendered> = [(&reworded, &governed), (&original, &own)]
            .into_iter()
            .zip(&said)
            .map(|((subject, under), said)| {
                let decoded = subject.decoded();
                let model = Some(under.linter.model().digest()).filter(|own| *own != usual);
                FileReport::new(&subject.name, &decoded.source, decoded.offsets, said)
                    .with_entry(subject.locator())
                    .with_model(model.as_deref())
                    .render(format.as_ref())
            })
            .collect();
        write(format.as_ref(), &rendered, &report, arguments)
    };
    match wrote {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(error).context("writing the report");
        }
        _ => {}
    }
    let fails = arguments.fail_on.severity().is_some_and(|least| {
        said.iter().flat_map(|said| &said.diagnostics).any(|found| found.severity >= least)
    });
    Ok(match (status, fails) {
        (FAILED, _) => FAILED,
        (_, true) => FOUND,
        _ => CLEAN,
    })
}

fn write(
    format: &dyn Format,
    rendered: &[Rendered],
    report: &ComparisonReport<'_>,
    arguments: &Compare,
) -> io::Result<()> {
    let mut writer = Writer::begin(format, io::stdout().lock(), io::stderr())?;
    rendered.iter().try_for_each(|file| writer.file(file))?;
    writer.end()?;
    if arguments.format.name == "text" && !arguments.quiet {
        let mut out = io::stdout().lock();
        write!(out, "\n{}", report.table())?;
        out.flush()?;
    }
    Ok(())
}

/// What is said of a text: the verdict of a check under its `own` settings, and findings under those that govern the
/// comparison.
fn said(
    subject: &Subject,
    document: &unspin_lint::Document<'_>,
    findings: Vec<Finding>,
    own: &Governed,
    governed: &Governed,
) -> Diagnosis {
    let mut report = own.linter.check(document);
    report.findings = governed.linter.under_policy(findings);
    let mut said = Diagnosis::new(document, &report);
    for found in &mut said.diagnostics {
        found.locator = subject.locate(found.span.start);
    }
    said
}

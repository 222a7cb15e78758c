//! What a reworded text made of its original.

use std::path::Path;

use unspin_compare::Kind;
use unspin_lint::{Diagnosis, Document, Severity};
use unspin_report::{Compared, ComparisonReport, Exhibit, FileReport, Format, Json, Offsets};
use unspin_text::source::decode;

use crate::engine::Engine;
use crate::options::{CheckOptions, markup};
use crate::text::{fits, format, written};

/// Bytes of a text that is compared: a comparison takes about a hundred times as much memory.
const MOST: usize = 16 << 20;

impl Engine {
    /// A report on two texts: `json` with the member `comparison`, `html` as a page of both side by side, any other
    /// format with what is found in each, `text` with a table below.
    ///
    /// # Errors
    /// If the options cannot be read, a text is too large, or there is no such format.
    pub fn compare(
        &self,
        original: &[u8],
        reworded: &[u8],
        name: &str,
        options: &str,
    ) -> Result<String, String> {
        let options = CheckOptions::read(options)?;
        let names = [
            options.original_path.as_deref().unwrap_or("original"),
            options.path.as_deref().unwrap_or("reworded"),
        ];
        fits(original, MOST)?;
        fits(reworded, MOST)?;
        let asked = [options.original_markup.as_ref(), options.markup.as_ref()];
        // One word for both, where only one was said.
        let asked = [asked[0].or(asked[1]), asked[1]].map(|asked| asked.map(String::as_str));
        let a = Document::read(original, markup(asked[0], names[0], original)?);
        let b = Document::read(reworded, markup(asked[1], names[1], reworded)?);
        let (own, governing) = (self.for_file(names[0]), self.for_file(names[1]));
        let comparison = unspin_compare::compare(&a, &b, &governing.model().model());
        let report = ComparisonReport {
            comparison: &comparison,
            original: Compared::new(names[0], original, &a),
            reworded: Compared::new(names[1], reworded, &b),
        };
        if name == "html" {
            return Ok(self.page(&report, &options));
        }
        let text = |name, document| unspin_compare::Text { name, document };
        let findings = comparison.findings(text(names[0], &a), text(names[1], &b));
        // The reworded text first: it is what the findings are about.
        let said = [(&b, &governing, findings.reworded), (&a, &own, findings.original)].map(
            |(document, own, findings)| {
                let mut report = own.check(document);
                report.findings = governing.under_policy(findings);
                Diagnosis::new(document, &report)
            },
        );
        let form: Box<dyn Format> = match name {
            "json" => Box::new(Json::new(self.tool()).with_comparison(&report)),
            _ => format(self, name, false)?,
        };
        let sources = [reworded, original].map(|bytes| decode(bytes));
        let reports: Vec<_> = [names[1], names[0]]
            .into_iter()
            .zip(&sources)
            .zip(&said)
            .map(|((name, (source, encoding, _)), said)| {
                FileReport::new(name, source, Offsets::of(*encoding), said)
            })
            .collect();
        let mut out = written(form.as_ref(), &reports);
        if name == "text" {
            out.push('\n');
            out.push_str(&report.table());
        }
        Ok(out)
    }

    fn page(&self, report: &ComparisonReport<'_>, options: &CheckOptions) -> String {
        let linter = self.for_file(report.reworded.path);
        let severities = Kind::ALL.map(|kind| match linter.rules().state(kind.as_str()) {
            Some(state) if state.shown => state.severity,
            _ => Severity::Off,
        });
        let command = options.command.clone().unwrap_or_else(|| command(report, options.full));
        let exhibit = Exhibit {
            report,
            tool: self.tool(),
            severities,
            settings: self.settings(),
            command: &command,
            full: options.full,
        };
        let mut out = Vec::new();
        exhibit.write(&mut out).expect("a Vec takes every byte");
        String::from_utf8_lossy(&out).into_owned()
    }
}

/// The command that makes the page, where the texts are in files of these names.
fn command(report: &ComparisonReport<'_>, full: bool) -> String {
    let full = if full { " --full" } else { "" };
    let [original, reworded] = [report.original.path, report.reworded.path].map(|path| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./,:@%+=".contains(c);
        let is_word = !path.is_empty() && path.chars().all(is_plain) && !path.starts_with('-');
        let name = Path::new(path).display().to_string();
        if is_word { name } else { format!("'{}'", name.replace('\'', r"'\''")) }
    });
    format!("unspin compare --format html{full} {original} {reworded}")
}

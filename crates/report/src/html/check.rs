//! The page on texts by themselves: `unspin check --format html`.

mod findings;
mod heading;
mod summary;

use crate::identity::hashed;
use crate::{Ending, Failure, FileReport, Format, RuleInfo, Tool};

use super::frame::{self, Frame};
use super::marked::{self, Extent, Mark};
use super::markup::Markup;

const FRAME: Frame = Frame {
    title: "Marks of automatic rewording",
    about: "A record of a check: what each text bears, where, why it is thought so, and what may stand there instead.",
    closing: "A finding is a mark of automatic rewording or of what comes with it, and no word on who wrote a text or \
              how. A person decides what it means.",
    style: "",
    script: "",
};

/// The page.
pub struct Html {
    tool: Tool,
    rules: Vec<RuleInfo>,
    full: bool,
}

impl Html {
    /// A page made by `tool`, where these are the rules; with `full`, the whole texts stand in it.
    pub fn new(tool: Tool, rules: Vec<RuleInfo>, full: bool) -> Self {
        Self { tool, rules, full }
    }

    /// Whether findings of this rule count towards verdicts where no settings say otherwise.
    fn counts(&self, rule: &str) -> bool {
        self.rules.iter().any(|known| known.id == rule && known.evidence)
    }
}

impl Format for Html {
    fn begin(&self, out: &mut Vec<u8>) {
        let mut page = Markup::default();
        frame::open(&mut page, &FRAME, &self.tool);
        frame::open_texts(&mut page);
        page.write_to(out);
    }

    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        let text = Text::new(file);
        let mut page = Markup::default();
        page.raw("<article class=\"text\"").attribute("id", &text.id);
        page.attribute("aria-labelledby", &format!("{}-name", text.id)).raw(">\n");
        heading::write(&mut page, &text, |rule| self.counts(rule));
        if self.full {
            page.raw("<details class=\"whole\" open>\n<summary>The whole text</summary>\n<div class=\"prose\">");
            let range = 0..file.source().len();
            marked::write(&mut page, (file.source(), range), &text.marks, Extent::Whole);
            page.raw("</div>\n</details>\n");
        }
        findings::write(&mut page, &text, self.full);
        page.raw("</article>\n");
        page.write_to(out);
    }

    fn failed_file(&self, failure: &Failure, out: &mut Vec<u8>) {
        let mut page = Markup::default();
        page.raw("<article class=\"text failure\">\n<h2>").text(&failure.path);
        page.raw("</h2>\n<p class=\"verdict\">Could not be checked: ").text(&failure.message);
        page.raw(".</p>\n</article>\n");
        page.write_to(out);
    }

    fn kept(&self, file: &FileReport<'_>) -> Vec<Vec<u8>> {
        summary::kept(&Text::new(file))
    }

    fn end(&self, ending: &Ending<'_>, out: &mut Vec<u8>) {
        let mut page = Markup::default();
        page.raw("</main>\n");
        summary::write(&mut page, ending, &self.rules);
        frame::close(&mut page, &FRAME);
        page.write_to(out);
    }
}

/// A text and the names of its elements.
struct Text<'f, 'a> {
    file: &'f FileReport<'a>,
    /// Of the text; that of a finding adds its number.
    id: String,
    /// The findings, in order.
    marks: Vec<Mark>,
}

impl<'f, 'a> Text<'f, 'a> {
    fn new(file: &'f FileReport<'a>) -> Self {
        let name = hashed(&[file.path(), file.entry().unwrap_or_default()]);
        // Of any number of texts that fit into a page, no two share so many digits.
        let id = format!("t{}", &name[..16]);
        let marks = file.diagnostics().iter().enumerate().map(|(nth, found)| Mark {
            span: found.span,
            severity: found.severity,
            target: format!("{id}-{}", nth + 1),
        });
        let marks = marks.collect();
        Self { file, id, marks }
    }
}

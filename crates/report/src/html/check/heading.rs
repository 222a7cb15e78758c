//! What stands over a text: its name, what is said of the whole, where the marks lie, and what it was made of.

use std::collections::HashSet;

use unspin_lint::{Diagnostic, Level, LogOdds, Verdict};

use super::Text;
use crate::FileReport;
use crate::advice::capitalised;
use crate::clip::clipped_end;
use crate::html::chart::{Place, strip};
use crate::html::markup::Markup;
use crate::html::settings;
use crate::wording::{counted, figures, grouped, said, shown};

/// Most marks named beside a verdict, and characters of each.
const LEADING: usize = 6;
const PHRASE: usize = 60;

/// Writes it; `counts` tells of a rule whether its findings count towards verdicts.
pub(super) fn write(out: &mut Markup, text: &Text<'_, '_>, counts: impl Fn(&str) -> bool) {
    let file = text.file;
    out.raw("<header>\n<h2").attribute("id", &format!("{}-name", text.id)).raw(">");
    out.text(file.path());
    if let Some(entry) = file.entry() {
        out.raw(" <span class=\"entry\">").text(entry).raw("</span>");
    }
    out.raw("</h2>\n");
    if let Some(verdict) = file.verdict() {
        write_verdict(out, verdict);
        if matches!(verdict.level, Level::Reworded | Level::Doubtful) {
            leading(out, text, counts);
        }
    } else {
        out.raw("<p class=\"verdict\">Settings, which are no prose.</p>\n");
    }
    if !text.marks.is_empty() {
        map(out, text);
    }
    made_of(out, file);
    out.raw("</header>\n");
}

fn write_verdict(out: &mut Markup, verdict: &Verdict) {
    out.raw("<p").attribute("class", &format!("verdict {}", verdict.level.as_str())).raw(">");
    out.text(&capitalised(said(verdict))).raw(".</p>\n<p class=\"figures\">");
    out.text(&capitalised(&match verdict.level {
        Level::Reworded | Level::Doubtful => figures(verdict),
        Level::Clean | Level::Unknown => {
            format!("{} in {}", counted(verdict.marks, "mark"), counted(verdict.words, "word"))
        }
    }));
    out.raw(".</p>\n");
}

/// The marks that weighed most, each by its words once.
fn leading(out: &mut Markup, text: &Text<'_, '_>, counts: impl Fn(&str) -> bool) {
    let mut found: Vec<(&Diagnostic, &str)> = text
        .file
        .diagnostics()
        .iter()
        .zip(&text.marks)
        .filter(|(found, _)| found.evidence > LogOdds::EVEN && counts(&found.rule))
        .map(|(found, mark)| (found, mark.target.as_str()))
        .collect();
    found.sort_by_key(|(found, _)| std::cmp::Reverse(found.evidence));
    let mut told = HashSet::new();
    found.retain(|(found, _)| !found.text.is_empty() && told.insert(found.text.to_lowercase()));
    if found.is_empty() {
        return;
    }
    out.raw("<p class=\"leading\">What weighed most: ");
    for (nth, (found, target)) in found.iter().take(LEADING).enumerate() {
        out.raw(if nth > 0 { ", " } else { "" });
        out.raw("<a").attribute("href", &format!("#{target}")).raw(">");
        let words = found.text.split_whitespace().collect::<Vec<_>>().join(" ");
        out.text(&clipped_end(&words, PHRASE)).raw("</a>\u{a0}");
        out.raw("<span class=\"figure\">")
            .text(&format!("{:.2}", shown(found.posterior)))
            .raw("</span>");
    }
    match found.len().saturating_sub(LEADING) {
        0 => out.raw("."),
        n => out.raw(", and ").text(&grouped(n)).raw(" more."),
    };
    out.raw("</p>\n");
}

/// Where the marks lie.
fn map(out: &mut Markup, text: &Text<'_, '_>) {
    let file = text.file;
    let windows = file.verdict().map_or(&[][..], |verdict| &verdict.windows);
    let stretches = windows.iter().map(|window| Place {
        start: window.span.start,
        end: window.span.end,
        class: "stretch",
        target: None,
    });
    // Of marks on one place the gravest is seen.
    let mut marks: Vec<_> = text.marks.iter().collect();
    marks.sort_by_key(|mark| mark.severity);
    let marks = marks.into_iter().map(|mark| Place {
        start: mark.span.start,
        end: mark.span.end,
        class: mark.severity.as_str(),
        target: Some(mark.target.clone()),
    });
    let places: Vec<Place> = stretches.chain(marks).collect();
    let line = |byte: u32| file.position(byte).line;
    let (first, last) = (
        text.marks.first().map_or(1, |mark| line(mark.span.start)),
        text.marks.last().map_or(1, |mark| line(mark.span.start)),
    );
    let lines = line(u32::try_from(file.source().trim_end().len()).unwrap_or(u32::MAX));
    let count = counted(text.marks.len(), "finding");
    let between = if first == last {
        format!("on line {}", grouped(first as usize))
    } else {
        format!("between line {} and line {}", grouped(first as usize), grouped(last as usize))
    };
    let label = format!("{count} {between} of {}", grouped(lines as usize));
    out.raw("<figure class=\"map\">\n");
    strip(out, file.source().len(), &places, &label);
    out.raw("\n<figcaption><span>Beginning</span> <span class=\"label\">").text(&label);
    out.raw("</span> <span>End</span></figcaption>\n");
    if !windows.is_empty() {
        out.raw("<p class=\"stretches\">Shaded, as marked by ").raw(if windows.len() == 1 {
            "itself: "
        } else {
            "themselves: "
        });
        for (nth, window) in windows.iter().enumerate() {
            out.raw(if nth > 0 { "; " } else { "" });
            let (from, to) = (line(window.span.start), line(window.span.end.saturating_sub(1)));
            let (first, last) = (grouped(from as usize), grouped(to as usize));
            out.text(&if from == to {
                format!("line {first}")
            } else {
                format!("lines {first} to {last}")
            });
            out.text(&format!(" (score {:.2})", shown(window.score)));
        }
        out.raw(".</p>\n");
    }
    out.raw("</figure>\n");
}

/// What whoever checks it again compares and needs.
fn made_of(out: &mut Markup, file: &FileReport<'_>) {
    out.raw("<dl class=\"record made-of\">\n<div><dt>");
    out.raw(if file.entry().is_some() { "SHA-256 of the entry" } else { "SHA-256 of the file" });
    out.raw("</dt><dd><code>").text(&file.sha256()).raw("</code></dd></div>\n");
    if let Some(model) = file.model() {
        out.raw("<div><dt>Model of its own</dt><dd><code>").text(model).raw("</code></dd></div>\n");
    }
    settings::write(out, file.settings());
    out.raw("</dl>\n");
}

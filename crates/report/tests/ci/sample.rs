//! One run with everything that is hard on a format.

use std::borrow::Cow;

use unspin_lint::{
    Diagnosis, Document, Finding, Fix, Level, LogOdds, Markup, Problem, Report, Safety, Severity,
    Span, Verdict,
};
use unspin_report::{Failure, FileReport, Format, Offsets};

use crate::report;

const PAGE: &str = "It rained.\r\nThe caf\u{e9} \u{1f600} lies \u{201c}withinside the\u{201d} walls.\r\nIt lies \
                    withinside the walls ]]> ::error::x | `y` \x1b[2J @desk #12.\n";
const MARKED_UP: &str = "<p>The R&amp;D lies <b>within</b>side the <i>old walls</i>.";
const SETTINGS: &str = "[rules.cascade-artefact]\nseverity = \"error\"\n";
const ENTRY: &str = "The plan was made with the\naid of using maps.";

pub(crate) fn verdict(level: Level) -> Verdict {
    Verdict {
        level,
        reason: None,
        score: LogOdds::from_nats(4.7),
        rarity: Some(0.000_96),
        marks: 3,
        words: 16,
        windows: Vec::new(),
    }
}

pub(crate) fn finding(severity: Severity, span: Span, message: &str) -> Finding {
    Finding {
        rule: Cow::Borrowed("cascade-artifact"),
        family: Cow::Borrowed("phrases"),
        severity,
        evidence: LogOdds::from_milli(3100),
        posterior: LogOdds::from_nats(3.476),
        span,
        message: message.to_owned(),
        notes: Vec::new(),
        fixes: Vec::new(),
    }
}

fn all(text: &str, phrase: &str) -> Vec<Span> {
    let of = |(at, _): (usize, &str)| Span::new(at as u32, (at + phrase.len()) as u32);
    text.match_indices(phrase).map(of).collect()
}

fn page() -> Diagnosis {
    let document = Document::new(PAGE.as_bytes());
    let text = document.text();
    let mut findings = Vec::new();
    for span in all(text, "withinside the") {
        let mut found = finding(Severity::Error, span, "\"withinside the\" is not English");
        found.notes.push("it is what chained rewording makes of \"inside the\"".into());
        found.fixes.push(Fix::replace(span, "inside the", Safety::Safe));
        found.fixes.push(Fix::replace(span, "within, the", Safety::Unsafe));
        found.fixes.push(Fix::replace(span, "in the", Safety::Quoted));
        findings.push(found);
    }
    let hostile = all(text, "]]> ::error::x | `y` \x1b[2J @desk #12")[0];
    let message = "50% odd,\n::stop:: <b>]]></b> [x](http://x) \x1b[1m";
    findings.push(finding(Severity::Warning, hostile, message));
    let end = Span::new(text.len() as u32, text.len() as u32);
    let mut nothing = finding(Severity::Info, end, "the text ends here");
    nothing.rule = Cow::Borrowed("my-rule");
    nothing.fixes.push(Fix::replace(end, "", Safety::Display));
    findings.push(nothing);
    Diagnosis::new(&document, &Report { findings, verdict: verdict(Level::Reworded) })
}

fn marked_up() -> Diagnosis {
    let document = Document::read(MARKED_UP.as_bytes(), Markup::Html);
    let span = all(document.text(), "withinside the")[0];
    let mut odd = finding(Severity::Warning, span, "\"withinside the\" is not English");
    // The first would drop a tag, so it has no edits.
    odd.fixes = vec![
        Fix::replace(span, "in the", Safety::Unsafe),
        Fix::replace(span, "withinside a", Safety::Unsafe),
    ];
    Diagnosis::new(&document, &Report { findings: vec![odd], verdict: verdict(Level::Clean) })
}

fn entry() -> Diagnosis {
    let document = Document::new(ENTRY.as_bytes());
    let span = all(document.text(), "with the\naid of using")[0];
    let mut found = finding(Severity::Error, span, "reads as a garbled \"by\"");
    found.fixes.push(Fix::replace(span, "by", Safety::Safe));
    let report = Report { findings: vec![found], verdict: verdict(Level::Doubtful) };
    Diagnosis::new(&document, &report)
}

fn settings() -> Diagnosis {
    let problem = Problem {
        span: Span::new(7, 23),
        message: "unknown rule `cascade-artefact`".into(),
        help: Some("did you mean `cascade-artifact`?".into()),
    };
    Diagnosis::of_settings(SETTINGS, &[problem])
}

/// The run: a page, a marked-up page, settings, a failure, two entries of a container, a clean file elsewhere.
pub(crate) fn run(format: &dyn Format) -> String {
    let (page, marked_up, settings, entry) = (page(), marked_up(), settings(), entry());
    let clean = Diagnosis { verdict: Some(verdict(Level::Clean)), diagnostics: Vec::new() };
    let files = [
        FileReport::new("./news/a b,\"1\".txt", PAGE, Offsets::File, &page),
        FileReport::new("page.html", MARKED_UP, Offsets::File, &marked_up),
        FileReport::new("lint.toml", SETTINGS, Offsets::File, &settings),
        FileReport::new("wire.jsonl", ENTRY, Offsets::Entry, &entry)
            .with_entry(Some("/body of line 1")),
        FileReport::new("wire.jsonl", ENTRY, Offsets::Entry, &entry)
            .with_entry(Some("/body of line 2")),
        FileReport::new("/srv/clean.txt", "All is well.", Offsets::File, &clean),
    ];
    report(format, |writer| {
        for (nth, file) in files.iter().enumerate() {
            if nth == 2 {
                let path = "news/<odd>&\x1b[8m.txt".into();
                writer.failure(Failure { path, message: "permission denied".into() })?;
            }
            writer.file(&file.render(format))?;
        }
        Ok(())
    })
}

//! Markdown by a `CommonMark` parser.

use pulldown_cmark::{Event, Options, Parser, Tag};
use unspin_lint::{Diagnosis, Document, Level, Report, Severity, Span};
use unspin_report::{FileReport, Markdown, Offsets};

use crate::sample::{self, finding, verdict};
use crate::{named, report};

/// What stands in code spans, after a look that nothing else is but headings, lists, bold spans and our own words.
pub(crate) fn code_spans(out: &str) -> Vec<String> {
    let mut spans = Vec::new();
    for event in Parser::new_ext(out, Options::all()) {
        match event {
            Event::Code(code) => spans.push(code.to_string()),
            Event::Text(text) => {
                let ours = |c: char| c.is_ascii_alphanumeric() || " .,;:()".contains(c);
                assert!(text.chars().all(ours), "{text:?} in {out}");
            }
            Event::Start(tag) => {
                let fine = matches!(
                    tag,
                    Tag::Heading { .. } | Tag::Paragraph | Tag::List(_) | Tag::Item | Tag::Strong
                );
                assert!(fine, "{tag:?} in {out}");
            }
            Event::End(_) | Event::SoftBreak => {}
            other => panic!("{other:?} in {out}"),
        }
    }
    spans
}

#[test]
fn nothing_of_a_text_stands_outside_code_spans() {
    let out = sample::run(&*named("markdown"));
    let spans = code_spans(&out);
    for part in ["withinside the", "inside the", "]]> ::error::x | `y` \u{241b}[2J @desk #12"] {
        assert!(spans.iter().any(|span| span == part), "{part}: {spans:#?}");
    }
    assert!(
        out.contains("Marks of automatic rewording (score 0.99, 3 marks in 16 words;"),
        "{out}"
    );
}

/// A run over so many files with so many findings each.
fn long(files: usize, findings: usize) -> String {
    let text = "The walls stand ` and fall in the rain. ".repeat(findings);
    let document = Document::new(text.as_bytes());
    let found = |nth: usize| {
        finding(Severity::Error, Span::new(nth as u32 * 40, nth as u32 * 40 + 9), "odd")
    };
    let report_on =
        Report { findings: (0..findings).map(found).collect(), verdict: verdict(Level::Reworded) };
    let diagnosis = Diagnosis::new(&document, &report_on);
    report(&Markdown, |writer| {
        for nth in 0..files {
            let path = format!("{nth}.txt");
            let file = FileReport::new(&path, &text, Offsets::File, &diagnosis);
            writer.file(&file.render(&Markdown))?;
        }
        Ok(())
    })
}

#[test]
fn a_summary_is_never_longer_than_github_takes_and_says_what_is_left_out() {
    for (files, findings) in [(1, 2000), (3, 700), (400, 3), (5000, 2)] {
        let out = long(files, findings);
        assert!(out.len() <= 65_000, "{}", out.len());
        assert!(out.len() > 40_000, "the room is used: {} of {files} files", out.len());
        let shown = out.matches("\n- line ").count();
        let grouped = |n: usize| match n {
            0..1000 => n.to_string(),
            _ => format!("{},{:03}", n / 1000, n % 1000),
        };
        let rest = format!("Not shown here: {} findings", grouped(files * findings - shown));
        assert!(out.contains(&rest), "{rest}: {}", &out[out.len() - 300..]);
        code_spans(&out);
    }
    assert!(!long(2, 3).contains("Not shown"));
}

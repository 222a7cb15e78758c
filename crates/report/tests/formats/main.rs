//! Whole outputs of each format.

mod markup;
mod properties;

use std::borrow::Cow;
use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use serde_json::{Value, json};
use unspin_lint::{
    Diagnosis, Document, Edit, Finding, Fix, Level, LogOdds, Problem, Report, Safety, Severity,
    Span, Unknown, Verdict, Window,
};
use unspin_report::{
    Concise, Failure, FileReport, Format, Json, Offsets, Rendered, Summary, Text, Tool, Writer,
};

fn verdict(level: Level) -> Verdict {
    Verdict {
        level,
        reason: None,
        score: LogOdds::EVEN,
        rarity: None,
        marks: 0,
        words: 7,
        windows: Vec::new(),
    }
}

fn span_of(text: &str, phrase: &str) -> Span {
    let start = text.find(phrase).expect("the phrase stands in the text");
    Span::new(start as u32, (start + phrase.len()) as u32)
}

fn finding(severity: Severity, span: Span, message: &str) -> Finding {
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

/// One file, rendered.
fn render(path: &str, document: &Document<'_>, report: &Report, format: &dyn Format) -> Rendered {
    let diagnosis = Diagnosis::new(document, report);
    let offsets = Offsets::of(document.encoding());
    FileReport::new(path, document.source(), offsets, &diagnosis).render(format)
}

/// The whole output for one file.
fn output(format: &dyn Format, path: &str, bytes: &[u8], report: &Report) -> String {
    let document = Document::new(bytes);
    let mut out = Vec::new();
    let mut writer = Writer::begin(format, &mut out, io::sink()).unwrap();
    writer.file(&render(path, &document, report, format)).unwrap();
    writer.end().unwrap();
    String::from_utf8(out).expect("output is UTF-8")
}

fn json() -> Json {
    Json::new(Tool {
        name: "unspin".into(),
        version: "0.1.0".into(),
        model: Some("sha256:00ff".into()),
    })
}

const PAGE: &str =
    "It rained.\nThe caf\u{e9} \u{1f600} lies \u{201c}withinside the\u{201d} walls.\n";

fn page_report() -> Report {
    let span = span_of(PAGE, "withinside the");
    let mut found = finding(Severity::Error, span, "\"withinside the\" is not English");
    found.notes.push("it is what chained rewording makes of \"inside the\"".into());
    found.fixes.push(Fix::replace(span, "inside the", Safety::Safe));
    found.fixes.push(Fix::replace(span, "within the", Safety::Unsafe));
    Report { findings: vec![found], verdict: verdict(Level::Clean) }
}

#[test]
fn text_shows_the_line_the_reason_and_the_remedies() {
    let out = output(&Text::new(false, false), "a.txt", PAGE.as_bytes(), &page_report());
    assert_eq!(
        out,
        r#"error[cascade-artifact]: "withinside the" is not English
  ┌─ a.txt:2:18
  │
2 │ The café 😀 lies “withinside the” walls.
  │                   ^^^^^^^^^^^^^^
  │
  = it is what chained rewording makes of "inside the"
  = help: replace with "inside the"
  = help: or replace with "within the"
  = confidence 0.97

1 error in 1 file (7 words)
"#
    );
}

#[test]
fn text_marks_a_phrase_across_a_line_break() {
    let text = "The plan was made with the\naid of using two\nhundred people.\n";
    let span = span_of(text, "with the\naid of using");
    let report = Report {
        findings: vec![finding(Severity::Warning, span, "reads as a garbled \"by\"")],
        verdict: verdict(Level::Unknown),
    };
    let out = output(&Text::new(false, true), "a.txt", text.as_bytes(), &report);
    assert_eq!(
        out,
        r#"warning[cascade-artifact]: reads as a garbled "by"
  ┌─ a.txt:1:19
  │  
1 │   The plan was made with the
  │ ╭───────────────────^
2 │ │ aid of using two
  │ ╰────────────^
  │  
  = confidence 0.97

"#
    );
}

#[test]
fn text_tells_the_verdict_in_the_words_a_person_can_use() {
    let mut report = Report { findings: vec![], verdict: verdict(Level::Reworded) };
    report.verdict.score = LogOdds::from_nats(9.0);
    report.verdict.rarity = Some(0.000_96);
    report.verdict.marks = 41;
    report.verdict.words = 1016;
    let said = |report: &Report| output(&Text::new(false, false), "a.txt", b"x", report);
    assert_eq!(
        said(&report),
        "a.txt: marks of automatic rewording (score 0.99, 41 marks in 1,016 words; fewer than 1 in \
         1,000 clean texts score so high)\n\nno findings in 1 file (1,016 words)\n"
    );
    report.verdict.level = Level::Doubtful;
    report.verdict.rarity = None;
    assert!(
        said(&report).starts_with("a.txt: marks of automatic rewording, too few to be sure (score")
    );
    assert_eq!(output(&Text::new(false, true), "a.txt", b"x", &report), "");
    report.verdict.level = Level::Unknown;
    assert_eq!(said(&report), "no findings in 1 file (1,016 words)\n");
}

#[test]
fn colours_change_no_word() {
    let colored = output(&Text::new(true, false), "a.txt", PAGE.as_bytes(), &page_report());
    let plain = output(&Text::new(false, false), "a.txt", PAGE.as_bytes(), &page_report());
    assert!(colored.contains("\x1b[0m"));
    assert_eq!(without_sgr(&colored), plain);
}

/// `text` without its colour sequences, `ESC [ digits and semicolons m`.
fn without_sgr(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (codes, rest) = part.split_once('m').expect("a colour sequence ends");
        assert!(codes.chars().all(|c| c.is_ascii_digit() || c == ';'), "{codes:?}");
        out.push_str(rest);
    }
    out
}

#[test]
fn concise_is_one_line_a_finding() {
    let mut report = report_with_removal();
    report.findings.insert(0, page_report().findings.remove(0));
    let out = output(&Concise, "news/a.txt", PAGE.as_bytes(), &report);
    assert_eq!(
        out,
        "news/a.txt:2:18: error[cascade-artifact] \"withinside the\" is not English \
         (fix: \"inside the\")\n\
         news/a.txt:2:34: info[cascade-artifact] not needed (fix: remove it)\n"
    );
}

fn report_with_removal() -> Report {
    let span = span_of(PAGE, "walls");
    let mut found = finding(Severity::Info, span, "not needed");
    found.fixes.push(Fix::replace(span, "", Safety::Display));
    Report { findings: vec![found], verdict: verdict(Level::Clean) }
}

#[test]
fn escape_sequences_are_shown_and_not_sent() {
    let text = "A \x1b[2J\u{202e}bad\u{9b}31m phrase";
    let span = span_of(text, "phrase");
    let mut found = finding(Severity::Error, span, "odd \x1b]0;title\x07 one\ntwo");
    found.rule = Cow::Borrowed("my\x1b[1mrule");
    found.notes.push("why\r\nerror: forged".into());
    found.fixes.push(Fix::replace(span, "\x1b[31mword", Safety::Unsafe));
    let report = Report { findings: vec![found], verdict: verdict(Level::Clean) };
    assert_eq!(
        output(&Text::new(false, true), "x\x1b[8m.txt", text.as_bytes(), &report),
        "error[my␛[1mrule]: odd ␛]0;title␇ one␊two
  ┌─ x␛[8m.txt:1:16
  │
1 │ A ␛[2J\u{fffd}bad\u{fffd}31m phrase
  │                ^^^^^^
  │
  = why␍␊error: forged
  = help: replace with \"␛[31mword\"
  = confidence 0.97

"
    );
    assert_eq!(
        output(&Concise, "x\x1b[8m.txt", text.as_bytes(), &report),
        "x␛[8m.txt:1:16: error[my␛[1mrule] odd ␛]0;title␇ one␊two (fix: \"␛[31mword\")\n"
    );
    let out = output(&json(), "x\x1b[8m.txt", text.as_bytes(), &report);
    assert!(out.contains(r"\u001b[8m.txt") && !out.contains('\u{202e}'), "{out}");
}

#[test]
fn json_holds_every_field_of_the_contract() {
    let mut report = page_report();
    report.verdict = Verdict {
        level: Level::Reworded,
        reason: None,
        score: LogOdds::from_nats(4.7),
        rarity: Some(0.000_2),
        marks: 41,
        words: 1016,
        windows: vec![Window { span: Span::new(0, 30), score: LogOdds::from_nats(3.9) }],
    };
    let out = output(&json(), "a.txt", PAGE.as_bytes(), &report);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        found,
        json!({
            "schema": 1,
            "tool": {"name": "unspin", "version": "0.1.0", "model": "sha256:00ff"},
            "files": [{
                "path": "a.txt", "entry": null, "offsets": "file",
                "verdict": {
                    "level": "reworded", "score": 0.991, "rarity": 0.0002, "reason": null,
                    "marks": 41, "words": 1016,
                    "windows": [{"start": 0, "end": 30, "score": 0.9802}],
                },
                "findings": [{
                    "rule": "cascade-artifact", "family": "phrases", "severity": "error",
                    "confidence": 0.97, "evidence": 3.1,
                    "message": "\"withinside the\" is not English",
                    "start": {"byte": 34, "char": 28, "utf16": 29, "line": 2, "column": 18},
                    "end": {"byte": 48, "char": 42, "utf16": 43, "line": 2, "column": 32},
                    "text": "withinside the",
                    "suggestions": ["inside the", "within the"],
                    "fixes": [
                        {"title": "replace with \"inside the\"", "safety": "safe",
                         "edits": [{"start": 34, "end": 48, "text": "inside the"}]},
                        {"title": "replace with \"within the\"", "safety": "unsafe",
                         "edits": [{"start": 34, "end": 48, "text": "within the"}]},
                    ],
                    "notes": ["it is what chained rewording makes of \"inside the\""],
                }],
            }],
            "errors": [],
            "summary": {"files": 1, "findings": 1, "errors": 1, "warnings": 0, "infos": 0},
        })
    );
    assert!(out.starts_with("{\"schema\":1,\"tool\":{"), "fields keep the contract's order: {out}");
}

#[test]
fn json_of_utf16_counts_in_the_decoded_text() {
    let bytes: Vec<u8> =
        std::iter::once(0xfeff).chain(PAGE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let out = output(&json(), "a.txt", &bytes, &page_report());
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["files"][0]["offsets"], "entry");
    assert_eq!(found["files"][0]["findings"][0]["start"]["byte"], 34);
    assert_eq!(found["files"][0]["findings"][0]["text"], "withinside the");
}

#[test]
fn json_keeps_the_value_of_what_it_escapes() {
    let text = "a \u{7f}\u{85}\u{2066}\u{feff}\u{e0041}\u{1f600} b";
    let mut report = Report {
        findings: vec![finding(Severity::Info, Span::new(0, text.len() as u32), "m")],
        verdict: verdict(Level::Unknown),
    };
    report.verdict.reason = Some(Unknown::Short);
    let out = output(&json(), text, text.as_bytes(), &report);
    assert!(out.contains("a \\u007f\\u0085\\u2066\\ufeff\\udb40\\udc41\u{1f600} b"), "{out}");
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["files"][0]["path"], text);
    assert_eq!(found["files"][0]["findings"][0]["text"], text);
    assert_eq!(found["files"][0]["verdict"]["reason"], "short");
}

#[test]
fn faults_of_the_bytes_are_told_with_a_way_out() {
    let report = Report { findings: vec![], verdict: verdict(Level::Clean) };
    let bytes = b"Caf\xe9 noir\nand th\xe9";
    assert_eq!(
        output(&Concise, "a.txt", bytes, &report),
        "a.txt:1:4: info[encoding] 2 bytes are not valid UTF-8 \
         (each was read as an unknown character: save the file as UTF-8)\n"
    );
    assert_eq!(
        output(&Text::new(false, false), "a.txt", bytes, &report),
        "note[encoding]: 2 bytes are not valid UTF-8
  ┌─ a.txt:1:4
  │
1 │ Caf␚ noir
  │    ^
  │
  = each was read as an unknown character: save the file as UTF-8

1 note in 1 file (7 words)
"
    );
    let found: Value = serde_json::from_str(&output(&json(), "a.txt", bytes, &report)).unwrap();
    let fault = &found["files"][0]["findings"][0];
    assert_eq!(
        [&fault["rule"], &fault["family"], &fault["severity"]],
        ["encoding", "text", "info"]
    );
    assert_eq!(fault["evidence"], 0.0);
    assert_eq!(found["summary"]["infos"], 1);
}

/// One place in which two streams end.
#[derive(Clone, Default)]
struct Terminal(Rc<RefCell<Vec<u8>>>);

impl io::Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A run over a settings file with a problem, a file that cannot be read, and a clean file.
fn run(format: &dyn Format) -> (String, Summary) {
    let settings = "[rules.cascade-artefact]\nseverity = \"error\"\n";
    let problem = Problem {
        span: Span::new(7, 23),
        message: "unknown rule `cascade-artefact`".into(),
        help: Some("did you mean `cascade-artifact`?".into()),
    };
    let clean = Report { findings: vec![], verdict: verdict(Level::Clean) };
    let document = Document::new(b"All is well.");

    let terminal = Terminal::default();
    let mut writer = Writer::begin(format, terminal.clone(), terminal.clone()).unwrap();
    let said = Diagnosis::of_settings(settings, &[problem]);
    let report = FileReport::new("lint.toml", settings, Offsets::File, &said);
    writer.file(&report.render(format)).unwrap();
    let failure = Failure { path: "b.txt".into(), message: "permission denied".into() };
    writer.failure(failure).unwrap();
    writer.file(&render("c.txt", &document, &clean, format)).unwrap();
    let summary = writer.end().unwrap();
    let out = terminal.0.borrow().clone();
    (String::from_utf8(out).unwrap(), summary)
}

#[test]
fn a_run_in_text() {
    let (out, summary) = run(&Text::new(false, false));
    assert_eq!(
        out,
        "error[settings]: unknown rule `cascade-artefact`
  ┌─ lint.toml:1:8
  │
1 │ [rules.cascade-artefact]
  │        ^^^^^^^^^^^^^^^^
  │
  = did you mean `cascade-artifact`?

error: b.txt: permission denied

1 error in 1 of 2 files (7 words); 1 file could not be checked
"
    );
    assert_eq!((summary.files, summary.failures, summary.errors), (2, 1, 1));
}

#[test]
fn a_run_in_concise() {
    assert_eq!(
        run(&Concise).0,
        "lint.toml:1:8: error[settings] unknown rule `cascade-artefact` \
         (did you mean `cascade-artifact`?)\n\
         b.txt: error: permission denied\n"
    );
}

#[test]
fn a_run_in_json_gives_every_file_a_verdict() {
    let found: Value = serde_json::from_str(&run(&json()).0).unwrap();
    let files = found["files"].as_array().unwrap();
    assert_eq!(files.len(), 2);
    assert_eq!(
        files[0]["verdict"],
        json!({"level": "unknown", "score": 0.0, "rarity": null, "reason": "settings", "marks": 0,
               "words": 0, "windows": []})
    );
    assert_eq!(files[0]["findings"][0]["rule"], "settings");
    assert_eq!(files[0]["findings"][0]["confidence"], 1.0);
    assert_eq!(files[1]["findings"], json!([]));
    assert_eq!(found["errors"], json!([{"path": "b.txt", "message": "permission denied"}]));
    assert_eq!(
        found["summary"],
        json!({"files": 2, "findings": 1, "errors": 1, "warnings": 0, "infos": 0})
    );
}

#[test]
fn a_run_over_nothing_is_valid_json_too() {
    let mut out = Vec::new();
    let format = Json::new(Tool { name: "unspin".into(), version: "0".into(), model: None });
    Writer::begin(&format, &mut out, io::sink()).unwrap().end().unwrap();
    let found: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!((&found["files"], &found["tool"]["model"]), (&json!([]), &Value::Null));
}

#[test]
fn a_hidden_finding_is_in_no_report_and_no_count() {
    let mut report = page_report();
    report.findings[0].severity = Severity::Off;
    assert_eq!(output(&Concise, "a.txt", PAGE.as_bytes(), &report), "");
    let found: Value =
        serde_json::from_str(&output(&json(), "a", PAGE.as_bytes(), &report)).unwrap();
    assert_eq!(found["summary"]["findings"], 0);
}

#[test]
fn a_fix_that_edits_elsewhere_is_no_suggestion() {
    let mut report = page_report();
    let edits = vec![
        Edit { span: Span::new(0, 2), text: "That".into() },
        Edit { span: report.findings[0].span, text: "in".into() },
    ];
    report.findings[0].fixes = vec![Fix::new("rephrase it", Safety::Display, edits)];
    let out = output(&json(), "a", PAGE.as_bytes(), &report);
    let found: Value = serde_json::from_str(&out).unwrap();
    let found = &found["files"][0]["findings"][0];
    assert_eq!(found["suggestions"], json!([]));
    assert_eq!(found["fixes"][0]["edits"].as_array().unwrap().len(), 2);
    assert!(!output(&Concise, "a", PAGE.as_bytes(), &report).contains("fix:"));
}

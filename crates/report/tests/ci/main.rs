//! Formats for other programs, each checked by something that knows the format and is not ours; `../../FORMATS.md` says
//! what checks what.

mod exhibit;
mod github_commands;
mod html;
mod markdown;
mod properties;
mod sample;
mod schemas;
mod snapshots;
mod xml;

use std::io;

use unspin_report::{Format, RuleInfo, Setup, Tool, Writer, format};

/// What reports here are made with.
fn setup() -> Setup {
    Setup {
        tool: Tool {
            name: "unspin".into(),
            version: "0.1.0".into(),
            model: Some("sha256:00ff".into()),
        },
        rules: vec![RuleInfo {
            id: "cascade-artifact".into(),
            family: "phrases".into(),
            summary: "A connective that was replaced once too often.".into(),
            page: "A connective that was replaced once too often.\n\n# Why\n\nNo hand writes `it` so.\n"
                .into(),
            severity: unspin_lint::Severity::Error,
            evidence: true,
        }],
        color: false,
        quiet: false,
        full: false,
    }
}

fn named(name: &str) -> Box<dyn Format> {
    format(name, setup()).unwrap_or_else(|| panic!("there is no format {name}"))
}

/// The whole report that `write` makes.
fn report(
    format: &dyn Format,
    write: impl FnOnce(&mut Writer<'_, &mut Vec<u8>, io::Sink>) -> io::Result<()>,
) -> String {
    let mut out = Vec::new();
    let mut writer = Writer::begin(format, &mut out, io::sink()).unwrap();
    write(&mut writer).unwrap();
    writer.end().unwrap();
    String::from_utf8(out).expect("output is UTF-8")
}

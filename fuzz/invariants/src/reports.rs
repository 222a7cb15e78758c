//! What is printed.

use unspin_lint::Diagnosis;
use unspin_report::{FileReport, Offsets, RuleInfo, Setup, Tool, format, formats};

use crate::linter::LINTER;

/// Panics if a format cannot print what is said, or prints what a terminal would obey.
pub(crate) fn all(source: &str, said: &Diagnosis) {
    for name in formats() {
        let format = format(name.name, setup()).expect("it is listed");
        let report = FileReport::new("desk/story.txt", source, Offsets::File, said);
        let (mut first, mut again) = (Vec::new(), Vec::new());
        format.file(&report, &mut first);
        format.file(&report, &mut again);
        assert_eq!(first, again, "not the same twice");
        let text = String::from_utf8(first).expect("reports are text");
        let obeyed =
            |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || c == '\u{202e}';
        assert!(!text.contains(obeyed), "{}: {text:?}", name.name);
    }
}

fn setup() -> Setup {
    let tool = Tool { name: "unspin".into(), version: "0.0.0".into(), model: None };
    let rules = LINTER.rules().states().map(|state| RuleInfo::of(state.rule.meta())).collect();
    Setup { tool, rules, color: false, quiet: false, full: true }
}

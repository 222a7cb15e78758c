//! Reports on files that hold more than prose.

use serde_json::{Value, json};
use unspin_lint::{Document, Fix, Level, Markup, Report, Safety, Severity};
use unspin_report::{Concise, Format};

use crate::{finding, json as json_format, render as whole, span_of, verdict};

#[test]
fn a_marked_up_file_is_reported_by_its_own_bytes() {
    let source = "<p>One.\n<p>The R&amp;D lies <b>within</b>side the <i>old walls</i>.";
    let document = Document::read(source.as_bytes(), Markup::Html);
    let at = |phrase| span_of(document.text(), phrase);
    let mut odd = finding(Severity::Warning, at("withinside the"), "odd");
    odd.fixes = vec![
        Fix::replace(odd.span, "in the", Safety::Unsafe),
        Fix::replace(odd.span, "withinside a", Safety::Unsafe),
    ];
    let name = finding(Severity::Info, at("R&D"), "odd");
    let report = Report { findings: vec![name, odd], verdict: verdict(Level::Clean) };
    let render = |format: &dyn Format| whole("a.html", &document, &report, format);
    let concise = String::from_utf8(render(&Concise).bytes().to_vec()).unwrap();
    assert!(
        concise.starts_with("a.html:2:8: info[cascade-artifact]")
            && concise.contains("\na.html:2:24: "),
        "{concise}"
    );
    let out: Value = serde_json::from_slice(render(&json_format()).bytes()).unwrap();
    let (first, second) = (&out["findings"][0], &out["findings"][1]);
    assert_eq!((&first["text"], &first["source_text"]), (&json!("R&D"), &json!("R&amp;D")));
    assert_eq!(second["source_text"], "within</b>side the");
    assert_eq!(second["fixes"][0]["safety"], "display", "it would drop a tag");
    assert_eq!(second["fixes"][0]["edits"], json!([]));
    let the = source.find("the <i>").unwrap();
    assert_eq!(second["fixes"][1]["edits"], json!([{"start": the, "end": the + 3, "text": "a"}]));
}

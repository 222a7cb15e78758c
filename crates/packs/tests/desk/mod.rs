//! A pack of one rule at work, for the tests beside.

use std::sync::Arc;

use unspin_lint::{Adjustment, Context, Document, Finding, Markup, Rule, RuleSet};
use unspin_packs::{Compiled, Pack, PackFile, PackSource, compile_pack, pack_rules};

/// A pack of one file with one rule, of these keys.
pub(crate) fn pack(rule: &str) -> PackSource {
    let text =
        format!("[pack]\nname = \"desk\"\nversion = \"1\"\n\n[[rule]]\nid = \"r\"\n{rule}\n");
    PackSource { files: vec![PackFile { path: "desk.toml".into(), text }] }
}

/// Its only rule.
#[track_caller]
pub(crate) fn rule(rule: &str) -> Arc<dyn Rule> {
    let Compiled { table, faults } = compile_pack(&pack(rule));
    assert_eq!(faults, [], "{rule}");
    let mut rules = pack_rules(Pack::from_bytes(table).expect("just written"), "desk.toml");
    rules.pop().expect("the pack has a rule")
}

/// Its only fault: message and help.
#[track_caller]
pub(crate) fn fault(rule: &str) -> (String, String) {
    let mut faults = compile_pack(&pack(rule)).faults;
    assert_eq!(faults.len(), 1, "{rule}: {faults:?}");
    let error = faults.remove(0).error;
    (error.message, error.help.unwrap_or_default())
}

/// What it reports in a text of a format, by place.
#[track_caller]
pub(crate) fn findings(keys: &str, text: &str, markup: Markup) -> Vec<Finding> {
    let mut found = Vec::new();
    rule(keys).check(&Context::new(&Document::read(text.as_bytes(), markup)), &mut found);
    found.sort_by_key(|finding| finding.span);
    found
}

/// The texts that it reports.
#[track_caller]
pub(crate) fn found(keys: &str, text: &str) -> Vec<String> {
    let document = Document::new(text.as_bytes());
    let found = findings(keys, text, Markup::Plain);
    found.iter().map(|finding| document.slice(finding.span).to_owned()).collect()
}

/// The text after its first fixes.
#[track_caller]
pub(crate) fn fixed(keys: &str, text: &str, markup: Markup) -> String {
    let found = findings(keys, text, markup);
    unspin_lint::page::apply(Document::read(text.as_bytes(), markup).text(), &found)
}

/// What it makes of others' findings.
#[track_caller]
pub(crate) fn adjusted(keys: &str, text: &str) -> Vec<Adjustment> {
    let set = RuleSet::new([rule(keys)]);
    set.run(&Document::new(text.as_bytes())).adjustments
}

//! The rule `wordy-phrase` as a plugin.

use unspin_guest::{
    Document, Finding, Options, Phrases, Plugin, Rule, Safety, Severity, export, transfer_case,
};

/// Phrases and what says the same.
const WORDY: [(&str, &str); 10] = [
    ("in order to", "to"),
    ("due to the fact that", "because"),
    ("at this point in time", "now"),
    ("in the event that", "if"),
    ("a large number of", "many"),
    ("prior to", "before"),
    ("with regard to", "about"),
    ("in spite of the fact that", "although"),
    ("for the reason that", "because"),
    ("in close proximity to", "near"),
];

/// What the module holds.
pub static PLUGIN: Plugin =
    Plugin { version: env!("CARGO_PKG_VERSION"), license: "MIT OR Apache-2.0", rules: &[RULE] };
const RULE: Rule =
    Rule::new("wordy-phrase", include_str!("page.md"), check).severity(Severity::Info);
export!(PLUGIN);

fn check(document: &Document<'_>, _: &Options<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for place in Phrases::new(WORDY.iter().map(|(phrase, _)| *phrase)).find(document) {
        let shorter = transfer_case(document.slice(place.span), WORDY[place.phrase].1);
        let wordy = document.one_line(place.span);
        let message = format!("\"{wordy}\" can be said shorter: \"{shorter}\"");
        // A replacement would take away a quotation mark whose partner stands elsewhere.
        let safety = if place.has_quotation_mark { Safety::Display } else { Safety::Unsafe };
        found.push(Finding::new(place.span, message).evidence(3.0).replace(shorter, safety));
    }
    found
}

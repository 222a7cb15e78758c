//! The rule `{{id}}` as a plugin of unspin. `cargo test` runs the examples of its page, `./build.sh` makes the module;
//! the guide is `crates/guest/README.md` of unspin.

use unspin_guest::{
    Document, Finding, Options, Phrases, Plugin, Rule, Safety, Severity, export, transfer_case,
};

/// Documentation and tests: each `bad` text has exactly the marked findings, `fixed` is what their fixes make of it,
/// `good` has none.
const PAGE: &str = r#"A phrase that one word says as well.

# Why

Write here why the phrase is a fault, and where the evidence for it comes from.

# Examples

```bad
The council met [[in order to]] vote on the bridge.
```
```fixed
The council met to vote on the bridge.
```
```bad
[[In order to]] save the weir, the town closed the lock.
```
```good
The council met to vote on the bridge.
```
```good
The miller put his books in order. To the east lay the lock.
```

# When not to use

Write here for which texts the rule is wrong.
"#;

/// Phrases and what says the same.
const PHRASES: [(&str, &str); 1] = [("in order to", "to")];

/// What the module holds.
pub static PLUGIN: Plugin =
    Plugin { version: env!("CARGO_PKG_VERSION"), license: "MIT OR Apache-2.0", rules: &[RULE] };
const RULE: Rule = Rule::new("{{id}}", PAGE, check).severity(Severity::Info);
export!(PLUGIN);

fn check(document: &Document<'_>, _: &Options<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for place in Phrases::new(PHRASES.iter().map(|(phrase, _)| *phrase)).find(document) {
        let shorter = transfer_case(document.slice(place.span), PHRASES[place.phrase].1);
        let phrase = document.one_line(place.span);
        let message = format!("\"{phrase}\" can be said shorter: \"{shorter}\"");
        let safety = if place.has_quotation_mark { Safety::Display } else { Safety::Unsafe };
        found.push(Finding::new(place.span, message).evidence(3.0).replace(shorter, safety));
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_holds() {
        let answer = |export: &str, input: &[u8]| super::PLUGIN.answer(export, input);
        let rules = unspin_plugins::load_native("{{id}}", answer).expect("a good description");
        let set = unspin_lint::RuleSet::new(rules.clone());
        for rule in &rules {
            let wrong = unspin_lint::page::check(&set, rule.as_ref());
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
    }
}

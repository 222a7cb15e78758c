//! What something in a settings file means.

use unspin_lint::{RuleSet, Span};

use super::Hover;
use super::keys::words;
use super::scan::scan;
use super::shape::{Shape, family_card, rule, rule_card, type_and_default};
use super::tree::{KeySite, Scan, Site, ValueSite};

/// What the key, the id of a rule or the value at a place means; `None` where there is nothing to tell.
///
/// `offset`: the place, in bytes of the text; any is allowed. Linear in the length of the text.
pub fn hover(text: &str, offset: usize, rules: &RuleSet) -> Option<Hover> {
    let scan = scan(text, offset);
    match scan.site.as_ref()? {
        Site::Key(site) => {
            let name = scan.node(site.own?).name?;
            let markdown = key(&scan, site, name, rules)?;
            Some(Hover { span: site.part, markdown: format!("**`{name}`**{markdown}") })
        }
        Site::Value(site) => value(text, &scan, site, rules),
    }
}

fn key(scan: &Scan<'_>, site: &KeySite<'_>, name: &str, rules: &RuleSet) -> Option<String> {
    let table = Shape::of(scan, site.table, rules)?;
    if let Shape::Rules = table {
        return named(name, rules);
    }
    if let Shape::Plugins = table {
        return Some(": a plugin, a path or a table with `path` and `sha256`".into());
    }
    if let Some(key) = table.keys().iter().find(|key| key.name == name) {
        let kind = type_and_default(key.takes, &in_code(&table.default_of(key)));
        return Some(format!(": {kind}\n\n{}", key.doc));
    }
    let option = table.option(name)?;
    let kind = type_and_default(&option.kind.expected(), &in_code(&option.kind.default()));
    Some(format!(": {kind}\n\n{}", option.doc))
}

fn value(text: &str, scan: &Scan<'_>, site: &ValueSite, rules: &RuleSet) -> Option<Hover> {
    let shape = Shape::of(scan, site.owner, rules)?;
    let word: Span = site.quoted?.inner;
    let word = &text[word.range()];
    let markdown = match shape {
        Shape::Name | Shape::Names => {
            named(word, rules).or_else(|| Some(format!("\n\n{}", family_card(word, rules)?)))?
        }
        _ => {
            let (_, meaning) = words(shape).into_iter().find(|(known, _)| *known == word)?;
            format!("\n\n{meaning}")
        }
    };
    Some(Hover { span: site.token, markdown: format!("**`{word}`**{markdown}") })
}

/// A rule by its id, under the one that it has now.
fn named(name: &str, rules: &RuleSet) -> Option<String> {
    let meta = rule(name, rules)?;
    let now = if meta.id == name { String::new() } else { format!(" is now called `{}`", meta.id) };
    Some(format!("{now}\n\n{}", rule_card(meta)))
}

fn in_code(default: &str) -> String {
    if default.is_empty() { String::new() } else { format!("`{default}`") }
}

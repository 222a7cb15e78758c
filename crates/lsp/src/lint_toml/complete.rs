//! What may be written at a place.

use std::collections::BTreeSet;

use unspin_lint::{OptionMeta, RuleMeta, RuleSet, Span};

use super::keys::{FILE, Key, words};
use super::scan::scan;
use super::shape::{Shape, family_card, rule_card, type_and_default};
use super::tree::{Form, KeySite, Scan, Site, ValueSite};
use super::{Completion, CompletionKind};

/// What may be written at a place of a settings file: everything that fits there and is not there yet, in the order of
/// the guide. Which of it begins like the letters typed so far is the client's to say, as they change.
///
/// `offset`: the place, in bytes of the text; any is allowed. `rules` are those that the file may name. Linear in the
/// length of the text.
pub fn completions(text: &str, offset: usize, rules: &RuleSet) -> Vec<Completion> {
    let scan = scan(text, offset);
    match &scan.site {
        Some(Site::Key(site)) => AtKey { scan: &scan, site, rules }.completions(),
        Some(Site::Value(site)) => values(text, offset.min(text.len()), &scan, site, rules),
        None => Vec::new(),
    }
}

struct AtKey<'a> {
    scan: &'a Scan<'a>,
    site: &'a KeySite<'a>,
    rules: &'a RuleSet,
}

impl AtKey<'_> {
    fn completions(&self) -> Vec<Completion> {
        let site = self.site;
        let mut found = Vec::new();
        if let Some(shape) = Shape::of(self.scan, site.table, self.rules) {
            if matches!(shape, Shape::Rules) {
                let metas = self.rules.states().map(|state| state.rule.meta());
                let free = metas.filter(|meta| !self.is_taken(&meta.id, Shape::Rule(meta)));
                found.extend(free.map(|meta| self.rule(meta)));
            }
            let keys = shape.keys().iter().filter(|key| self.fits(key));
            found.extend(keys.map(|key| self.key(shape, key)));
            if !matches!(site.form, Form::Header { .. }) {
                let options = shape.options().iter();
                let free = options.filter(|option| !self.is_taken(&option.name, Shape::Free));
                found.extend(free.map(|option| self.option(option)));
            }
        }
        if site.form == Form::Statement && site.is_first && site.rest.is_empty() {
            self.headers(&mut found);
        }
        found
    }

    /// Whether a key may be written in this form, and is not there yet.
    fn fits(&self, key: &Key) -> bool {
        let is_list = matches!(key.shape, Shape::Overrides);
        let is_of_form = match self.site.form {
            Form::Statement => !is_list,
            Form::Inline => true,
            Form::Header { double: true } => is_list,
            // The tables of the last override may have headers of their own.
            Form::Header { double: false } if is_list => {
                self.scan.at(&[key.name]).is_some_and(|node| node.is_headed)
            }
            Form::Header { double: false } => key.shape.is_table(),
        };
        is_of_form && !self.is_taken(key.name, key.shape)
    }

    /// Whether a key is there already, and cannot stand there a second time.
    fn is_taken(&self, name: &str, shape: Shape<'_>) -> bool {
        let Some((id, node)) = self.scan.child(self.site.table, name) else { return false };
        if self.site.own == Some(id) && node.written == 1 {
            return false;
        }
        match self.site.form {
            // What only leads to something may be written again.
            _ if matches!(shape, Shape::Rules | Shape::Overrides) => false,
            Form::Statement | Form::Inline if shape.is_table() => node.is_headed,
            _ => true,
        }
    }

    /// What is missing after a key.
    fn ending(&self, shape: Shape<'_>) -> &'static str {
        let rest = self.site.rest;
        match self.site.form {
            _ if rest.starts_with(['.', '=']) => "",
            Form::Header { double: true } if rest.starts_with("]]") => "",
            Form::Header { double: true } if rest.starts_with(']') => "]",
            Form::Header { double: true } => "]]",
            Form::Header { double: false } if matches!(shape, Shape::Rules | Shape::Overrides) => {
                "."
            }
            Form::Header { double: false } if rest.starts_with(']') => "",
            Form::Header { double: false } => "]",
            _ if shape.is_table() => ".",
            _ => " = ",
        }
    }

    fn key(&self, table: Shape<'_>, key: &Key) -> Completion {
        Completion {
            label: key.name.to_owned(),
            insert: format!("{}{}", key.name, self.ending(key.shape)),
            replace: self.site.part,
            detail: type_and_default(key.takes, &table.default_of(key)),
            documentation: key.doc.to_owned(),
            kind: CompletionKind::Key,
        }
    }

    fn option(&self, option: &OptionMeta) -> Completion {
        Completion {
            label: option.name.to_string(),
            insert: format!("{}{}", option.name, self.ending(Shape::Free)),
            replace: self.site.part,
            detail: type_and_default(&option.kind.expected(), &option.kind.default()),
            documentation: option.doc.to_string(),
            kind: CompletionKind::Key,
        }
    }

    fn rule(&self, meta: &RuleMeta) -> Completion {
        let ending = self.ending(Shape::Rule(meta));
        rule(meta, &meta.id, format!("{}{ending}", meta.id), self.site.part)
    }

    /// The headers of the tables that the file does not have yet.
    fn headers(&self, found: &mut Vec<Completion>) {
        let is_free = |path: &[&str]| self.scan.at(path).is_none();
        let header = |label: &str, key: &Key| Completion {
            label: label.to_owned(),
            insert: label.to_owned(),
            replace: self.site.part,
            detail: key.takes.to_owned(),
            documentation: key.doc.to_owned(),
            kind: CompletionKind::Key,
        };
        for key in &FILE {
            match key.shape {
                Shape::Rules => {
                    let metas = self.rules.states().map(|state| state.rule.meta());
                    let free = metas.filter(|meta| is_free(&[key.name, &meta.id]));
                    found.extend(free.map(|meta| {
                        let label = format!("[{}.{}]", key.name, meta.id);
                        rule(meta, &label, label.clone(), self.site.part)
                    }));
                }
                Shape::Overrides => found.push(header(&format!("[[{}]]", key.name), key)),
                shape if shape.is_table() && is_free(&[key.name]) => {
                    found.push(header(&format!("[{}]", key.name), key));
                }
                _ => {}
            }
        }
    }
}

fn rule(meta: &RuleMeta, label: &str, insert: String, replace: Span) -> Completion {
    Completion {
        label: label.to_owned(),
        insert,
        replace,
        detail: format!("{}, {}", meta.family, meta.severity),
        documentation: rule_card(meta),
        kind: CompletionKind::Rule,
    }
}

fn values(
    text: &str,
    offset: usize,
    scan: &Scan<'_>,
    site: &ValueSite,
    rules: &RuleSet,
) -> Vec<Completion> {
    let Some(shape) = Shape::of(scan, site.owner, rules) else { return Vec::new() };
    let Some(replace) = replaced(text, offset, site) else { return Vec::new() };
    // A word as it must be written here.
    let written = |word: &str| match site.quoted {
        Some(quoted) if quoted.is_closed => word.to_owned(),
        Some(quoted) => format!("{word}{}", quoted.mark),
        None => format!("\"{word}\""),
    };
    match shape {
        Shape::Name => {
            let beside = scan.beside(site.owner);
            names(rules, replace, |name| (!beside.contains(&name)).then(|| written(name)))
        }
        // One may stand there without a list, but no second one can follow it.
        Shape::Names => names(rules, replace, |name| {
            Some(if site.quoted.is_some() { written(name) } else { format!("[\"{name}\"]") })
        }),
        Shape::Boolean if site.quoted.is_some() => Vec::new(),
        _ => {
            let words = words(shape).into_iter();
            let completion = |(word, meaning): (&str, &str)| Completion {
                label: word.to_owned(),
                insert: if matches!(shape, Shape::Boolean) { word.into() } else { written(word) },
                replace,
                detail: String::new(),
                documentation: meaning.to_owned(),
                kind: CompletionKind::Value,
            };
            words.map(completion).collect()
        }
    }
}

/// What a value takes the place of. A string that nothing closes ends with its word, since an editor may have written
/// the brackets after it. `None` if the cursor is not in it.
fn replaced(text: &str, offset: usize, site: &ValueSite) -> Option<Span> {
    let mut span = site.quoted.map_or(site.token, |quoted| quoted.inner);
    if (offset as u32) < span.start || (offset as u32) > span.end {
        return None;
    }
    if site.quoted.is_some_and(|quoted| !quoted.is_closed) {
        let rest = text.get(offset..span.end as usize)?;
        let goes_on = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let len = rest.find(|c| !goes_on(c)).unwrap_or(rest.len());
        span.end = (offset + len) as u32;
    }
    Some(span)
}

/// Rules and families that `written` gives a form to.
fn names(
    rules: &RuleSet,
    replace: Span,
    written: impl Fn(&str) -> Option<String>,
) -> Vec<Completion> {
    let metas = || rules.states().map(|state| state.rule.meta());
    let mut found: Vec<_> = metas()
        .filter_map(|meta| Some(rule(meta, &meta.id, written(&meta.id)?, replace)))
        .collect();
    let families: BTreeSet<&str> = metas().map(|meta| meta.family.as_ref()).collect();
    found.extend(families.into_iter().filter_map(|family| {
        Some(Completion {
            label: family.to_owned(),
            insert: written(family)?,
            replace,
            detail: "family".to_owned(),
            documentation: family_card(family, rules)?,
            kind: CompletionKind::Family,
        })
    }));
    found
}

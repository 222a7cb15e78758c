//! What a plugin says of itself: its version and licence, and the [`RuleMeta`] of its rules.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use unspin_lint::{OptionKind, OptionMeta, Provenance, RULE_KEYS, RuleMeta, Scope, Severity};

use crate::wire::{Reader, is_control};

/// Rules of one plugin, options of one rule, texts in one default.
const MOST: u32 = 100;
/// Bytes of a page.
const PAGE: usize = 100_000;
/// Bytes of an id or of the name of an option.
const NAME: usize = 64;

/// Reads a description; the error says what is wrong with it.
pub(crate) fn read(name: &str, path: &str, bytes: &[u8]) -> Result<Vec<RuleMeta>, String> {
    let mut reader = Reader::new(bytes);
    let version = reader.sentence("its version")?;
    let license = crate::wire::shown(reader.text("its licence", 200)?);
    let provenance = Arc::new(Provenance {
        kind: Cow::Borrowed("plugin"),
        name: name.to_owned(),
        version,
        license,
        path: path.to_owned(),
    });
    let mut rules = Vec::new();
    let mut ids = BTreeSet::new();
    for _ in 0..reader.count("rules", MOST)? {
        let meta = rule(&mut reader, &provenance)?;
        if !ids.insert(meta.id.clone()) {
            return Err(format!("two of its rules are called `{}`", meta.id));
        }
        rules.push(meta);
    }
    if rules.is_empty() {
        return Err("it has no rule".into());
    }
    reader.end()?;
    Ok(rules)
}

fn rule(reader: &mut Reader<'_>, provenance: &Arc<Provenance>) -> Result<RuleMeta, String> {
    let id = kebab(reader, "the id of a rule")?;
    if id == "internal-error" {
        return Err("`internal-error` can be no rule's id".into());
    }
    let of = |what: String| format!("`{id}`: {what}");
    let severity = reader.choice("severity", &Severity::ALL).map_err(of)?;
    let scopes = [Scope::Word, Scope::Sentence, Scope::Paragraph, Scope::Document];
    let scope = reader.choice("scope", &scopes).map_err(of)?;
    let min_confidence = reader.u32("its least confidence").map_err(of)?;
    if min_confidence > 1000 {
        return Err(of(format!("a least confidence of {min_confidence} thousandths")));
    }
    let page = reader.text("its page", PAGE).map_err(of)?.replace("\r\n", "\n");
    if unspin_lint::page::summary(&page).is_empty() {
        return Err(of("its page is empty".into()));
    }
    if let Some(c) = page.chars().find(|c| is_control(*c) && !matches!(c, '\n' | '\t')) {
        return Err(of(format!("its page holds the control character {}", c.escape_default())));
    }
    let mut options: Vec<OptionMeta> = Vec::new();
    for _ in 0..reader.count("options", MOST).map_err(of)? {
        let option = option(reader).map_err(of)?;
        if options.iter().any(|other| other.name == option.name) {
            return Err(of(format!("two of its options are called `{}`", option.name)));
        }
        options.push(option);
    }
    Ok(RuleMeta {
        id: Cow::Owned(id),
        family: Cow::Owned(provenance.name.clone()),
        severity,
        min_confidence: f64::from(min_confidence) / 1000.0,
        scope,
        page: Cow::Owned(page),
        // Whatever a plugin says counts towards no verdict that was calibrated without it, until settings say so.
        evidence: false,
        options: Cow::Owned(options),
        formerly: &[],
        provenance: Some(Arc::clone(provenance)),
    })
}

fn option(reader: &mut Reader<'_>) -> Result<OptionMeta, String> {
    let name = kebab(reader, "the name of an option")?;
    if RULE_KEYS.contains(&name.as_str()) {
        return Err(format!("`{name}` is a key of every rule and can be no option"));
    }
    let kind = match reader.u8("the type of an option")? {
        0 => OptionKind::Boolean(reader.choice("truth value", &[false, true])?),
        1 => {
            let mut bound = || reader.i64("the bounds of an option");
            let (default, least, most) = (bound()?, bound()?, bound()?);
            if !(least..=most).contains(&default) {
                return Err(format!(
                    "the default {default} of `{name}` is not from {least} to {most}"
                ));
            }
            OptionKind::Integer { default, least, most }
        }
        2 => {
            let count = reader.count("texts in a default", MOST)?;
            let texts = (0..count)
                .map(|_| reader.text("a default", 1_000).map(|text| Cow::Owned(text.to_owned())));
            OptionKind::Texts(Cow::Owned(texts.collect::<Result<_, String>>()?))
        }
        other => return Err(format!("{other} is no type of an option")),
    };
    let doc = reader.sentence("what an option does")?;
    Ok(OptionMeta { name: Cow::Owned(name), kind, doc: Cow::Owned(doc) })
}

/// Lower-case words joined by hyphens.
fn kebab(reader: &mut Reader<'_>, what: &str) -> Result<String, String> {
    let text = reader.text(what, NAME)?;
    let is_word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if !text.split('-').all(is_word) {
        return Err(format!("{what}, `{}`, is not kebab-case", crate::wire::shown(text)));
    }
    Ok(text.to_owned())
}

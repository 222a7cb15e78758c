//! Harper's dictionary: words with affix flags, expanded by the rules that come with it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use regex::Regex;
use serde::Deserialize;

use crate::evidence::Words;

#[derive(Deserialize)]
struct Annotations {
    affixes: BTreeMap<char, RawAffix>,
}

#[derive(Deserialize)]
struct RawAffix {
    kind: String,
    cross_product: bool,
    replacements: Vec<RawReplacement>,
}

#[derive(Deserialize)]
struct RawReplacement {
    remove: String,
    add: String,
    condition: String,
}

struct Affix {
    prefix: bool,
    cross_product: bool,
    replacements: Vec<Replacement>,
}

struct Replacement {
    remove: String,
    add: String,
    condition: Regex,
}

impl Affix {
    fn new(raw: RawAffix) -> anyhow::Result<Self> {
        let prefix = raw.kind == "prefix";
        let replacements = raw
            .replacements
            .into_iter()
            .map(|raw| {
                let pattern = if prefix {
                    format!("^{}", raw.condition)
                } else {
                    format!("{}$", raw.condition)
                };
                Ok(Replacement {
                    condition: Regex::new(&pattern)
                        .with_context(|| format!("affix condition {:?}", raw.condition))?,
                    remove: raw.remove,
                    add: raw.add,
                })
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(Self { prefix, cross_product: raw.cross_product, replacements })
    }

    fn apply(&self, word: &str) -> Option<String> {
        let rule = self.replacements.iter().find(|rule| rule.condition.is_match(word))?;
        if self.prefix {
            Some(format!("{}{}", rule.add, word.strip_prefix(&rule.remove)?))
        } else {
            Some(format!("{}{}", word.strip_suffix(&rule.remove)?, rule.add))
        }
    }
}

/// Reads `dictionary.dict` and `annotations.json` in `folder`.
pub(crate) fn harper(folder: &Path, words: &mut Words) -> anyhow::Result<()> {
    let read = |name| {
        let path = folder.join(name);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let affixes = affixes(&read("annotations.json")?)?;
    // The first line is the number of words.
    for line in read("dictionary.dict")?.lines().skip(1) {
        let entry = line.split('#').next().unwrap_or_default().trim();
        if let Some((word, flags)) = entry.split_once('/') {
            expand(word, flags, &affixes, |form| words.dictionary(form));
            if word.starts_with(char::is_uppercase) {
                words.of(word).current_name = true;
            }
        } else {
            words.dictionary(entry);
        }
    }
    Ok(())
}

fn affixes(json: &str) -> anyhow::Result<BTreeMap<char, Affix>> {
    let annotations: Annotations = serde_json::from_str(json).context("annotations.json")?;
    annotations.affixes.into_iter().map(|(flag, raw)| Ok((flag, Affix::new(raw)?))).collect()
}

/// Gives the word and its forms: each affix alone, and prefixes with suffixes where both allow it.
fn expand(word: &str, flags: &str, affixes: &BTreeMap<char, Affix>, mut add: impl FnMut(&str)) {
    add(word);
    let used: Vec<&Affix> = flags.chars().filter_map(|flag| affixes.get(&flag)).collect();
    for suffix in used.iter().filter(|affix| !affix.prefix) {
        let Some(form) = suffix.apply(word) else { continue };
        add(&form);
        let crossing = |affix: &&&Affix| affix.prefix && affix.cross_product;
        for prefix in used.iter().filter(crossing).filter(|_| suffix.cross_product) {
            prefix.apply(&form).iter().for_each(|form| add(form));
        }
    }
    for prefix in used.iter().filter(|affix| affix.prefix) {
        prefix.apply(word).iter().for_each(|form| add(form));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affixes_are_applied_and_crossed() {
        let affixes = affixes(
            r##"{"affixes": {
                "S": {"#": "", "kind": "suffix", "cross_product": true, "replacements": [
                    {"remove": "y", "add": "ies", "condition": "[^aeiou]y"},
                    {"remove": "", "add": "s", "condition": "[^y]"}]},
                "r": {"#": "", "kind": "prefix", "cross_product": true, "replacements": [
                    {"remove": "", "add": "re", "condition": "."}]}},
               "properties": {}}"##,
        )
        .expect("well formed");
        let mut forms = Vec::new();
        expand("supply", "SrN", &affixes, |form| forms.push(form.to_owned()));
        assert_eq!(forms, ["supply", "supplies", "resupplies", "resupply"]);
    }
}

//! `lint.toml`: what it may say, and what of it holds for one file.
//!
//! Every value keeps the place where it was written, so that a person can ask why a setting is as it is. A file is read
//! by [`SettingsFile::parse`]; a [`Stack`] is a file with those that it extends; [`Stack::settings`] is what they come
//! to for one document, and [`Settings::apply`] puts it over the rules.

mod read;
mod stack;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use globset::GlobSet;
use unspin_text::Span;

use crate::gate::Gate;
use crate::terms::{AcceptedTerms, RejectedTerms};
use crate::{LogOdds, RuleSet, Severity, Term, Terms};

pub use read::{GATE_KEYS, RULE_KEYS};
pub use stack::{Opened, Stack, StackFile};

/// Something wrong in a settings file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// Where, in bytes of the file.
    pub span: Span,
    /// What is wrong: lower case, one sentence, no final stop.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

/// Where a value was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The settings file, by its number in a [`Stack`].
    pub file: usize,
    /// The value, in bytes of that file.
    pub span: Span,
    /// Whether it stands in an `[[override]]`.
    pub in_override: bool,
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub origin: Origin,
}

/// What settings say of one rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleSettings {
    /// `severity`
    pub severity: Option<Sourced<Severity>>,
    /// `min-confidence`, 0 to 1.
    pub min_confidence: Option<Sourced<f64>>,
    /// `evidence`: whether its findings count towards the verdict.
    pub evidence: Option<Sourced<bool>>,
    /// The rule's own options, by key: TOML values as written.
    pub options: BTreeMap<String, Sourced<String>>,
}

/// A plugin that settings name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PluginFile {
    /// Its key under `[plugins]`.
    pub name: String,
    /// A path relative to the folder of its settings file.
    pub path: String,
    /// `sha256`: what its bytes must hash to, in lower-case hexadecimal.
    pub sha256: Option<String>,
}

/// What settings say, of one file or of several laid over one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// `model`: the language model in place of the one inside, a path relative to the folder of its settings file.
    pub model: Option<Sourced<String>>,
    /// `packs`: rules in TOML, files or folders, relative to the folder of their settings file; the weakest first.
    pub packs: Vec<Sourced<String>>,
    /// `[plugins]`, by name in the order of the file.
    pub plugins: Vec<Sourced<PluginFile>>,
    /// `[gate]`
    pub gate: Gate,
    /// `[rules.<id>]`, by present id.
    pub rules: BTreeMap<String, RuleSettings>,
    /// `[vocabulary] accept`
    pub accept: Vec<Sourced<Term>>,
    /// `[vocabulary] reject`
    pub reject: Vec<Sourced<Term>>,
}

/// The contents of one settings file.
#[derive(Clone, Debug, Default)]
pub struct SettingsFile {
    /// `extends`: paths relative to the folder of this file, the weakest first.
    pub extends: Vec<Sourced<String>>,
    /// What it says of all files.
    pub settings: Settings,
    /// `[[override]]`, the weakest first.
    pub overrides: Vec<Override>,
}

/// What a settings file says of some files.
#[derive(Clone, Debug)]
pub struct Override {
    files: GlobSet,
    /// Their rules and vocabulary.
    pub settings: Settings,
}

impl Settings {
    /// Puts `stronger` over these settings: values and options replace those of their key, vocabulary is added.
    pub fn merge(&mut self, stronger: &Self) {
        fn put<T: Clone>(own: &mut Option<T>, stronger: Option<&T>) {
            if let Some(value) = stronger {
                *own = Some(value.clone());
            }
        }
        put(&mut self.model, stronger.model.as_ref());
        self.gate.merge(&stronger.gate);
        self.packs.extend_from_slice(&stronger.packs);
        self.plugins.extend_from_slice(&stronger.plugins);
        for (id, from) in &stronger.rules {
            let own = self.rules.entry(id.clone()).or_default();
            put(&mut own.severity, from.severity.as_ref());
            put(&mut own.min_confidence, from.min_confidence.as_ref());
            put(&mut own.evidence, from.evidence.as_ref());
            own.options
                .extend(from.options.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        self.accept.extend_from_slice(&stronger.accept);
        self.reject.extend_from_slice(&stronger.reject);
    }

    /// Puts the settings over the rules' present state; `model`, `packs`, `plugins` and `gate` are the caller's
    /// business. Returns the options that a
    /// rule refused though each was of its type, with their places.
    pub fn apply(&self, rules: &mut RuleSet) -> Vec<Sourced<String>> {
        let mut refused = Vec::new();
        for (id, own) in &self.rules {
            let Some(state) = rules.state_mut(id) else { continue };
            let get = |value: &Option<Sourced<_>>| value.as_ref().map(|v| v.value);
            state.severity = own.severity.as_ref().map_or(state.severity, |v| v.value);
            state.counts = get(&own.evidence).unwrap_or(state.counts);
            if let Some(least) = &own.min_confidence {
                state.min_confidence = LogOdds::from_probability(least.value);
            }
            if let Some(first) = own.options.values().next() {
                let table = inline(&own.options);
                let options = toml::de::ValueDeserializer::parse(&table).map_err(Into::into);
                match options.and_then(|options| state.rule.configured(options)) {
                    Ok(rule) => state.rule = rule,
                    Err(error) => {
                        let value = one_line(&error.to_string());
                        refused.push(Sourced { value, origin: first.origin });
                    }
                }
            }
        }
        let terms = |list: &[Sourced<Term>]| {
            let terms = list.iter().map(|term| term.value.clone()).collect();
            Arc::new(Terms::new(terms, rules.inflector()))
        };
        let (accept, reject) = (terms(&self.accept), terms(&self.reject));
        rules.provide(AcceptedTerms(accept));
        rules.provide(RejectedTerms(reject));
        refused
    }
}

/// The options as one TOML value.
fn inline(options: &BTreeMap<String, Sourced<String>>) -> String {
    let mut table = String::from("{");
    for (at, (key, value)) in options.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(table, "{comma} \"{key}\" = {}", value.value);
    }
    table + " }"
}

/// The candidate that `word` was most likely meant to be, if any is near: a Damerau-Levenshtein distance of at most a
/// third of its length, or a shared beginning.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let reach = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|c| (strsim::damerau_levenshtein(word, c), c))
        .filter(|(distance, c)| {
            *distance <= reach || (word.len() >= 4 && (c.starts_with(word) || word.starts_with(c)))
        })
        .min()
        .map(|(_, c)| c)
}

fn one_line(message: &str) -> String {
    message.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("; ")
}

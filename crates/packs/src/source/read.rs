//! The TOML of a rule, key by key.

use std::ops::Range;

use toml::de::DeTable;
use unspin_lint::{LogOdds, Safety, Severity};

use super::value::{kebab_case, known, nats, number, one_of, origin, safety, string, strings};
use super::{Defaults, Form, Kind, Origin, RuleSource, condition};
use crate::PackError;
use crate::pattern::Sets;

const KEYS: [&str; 28] = [
    "id",
    "family",
    "kind",
    "severity",
    "min-confidence",
    "evidence",
    "scope",
    "safety",
    "origin",
    "message",
    "note",
    "page",
    "summary",
    "within",
    "max",
    "min",
    "formula",
    "rules",
    "set",
    "style",
    "at-start",
    "except",
    "order",
    "sets",
    "phrases",
    "regex",
    "lists",
    "examples",
];

/// A rule being read.
pub(super) struct Reader<'r, 't> {
    pub(super) toml: &'t str,
    pub(super) table: &'r DeTable<'t>,
    pub(super) form: Form<'r>,
    /// Where the rule stands, for what it lacks.
    pub(super) at: Range<usize>,
    pub(super) sets: Sets,
}

impl<'r, 't> Reader<'r, 't> {
    pub(super) fn new(
        toml: &'t str,
        table: &'r DeTable<'t>,
        form: Form<'r>,
        at: Range<usize>,
    ) -> Result<Self, PackError> {
        let keys: Vec<&'static str> = KEYS.into_iter().chain(condition::KEYS).collect();
        let mut given: Vec<_> = table.keys().collect();
        given.sort_by_key(|key| key.span().start);
        given.into_iter().try_for_each(|key| known(key, &keys))?;
        let mut sets = Sets::new();
        if let Some(value) = table.get("sets") {
            let given = value.get_ref().as_table().ok_or_else(|| {
                PackError::new(value.span(), "`sets` is no table")
                    .help("write a line `name = [\"word\", \"word\"]` for each under `[sets]`")
            })?;
            for (name, members) in given {
                let members = strings(members)?.into_iter().map(|(text, _)| text).collect();
                sets.insert(name.get_ref().as_ref().to_owned(), members);
            }
        }
        Ok(Self { toml, table, form, at, sets })
    }

    pub(super) fn rule(self) -> Result<RuleSource, PackError> {
        let id = self.required("id")?;
        let id_span = self.span("id");
        kebab_case(&id, id_span.clone())?;
        let kind = self.kind()?;
        let in_pack = matches!(self.form, Form::Pack { .. });
        let severities = Severity::ALL.map(Severity::as_str);
        let severity = Severity::ALL[self.choice("severity", &severities, in_pack.then_some(2))?];
        let scope = self.scope(kind)?;
        let safety = self.table.get("safety").map_or(Ok(Safety::Unsafe), safety)?;
        let min_confidence = match self.table.get("min-confidence") {
            None => 0.5,
            Some(value) => number(value, "min-confidence").and_then(|p| {
                let fits = (0.0..=1.0).contains(&p);
                fits.then_some(p).ok_or_else(|| {
                    PackError::new(value.span(), "`min-confidence` lies between 0 and 1")
                })
            })?,
        };
        let message = match self.form {
            Form::Pack { .. } if !self.table.contains_key("message") => super::page::message(kind),
            _ => self.required("message")?,
        };
        self.placeholders(&message, kind)?;
        let evidence = match (self.table.get("evidence"), in_pack) {
            (Some(value), _) => nats(value)?,
            (None, true) => LogOdds::from_nats(3.0),
            (None, false) => return Err(self.missing("evidence")),
        };
        let origin = self.table.get("origin").map_or(Ok(Origin::Written), origin)?;
        let defaults = Defaults { kind, evidence, origin, safety };
        let family = match self.form {
            Form::Pack { name, .. } if !self.table.contains_key("family") => name.to_owned(),
            _ => self.required("family")?,
        };
        let note = self.table.get("note").map_or(Ok(String::new()), |v| string(v, "note"))?;
        let (entries, regexes) = (self.entries(&defaults)?, self.regexes(&defaults)?);
        let page = self.page(kind, &note, &entries, &regexes)?;
        Ok(RuleSource {
            conditions: self.conditions(self.table)?,
            names: self.names()?,
            lists: self.lists()?,
            evidence: defaults.evidence,
            id,
            id_span,
            kind,
            family,
            severity,
            min_confidence,
            scope,
            safety,
            message,
            note,
            page,
            entries,
            regexes,
            sets: self.sets,
            lists_read: 0,
        })
    }

    fn lists(&self) -> Result<Vec<(String, Range<usize>)>, PackError> {
        let Some(value) = self.table.get("lists") else { return Ok(Vec::new()) };
        match self.form {
            Form::Strict => Err(PackError::new(value.span(), "`lists` stands only in a pack")
                .help("put the lists in a folder of the rule's name beside it")),
            Form::Pack { alone: true, .. } => {
                Err(PackError::new(value.span(), "a pack of one file has no lists")
                    .help("make it a folder with its `[pack]` in `pack.toml`, and put them in it"))
            }
            Form::Pack { .. } => strings(value),
        }
    }

    pub(super) fn span(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or_else(|| self.at.clone(), toml::Spanned::span)
    }

    pub(super) fn required(&self, key: &str) -> Result<String, PackError> {
        let value = self.table.get(key).ok_or_else(|| self.missing(key))?;
        let text = string(value, key)?;
        if text.trim().is_empty() {
            return Err(PackError::new(value.span(), format!("`{key}` is empty")));
        }
        Ok(text)
    }

    /// Index of the value among `names`.
    pub(super) fn choice(
        &self,
        key: &str,
        names: &[&'static str],
        default: Option<usize>,
    ) -> Result<usize, PackError> {
        let Some(value) = self.table.get(key) else {
            return default.ok_or_else(|| self.missing(key));
        };
        one_of(value, key, names)
    }

    fn placeholders(&self, message: &str, kind: Kind) -> Result<(), PackError> {
        let known = kind.placeholders();
        for part in message.split('{').skip(1) {
            let name = part.split('}').next().unwrap_or_default();
            if known.contains(&name) {
                continue;
            }
            let fault = if ["found", "suggestion", "value", "limit"].contains(&name) {
                format!("a rule of kind `{}` has no `{{{name}}}`", kind.name())
            } else {
                format!("`{{{name}}}` is no placeholder")
            };
            let known: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
            return Err(PackError::new(self.span("message"), fault)
                .help(format!("known: {}", known.join(", "))));
        }
        Ok(())
    }
}

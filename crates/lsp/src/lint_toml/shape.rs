//! What stands at a path of `lint.toml`.

use std::fmt::Write as _;

use unspin_lint::{Lookup, OptionKind, OptionMeta, RuleMeta, RuleSet, page};

use super::keys::{self, Key};
use super::tree::{Id, Scan};

/// What something in a settings file is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape<'r> {
    File,
    /// A table for each rule.
    Rules,
    Rule(&'r RuleMeta),
    Vocabulary,
    Terms {
        rejected: bool,
    },
    Term {
        rejected: bool,
    },
    Gate,
    Overrides,
    Override,
    Plugins,
    Plugin,
    Severity,
    GateSeverity,
    GateVerdict,
    Boolean,
    /// A list of rules and families.
    Names,
    /// One of them.
    Name,
    /// A value that only its writer can know, such as a path.
    Free,
}

impl<'r> Shape<'r> {
    /// What a node of a file is; `None` for what no settings file holds.
    pub(super) fn of(scan: &Scan<'_>, id: Id, rules: &'r RuleSet) -> Option<Self> {
        let path = scan.path(id)?;
        path.into_iter().try_fold(Shape::File, |shape, name| match name {
            Some(name) => shape.named(name, rules),
            None => shape.item(),
        })
    }

    fn named(self, name: &str, rules: &'r RuleSet) -> Option<Self> {
        match self {
            Self::Rules => rule(name, rules).map(Self::Rule),
            Self::Plugins => Some(Self::Plugin),
            _ => self.keys().iter().find(|key| key.name == name).map_or_else(
                || {
                    self.option(name).map(|option| match option.kind {
                        OptionKind::Boolean(_) => Self::Boolean,
                        OptionKind::Integer { .. } | OptionKind::Texts(_) => Self::Free,
                    })
                },
                |key| Some(key.shape),
            ),
        }
    }

    fn item(self) -> Option<Self> {
        match self {
            Self::Terms { rejected } => Some(Self::Term { rejected }),
            Self::Overrides => Some(Self::Override),
            Self::Names => Some(Self::Name),
            Self::Free => Some(Self::Free),
            _ => None,
        }
    }

    /// The keys of a table that are the same whatever rules there are.
    pub(super) fn keys(self) -> &'static [Key] {
        match self {
            Self::File => &keys::FILE,
            Self::Rule(_) => &keys::RULE,
            Self::Vocabulary => &keys::VOCABULARY_KEYS,
            Self::Term { rejected: false } => &keys::ACCEPTED,
            Self::Term { rejected: true } => &keys::REJECTED,
            Self::Gate => &keys::GATE_KEYS,
            Self::Override => &keys::OVERRIDE,
            Self::Plugin => &keys::PLUGIN,
            _ => &[],
        }
    }

    /// The options of a rule.
    pub(super) fn options(self) -> &'r [OptionMeta] {
        if let Self::Rule(meta) = self { &meta.options } else { &[] }
    }

    pub(super) fn option(self, name: &str) -> Option<&'r OptionMeta> {
        self.options().iter().find(|option| option.name == name)
    }

    /// Whether it may have a table header, and keys with dots.
    pub(super) fn is_table(self) -> bool {
        matches!(self, Self::Rules | Self::Rule(_) | Self::Vocabulary | Self::Gate | Self::Plugins)
    }

    /// What holds where a key of this table is not set, as written.
    pub(super) fn default_of(self, key: &Key) -> String {
        match (self, key.name) {
            (Self::Rule(meta), "severity") => format!("\"{}\"", meta.severity),
            (Self::Rule(meta), "min-confidence") => meta.min_confidence.to_string(),
            (Self::Rule(meta), "evidence") => meta.evidence.to_string(),
            _ => key.default.to_owned(),
        }
    }
}

/// A rule by its present or former id.
pub(super) fn rule<'r>(name: &str, rules: &'r RuleSet) -> Option<&'r RuleMeta> {
    match rules.lookup(name) {
        Lookup::Known(state) | Lookup::Renamed(state) => Some(state.rule.meta()),
        Lookup::Unknown(_) => None,
    }
}

/// What a key takes and what holds without it, on one line.
pub(super) fn type_and_default(takes: &str, default: &str) -> String {
    if default.is_empty() { takes.to_owned() } else { format!("{takes}; default {default}") }
}

/// A rule's summary, defaults and options, in Markdown.
pub(super) fn rule_card(meta: &RuleMeta) -> String {
    let mut card = format!(
        "{}\n\n- family: `{}`\n- `severity`: `\"{}\"`\n- `min-confidence`: `{}`\n- `evidence`: `{}`",
        page::summary(&meta.page),
        meta.family,
        meta.severity,
        meta.min_confidence,
        meta.evidence,
    );
    for OptionMeta { name, kind, doc } in meta.options.iter() {
        let _ = write!(card, "\n- `{name}`: `{}`, {doc}", kind.default());
    }
    if let Some(provenance) = &meta.provenance {
        let _ = write!(card, "\n- from the {provenance}");
    }
    card
}

/// The rules of a family, in Markdown; `None` if there is no such family.
pub(super) fn family_card(family: &str, rules: &RuleSet) -> Option<String> {
    let metas = rules.states().map(|state| state.rule.meta());
    let ids: Vec<_> = metas.filter(|m| m.family == family).map(|m| format!("`{}`", m.id)).collect();
    (!ids.is_empty()).then(|| format!("All rules of this family: {}.", ids.join(", ")))
}

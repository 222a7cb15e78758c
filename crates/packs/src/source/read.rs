//! The TOML of a rule, key by key.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unspin_lint::{LogOdds, Safety, Scope, Severity, nearest};

use super::{Entry, Kind, Origin, RuleSource};
use crate::pattern::{Pattern, PatternError, Sets};
use crate::{PackError, suggestion};

type Value<'t> = Spanned<DeValue<'t>>;

pub(super) const KEYS: [&str; 16] = [
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
    "within",
    "max",
    "sets",
    "phrases",
];
const ENTRY_KEYS: [&str; 5] = ["suggest", "evidence", "origin", "unless-before", "unless-after"];

pub(super) fn known(key: &Spanned<Cow<'_, str>>, keys: &[&'static str]) -> Result<(), PackError> {
    let name = key.get_ref().as_ref();
    if keys.contains(&name) {
        return Ok(());
    }
    let help = match nearest(name, keys.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known keys: {}", keys.join(", ")),
    };
    Err(PackError::new(key.span(), format!("unknown key `{name}`")).help(help))
}

pub(super) struct Reader<'r, 't> {
    toml: &'t str,
    table: &'r DeTable<'t>,
    sets: Sets,
}

impl<'r, 't> Reader<'r, 't> {
    pub(super) fn new(toml: &'t str, table: &'r DeTable<'t>) -> Result<Self, PackError> {
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
        Ok(Self { toml, table, sets })
    }

    pub(super) fn rule(self) -> Result<RuleSource, PackError> {
        let id = self.required("id")?;
        if !id.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        }) {
            return Err(PackError::new(self.span("id"), format!("`{id}` is not kebab-case"))
                .help("lower-case words joined by hyphens"));
        }
        let kind = self.kind()?;
        let severity =
            Severity::ALL[self.choice("severity", &Severity::ALL.map(Severity::as_str), None)?];
        let scopes = [Scope::Word, Scope::Sentence, Scope::Paragraph, Scope::Document];
        let names = ["word", "sentence", "paragraph", "document"];
        let default = if kind == Kind::Consistency { 3 } else { 1 };
        let scope = scopes[self.choice("scope", &names, Some(default))?];
        self.fits_scope(kind, scope)?;
        let safeties = [Safety::Safe, Safety::Unsafe, Safety::Display];
        let safety = safeties[self.choice("safety", &safeties.map(Safety::as_str), Some(1))?];
        let min_confidence = match self.table.get("min-confidence") {
            None => 0.5,
            Some(value) => number(value, "min-confidence").and_then(|p| {
                let fits = (0.0..=1.0).contains(&p);
                fits.then_some(p).ok_or_else(|| {
                    PackError::new(value.span(), "`min-confidence` lies between 0 and 1")
                })
            })?,
        };
        let message = self.required("message")?;
        self.placeholders(&message, kind)?;
        let evidence = self.table.get("evidence").ok_or_else(|| missing("evidence"))?;
        let origin = match self.table.get("origin") {
            None => Origin::Written,
            Some(value) => origin(value)?,
        };
        let defaults = Defaults { kind, evidence: nats(evidence)?, origin };
        let source = RuleSource {
            family: self.required("family")?,
            note: self.table.get("note").map_or(Ok(String::new()), |v| string(v, "note"))?,
            page: self.required("page")?,
            entries: self.entries(&defaults)?,
            evidence: defaults.evidence,
            sets: self.sets,
            id,
            kind,
            severity,
            min_confidence,
            scope,
            safety,
            message,
        };
        Ok(source)
    }

    fn kind(&self) -> Result<Kind, PackError> {
        let at = self.choice("kind", &Kind::NAMES, None)?;
        let count = |key: &str, default: Option<u32>| {
            let Some(value) = self.table.get(key) else {
                return default.ok_or_else(|| missing(key));
            };
            let number = number(value, key)?;
            let fits = (0.0..=1000.0).contains(&number) && number.fract() == 0.0;
            fits.then_some(number as u32).ok_or_else(|| {
                PackError::new(value.span(), format!("`{key}` is a whole number up to 1000"))
            })
        };
        let kind = match at {
            0 => Kind::Existence,
            1 => Kind::Substitution,
            2 => Kind::Repetition { within: count("within", Some(0))? },
            3 => Kind::Consistency,
            _ => Kind::Occurrence { max: count("max", None)? },
        };
        for (key, kinds) in [("within", 2), ("max", 4)] {
            if let Some(value) = self.table.get(key).filter(|_| kinds != kind.index()) {
                let message =
                    format!("`{key}` means nothing in a rule of kind `{}`", Kind::NAMES[at]);
                return Err(PackError::new(value.span(), message)
                    .help(format!("it belongs to the kind `{}`", Kind::NAMES[kinds])));
            }
        }
        Ok(kind)
    }

    /// A rule that counts must see again all that it counts.
    fn fits_scope(&self, kind: Kind, scope: Scope) -> Result<(), PackError> {
        let fits = match kind {
            Kind::Existence | Kind::Substitution => true,
            Kind::Repetition { .. } | Kind::Occurrence { .. } => scope != Scope::Word,
            Kind::Consistency => scope == Scope::Document,
        };
        let message = format!("a rule of kind `{}` sees more than this", Kind::NAMES[kind.index()]);
        let help =
            if kind == Kind::Consistency { "document" } else { "sentence, paragraph or document" };
        if fits { Ok(()) } else { Err(PackError::new(self.span("scope"), message).help(help)) }
    }

    fn span(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(0..0, Spanned::span)
    }

    fn required(&self, key: &str) -> Result<String, PackError> {
        let value = self.table.get(key).ok_or_else(|| missing(key))?;
        let text = string(value, key)?;
        if text.trim().is_empty() {
            return Err(PackError::new(value.span(), format!("`{key}` is empty")));
        }
        Ok(text)
    }

    /// Index of the value among `names`.
    fn choice(
        &self,
        key: &str,
        names: &[&'static str],
        default: Option<usize>,
    ) -> Result<usize, PackError> {
        let Some(value) = self.table.get(key) else {
            return default.ok_or_else(|| missing(key));
        };
        let text = string(value, key)?;
        names.iter().position(|name| *name == text).ok_or_else(|| {
            let help = match nearest(&text, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of {}", names.join(", ")),
            };
            PackError::new(value.span(), format!("`{text}` is no {key}")).help(help)
        })
    }

    fn placeholders(&self, message: &str, kind: Kind) -> Result<(), PackError> {
        for part in message.split('{').skip(1) {
            let name = part.split('}').next().unwrap_or_default();
            let fault = match name {
                "found" => continue,
                "suggestion" if kind.suggests() => continue,
                "suggestion" => {
                    format!(
                        "a rule of kind `{}` has no `{{suggestion}}`",
                        Kind::NAMES[kind.index()]
                    )
                }
                _ => format!("`{{{name}}}` is no placeholder"),
            };
            return Err(
                PackError::new(self.span("message"), fault).help("known: {found}, {suggestion}")
            );
        }
        Ok(())
    }

    fn entries(&self, defaults: &Defaults) -> Result<Vec<Entry>, PackError> {
        let phrases = self.table.get("phrases").ok_or_else(|| missing("phrases"))?;
        let table = phrases.get_ref().as_table().ok_or_else(|| {
            PackError::new(phrases.span(), "`phrases` is no table")
                .help("write a line `\"phrase\" = \"suggestion\"` for each under `[phrases]`")
        })?;
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            entries.push(self.entry(key.get_ref(), key.span(), value, defaults)?);
        }
        entries.sort_by_key(|e| e.span.start);
        if defaults.kind == Kind::Consistency {
            entries = self.both_sides(entries)?;
        }
        if entries.is_empty() {
            return Err(PackError::new(phrases.span(), "the rule has no phrases"));
        }
        Ok(entries)
    }

    /// Each entry `a = "b"`, followed by `b = "a"`: either may be the one to go.
    fn both_sides(&self, entries: Vec<Entry>) -> Result<Vec<Entry>, PackError> {
        let mut all = Vec::with_capacity(2 * entries.len());
        for entry in entries {
            let help = "write `\"adviser\" = \"advisor\"` or `\"<adviser>\" = \"<advisor>\"`";
            let fault = |message: String| PackError::new(entry.span.clone(), message).help(help);
            let [other] = &entry.suggestions[..] else {
                return Err(fault(format!("`{}` needs one other spelling", entry.pattern)));
            };
            let parsed = self.pattern(other, &entry.span)?;
            if !parsed.is_plain() || !entry.parsed.is_plain() {
                return Err(fault("the two sides are words and lemmas only".to_owned()));
            }
            let template = suggestion::check(&entry.pattern, &parsed);
            template.map_err(|(_, message, _)| fault(message))?;
            let side = Entry {
                pattern: other.clone(),
                parsed,
                suggestions: vec![entry.pattern.clone()],
                ..entry.clone()
            };
            all.extend([entry, side]);
        }
        Ok(all)
    }

    fn entry(
        &self,
        key: &str,
        span: Range<usize>,
        value: &'r Value<'t>,
        defaults: &Defaults,
    ) -> Result<Entry, PackError> {
        let parsed = self.pattern(key, &span)?;
        if parsed.is_wordless() {
            return Err(PackError::new(
                span,
                format!("`{key}` can match without any word of its own"),
            )
            .help("at least one word must not be optional or `*`"));
        }
        let mut entry = Entry {
            pattern: key.to_owned(),
            parsed,
            span,
            suggestions: Vec::new(),
            evidence: defaults.evidence,
            origin: defaults.origin.clone(),
            unless_before: Vec::new(),
            unless_after: Vec::new(),
        };
        if let Some(table) = value.get_ref().as_table() {
            for (key, value) in table {
                known(key, &ENTRY_KEYS)?;
                match key.get_ref().as_ref() {
                    "suggest" => self.suggestions(value, &mut entry)?,
                    "evidence" => entry.evidence = nats(value)?,
                    "origin" => entry.origin = origin(value)?,
                    "unless-before" => entry.unless_before = self.patterns(value)?,
                    _ => entry.unless_after = self.patterns(value)?,
                }
            }
        } else {
            self.suggestions(value, &mut entry)?;
        }
        match (defaults.kind.suggests(), entry.suggestions.is_empty()) {
            (false, false) => {
                let kind = Kind::NAMES[defaults.kind.index()];
                Err(PackError::new(
                    value.span(),
                    format!("a rule of kind `{kind}` suggests nothing"),
                )
                .help("write `= {}`, or make the rule's kind \"substitution\""))
            }
            (true, true) => Err(PackError::new(entry.span, format!("`{key}` has no suggestion"))
                .help("write what it should become, or make the rule's kind \"existence\"")),
            _ => Ok(entry),
        }
    }

    fn suggestions(&self, value: &'r Value<'t>, entry: &mut Entry) -> Result<(), PackError> {
        for (text, span) in strings(value)? {
            suggestion::check(&text, &entry.parsed).map_err(|(at, message, help)| {
                PackError::new(self.inside(&text, &span, at), message).help(help)
            })?;
            entry.suggestions.push(text);
        }
        Ok(())
    }

    fn patterns(&self, value: &'r Value<'t>) -> Result<Vec<Pattern>, PackError> {
        strings(value)?.into_iter().map(|(text, span)| self.pattern(&text, &span)).collect()
    }

    fn pattern(&self, text: &str, span: &Range<usize>) -> Result<Pattern, PackError> {
        Pattern::parse(text, &self.sets).map_err(|PatternError { at, message, help }| {
            let error = PackError::new(self.inside(text, span, at), message);
            if let Some(help) = help { error.help(help) } else { error }
        })
    }

    /// The rest of a string from its byte `at`, in bytes of the TOML; all of it where escapes make the two differ.
    fn inside(&self, text: &str, span: &Range<usize>, at: usize) -> Range<usize> {
        match self.toml.get(span.clone()).and_then(|raw| raw.find(text)) {
            Some(start) => span.start + start + at..span.start + start + text.len().max(at),
            None => span.clone(),
        }
    }
}

struct Defaults {
    kind: Kind,
    evidence: LogOdds,
    origin: Origin,
}

fn missing(key: &str) -> PackError {
    PackError::new(0..0, format!("`{key}` is missing"))
}

fn string(value: &Value<'_>, key: &str) -> Result<String, PackError> {
    let text = value.get_ref().as_str().map(str::to_owned);
    text.ok_or_else(|| PackError::new(value.span(), format!("`{key}` must be a string")))
}

/// A string, or an array of them, with their spans.
fn strings(value: &Value<'_>) -> Result<Vec<(String, Range<usize>)>, PackError> {
    if let Some(array) = value.get_ref().as_array() {
        return array.iter().map(|v| Ok((string(v, "each item")?, v.span()))).collect();
    }
    let text = value.get_ref().as_str().map(str::to_owned);
    let text = text
        .ok_or_else(|| PackError::new(value.span(), "a string or an array of strings is needed"))?;
    Ok(vec![(text, value.span())])
}

fn origin(value: &Value<'_>) -> Result<Origin, PackError> {
    let text = string(value, "origin")?;
    text.parse().map_err(|()| {
        let help = match nearest(&text, ["written", "channel", "wordnet"]) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "written, channel, wordnet, or observed: and a letter".to_owned(),
        };
        PackError::new(value.span(), format!("`{text}` is no origin")).help(help)
    })
}

fn nats(value: &Value<'_>) -> Result<LogOdds, PackError> {
    let nats = number(value, "evidence")?;
    if !(-20.0..=20.0).contains(&nats) {
        return Err(PackError::new(value.span(), "`evidence` lies between -20 and 20 nats"));
    }
    Ok(LogOdds::from_nats(nats))
}

fn number(value: &Value<'_>, key: &str) -> Result<f64, PackError> {
    let float = value.get_ref().as_float().map(|f| f.as_str().to_owned());
    let text = float.or_else(|| value.get_ref().as_integer().map(|i| i.as_str().to_owned()));
    text.and_then(|t| t.replace('_', "").parse().ok())
        .ok_or_else(|| PackError::new(value.span(), format!("`{key}` must be a number")))
}

//! A rule's TOML, read with spans.
//!
//! It is walked by hand as `lint.toml` is: serde would name a wrong key, but not what it was meant to be.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unspin_lint::{LogOdds, Safety, Scope, Severity, nearest};

use crate::pattern::{Pattern, PatternError};
use crate::{PackError, suggestion};

/// What a rule does with a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reports it.
    Existence,
    /// Reports it with what it should become.
    Substitution,
}

/// Where a phrase comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `written`: for this rule, from knowledge of English.
    Written,
    /// `channel`: from the project's lists of what rewording makes of English.
    Channel,
    /// `wordnet`
    Wordnet,
    /// `observed:J`: seen in the article that the letter stands for.
    Observed(String),
}

impl FromStr for Origin {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "written" => Ok(Self::Written),
            "channel" => Ok(Self::Channel),
            "wordnet" => Ok(Self::Wordnet),
            _ => match text.strip_prefix("observed:") {
                Some(at) if !at.is_empty() && at.chars().all(|c| c.is_ascii_alphanumeric()) => {
                    Ok(Self::Observed(at.into()))
                }
                _ => Err(()),
            },
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Written => f.write_str("written"),
            Self::Channel => f.write_str("channel"),
            Self::Wordnet => f.write_str("wordnet"),
            Self::Observed(at) => write!(f, "observed:{at}"),
        }
    }
}

/// A phrase of a rule, or several in one pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// As written.
    pub pattern: String,
    /// What it was read as.
    pub parsed: Pattern,
    /// Where the pattern stands, in bytes of the TOML.
    pub span: Range<usize>,
    /// What it should become, best first; as written.
    pub suggestions: Vec<String>,
    /// How much likelier it is in reworded text.
    pub evidence: LogOdds,
    /// Where it comes from.
    pub origin: Origin,
    /// Patterns that must not stand right before a match.
    pub unless_before: Vec<Pattern>,
    /// Patterns that must not stand right after a match.
    pub unless_after: Vec<Pattern>,
}

/// A rule's TOML that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSource {
    /// Kebab-case name of the fault.
    pub id: String,
    /// The family it belongs to.
    pub family: String,
    /// What it does.
    pub kind: Kind,
    /// Severity where no settings say otherwise.
    pub severity: Severity,
    /// 0 to 1.
    pub min_confidence: f64,
    /// What it must see again after a change.
    pub scope: Scope,
    /// How far its fixes may be trusted.
    pub safety: Safety,
    /// With `{found}` and `{suggestion}`.
    pub message: String,
    /// Empty where there is none.
    pub note: String,
    /// In Markdown.
    pub page: String,
    /// In the order of the file.
    pub entries: Vec<Entry>,
}

type Value<'t> = Spanned<DeValue<'t>>;

const KEYS: [&str; 13] = [
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
    "phrases",
];
const ENTRY_KEYS: [&str; 5] = ["suggest", "evidence", "origin", "unless-before", "unless-after"];

impl RuleSource {
    /// Reads the TOML of a rule.
    ///
    /// # Errors
    /// The first fault found, with its span.
    pub fn parse(toml: &str) -> Result<Self, PackError> {
        let table = DeTable::parse(toml).map_err(|error| {
            let message = error.message().lines().map(str::trim).collect::<Vec<_>>().join("; ");
            PackError::new(error.span().unwrap_or(0..0), message)
        })?;
        let table = table.into_inner();
        for key in table.keys() {
            known(key, &KEYS)?;
        }
        let reader = Reader { toml, table: &table };
        reader.rule()
    }
}

fn known(key: &Spanned<std::borrow::Cow<'_, str>>, keys: &[&'static str]) -> Result<(), PackError> {
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

struct Reader<'r, 't> {
    toml: &'t str,
    table: &'r DeTable<'t>,
}

impl<'r, 't> Reader<'r, 't> {
    fn rule(&self) -> Result<RuleSource, PackError> {
        let id = self.required("id")?;
        if !id.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        }) {
            return Err(PackError::new(self.span("id"), format!("`{id}` is not kebab-case"))
                .help("lower-case words joined by hyphens"));
        }
        let kind = match self.choice("kind", &["existence", "substitution"], None)? {
            0 => Kind::Existence,
            _ => Kind::Substitution,
        };
        let severity =
            Severity::ALL[self.choice("severity", &Severity::ALL.map(Severity::as_str), None)?];
        let scopes = [Scope::Word, Scope::Sentence, Scope::Paragraph, Scope::Document];
        let scope = scopes
            [self.choice("scope", &["word", "sentence", "paragraph", "document"], Some(1))?];
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
                "suggestion" if kind == Kind::Substitution => continue,
                "suggestion" => "an `existence` rule has no `{suggestion}`".to_owned(),
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
        if entries.is_empty() {
            return Err(PackError::new(phrases.span(), "the rule has no phrases"));
        }
        entries.sort_by_key(|e| e.span.start);
        Ok(entries)
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
        match (defaults.kind, entry.suggestions.is_empty()) {
            (Kind::Existence, false) => {
                Err(PackError::new(value.span(), "an `existence` rule suggests nothing")
                    .help("write `= {}`, or make the rule's kind \"substitution\""))
            }
            (Kind::Substitution, true) => {
                Err(PackError::new(entry.span, format!("`{key}` has no suggestion"))
                    .help("write what it should become, or make the rule's kind \"existence\""))
            }
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
        Pattern::parse(text).map_err(|PatternError { at, message, help }| {
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

//! The phrases of a rule, one by one.

use std::ops::Range;

use super::read::Reader;
use super::value::{Value, known, nats, origin, safety, strings};
use super::{Defaults, Entry, Form, Kind, RuleSource, condition};
use crate::pattern::{Pattern, PatternError};
use crate::{PackError, suggestion};

/// Keys of an entry besides its conditions.
pub(super) const KEYS: [&str; 5] = ["suggest", "evidence", "origin", "safety", "needs"];

impl<'r, 't> Reader<'r, 't> {
    pub(super) fn entries(&self, defaults: &Defaults) -> Result<Vec<Entry>, PackError> {
        let kind = defaults.kind;
        let Some(phrases) = self.table.get("phrases") else {
            let others = ["regex", "lists"].iter().any(|key| self.table.contains_key(*key));
            // In a pack the rule's lists may stand in a folder of its name, which is not known here.
            let may_lack = others || !kind.has_phrases() || self.may_have_lists();
            return if may_lack { Ok(Vec::new()) } else { Err(self.missing("phrases")) };
        };
        if !kind.has_phrases() {
            let message = "`phrases` means nothing here";
            let help = match kind {
                Kind::Metric { .. } => "a rule of kind `metric` computes a number",
                _ => "take out `style`, or the phrases: with `style` a rule is about headings",
            };
            return Err(PackError::new(phrases.span(), message).help(help));
        }
        let table = phrases.get_ref().as_table().ok_or_else(|| {
            PackError::new(phrases.span(), "`phrases` is no table")
                .help("write a line `\"phrase\" = \"suggestion\"` for each under `[phrases]`")
        })?;
        let mut given: Vec<_> = table.iter().collect();
        given.sort_by_key(|(key, _)| key.span().start);
        let mut entries = Vec::with_capacity(given.len());
        for (key, value) in given {
            let entry = self.entry(key.get_ref(), key.span(), value, defaults)?;
            if kind == Kind::Consistency {
                let parse = |text: &str, span: &Range<usize>| self.pattern(text, span);
                entries.extend(both_sides(entry, parse)?);
            } else {
                entries.push(entry);
            }
        }
        if entries.is_empty() && !self.may_have_lists() && !self.table.contains_key("regex") {
            return Err(PackError::new(phrases.span(), "the rule has no phrases"));
        }
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
        check_pattern(key, &parsed, defaults.kind)
            .map_err(|(message, help)| PackError::new(span.clone(), message).help(help))?;
        let mut entry = Entry::new(key, parsed, span, defaults);
        let kind = defaults.kind;
        if let Some(table) = value.get_ref().as_table() {
            let keys: Vec<&str> = KEYS.into_iter().chain(condition::KEYS).collect();
            for (key, value) in table {
                known(key, &keys)?;
                match key.get_ref().as_ref() {
                    "suggest" => self.suggestions(value, &mut entry)?,
                    "evidence" => entry.evidence = nats(value)?,
                    "origin" => entry.origin = origin(value)?,
                    "safety" => entry.safety = safety(value)?,
                    "needs" if matches!(kind, Kind::Conditional { .. }) => {
                        entry.needs = self.patterns(value, true)?;
                    }
                    "needs" => return Err(needs_nothing(kind, value)),
                    _ => {}
                }
            }
            entry.conditions = self.conditions(table)?;
        } else if matches!(kind, Kind::Conditional { .. }) {
            entry.needs = self.patterns(value, true)?;
        } else {
            self.suggestions(value, &mut entry)?;
        }
        if matches!(kind, Kind::Conditional { .. }) && entry.needs.is_empty() {
            return Err(PackError::new(entry.span, format!("`{key}` needs nothing")).help(
                "write what must stand in the document: `{ needs = \"World Trade Organization\" }`",
            ));
        }
        check_suggestions(key, kind, entry.suggestions.is_empty(), &entry.span, value)?;
        Ok(entry)
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

    /// Patterns; `waited_for` ones must have a word of their own.
    pub(super) fn patterns(
        &self,
        value: &Value<'t>,
        waited_for: bool,
    ) -> Result<Vec<Pattern>, PackError> {
        let read = |(text, span): (String, Range<usize>)| {
            let pattern = self.pattern(&text, &span)?;
            if waited_for && pattern.is_wordless() {
                return Err(wordless(&text, span));
            }
            Ok(pattern)
        };
        strings(value)?.into_iter().map(read).collect()
    }

    fn pattern(&self, text: &str, span: &Range<usize>) -> Result<Pattern, PackError> {
        Pattern::parse(text, &self.sets).map_err(|PatternError { at, message, help }| {
            let error = PackError::new(self.inside(text, span, at), message);
            if let Some(help) = help { error.help(help) } else { error }
        })
    }

    /// Whether phrases may come from lists that only the pack knows.
    fn may_have_lists(&self) -> bool {
        matches!(self.form, Form::Pack { alone: false, .. })
    }

    /// The rest of a string from its byte `at`, in bytes of the TOML; all of it where escapes make the two differ.
    pub(super) fn inside(&self, text: &str, span: &Range<usize>, at: usize) -> Range<usize> {
        match self.toml.get(span.clone()).and_then(|raw| raw.find(text)) {
            Some(start) => span.start + start + at..span.start + start + text.len().max(at),
            None => span.clone(),
        }
    }
}

fn wordless(text: &str, span: Range<usize>) -> PackError {
    PackError::new(span, format!("`{text}` can match without any word of its own"))
        .help("at least one word must not be optional or `*`")
}

fn needs_nothing(kind: Kind, value: &Value<'_>) -> PackError {
    let message = format!("`needs` means nothing in a rule of kind `{}`", kind.name());
    PackError::new(value.span(), message).help("it belongs to the kind `conditional`")
}

/// What a rule of this kind asks of a pattern; the error is what is wrong, and the help.
pub(super) fn check_pattern(
    text: &str,
    parsed: &Pattern,
    kind: Kind,
) -> Result<(), (String, &'static str)> {
    if parsed.is_wordless() {
        return Err((
            format!("`{text}` can match without any word of its own"),
            "at least one word must not be optional or `*`",
        ));
    }
    if matches!(kind, Kind::Capitalization { .. }) && !parsed.is_literal() {
        return Err((
            format!("`{text}` is more than words"),
            "write the words as they must be written, each phrase by itself",
        ));
    }
    Ok(())
}

/// A rule that suggests must, and no other may.
pub(super) fn check_suggestions(
    key: &str,
    kind: Kind,
    none: bool,
    span: &Range<usize>,
    value: &Value<'_>,
) -> Result<(), PackError> {
    match (kind.suggests(), none) {
        (false, false) => {
            let message = format!("a rule of kind `{}` suggests nothing", kind.name());
            Err(PackError::new(value.span(), message)
                .help("write `= {}`, or make the rule's kind \"substitution\""))
        }
        (true, true) => Err(PackError::new(span.clone(), format!("`{key}` has no suggestion"))
            .help("write what it should become, or make the rule's kind \"existence\"")),
        _ => Ok(()),
    }
}

/// An entry `a = "b"`, and `b = "a"`: either may be the one to go. `parse` reads a pattern at a span.
pub(super) fn both_sides(
    entry: Entry,
    parse: impl Fn(&str, &Range<usize>) -> Result<Pattern, PackError>,
) -> Result<[Entry; 2], PackError> {
    let help = "write `\"adviser\" = \"advisor\"` or `\"<adviser>\" = \"<advisor>\"`";
    let fault = |message: String| PackError::new(entry.span.clone(), message).help(help);
    let [other] = &entry.suggestions[..] else {
        return Err(fault(format!("`{}` needs one other spelling", entry.pattern)));
    };
    let parsed = parse(other, &entry.span)?;
    if !parsed.is_plain() || !entry.parsed.is_plain() {
        return Err(fault("the two sides are words and lemmas only".to_owned()));
    }
    if parsed.is_wordless() {
        return Err(wordless(other, entry.span.clone()));
    }
    let template = suggestion::check(&entry.pattern, &parsed);
    template.map_err(|(_, message, _)| fault(message))?;
    let side = Entry {
        pattern: other.clone(),
        parsed,
        suggestions: vec![entry.pattern.clone()],
        ..entry.clone()
    };
    Ok([entry, side])
}

impl RuleSource {
    /// How many phrases its patterns, and those of their conditions, stand for.
    pub(crate) fn expansions(&self) -> u64 {
        let own = self.entries.iter().map(Entry::expansions).sum::<u64>();
        let regexes = self.regexes.iter().flat_map(|regex| &regex.conditions);
        let conditions = self.conditions.iter().chain(regexes);
        own + conditions.map(condition::Condition::expansions).sum::<u64>()
    }
}

impl Entry {
    fn expansions(&self) -> u64 {
        let patterns = std::iter::once(&self.parsed).chain(&self.needs);
        let own: u64 = patterns.map(|pattern| u64::from(pattern.expansions)).sum();
        own + self.conditions.iter().map(condition::Condition::expansions).sum::<u64>()
    }
}

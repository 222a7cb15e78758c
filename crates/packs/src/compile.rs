//! Rules to a table: expands every pattern and numbers what the table's records refer to.

mod index;
mod pool;
mod write;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use unspin_lint::{LogOdds, Safety, Scope, Severity};

use crate::layout::{self, EMPTY, ITEM, NONE, SAFETIES, Section, condition};
use crate::pattern::{Element, Expansion, Pattern};
use crate::source::Condition;
use crate::{Entry, Kind, Manifest, PackError, RuleSource, suggestion};
use index::Index;
use pool::Pool;

/// A table of more entries than this is refused.
const MAX_ENTRIES: usize = 250_000;
/// A table of more phrases than this after expansion is refused.
const MAX_PHRASES: u64 = 1_000_000;
/// A table of more regexes than this is refused: each may take a mebibyte.
const MAX_REGEXES: usize = 1_000;

/// Compiles one rule to a table.
///
/// # Errors
/// The first fault of the TOML.
pub fn compile(toml: &str) -> Result<Vec<u8>, PackError> {
    let mut compiler = Compiler::default();
    compiler.add(toml)?;
    Ok(compiler.finish())
}

/// Gathers rules and writes them as one table, so that they share one pass over a document.
pub struct Compiler {
    rules: Vec<[u8; ITEM[Section::Rules as usize]]>,
    phrases: Vec<Phrase>,
    entries: Vec<EntryRecord>,
    context: Context,
    regexes: Vec<[u32; 4]>,
    manifest: Option<[u32; 5]>,
    ids: HashSet<String>,
    /// Phrases of all rules, with those of conditions.
    expansions: u64,
    pool: Pool,
}

/// An expanded phrase, not yet in its place.
struct Phrase {
    first: u32,
    length: u8,
    suggestions: u32,
    /// Number of the entry, or of the context group.
    entry: u32,
}

/// See [`layout::entry`].
struct EntryRecord([u32; 5]);

impl EntryRecord {
    /// An entry without conditions.
    fn new(rule: u32, evidence: LogOdds, safety: Safety) -> Self {
        let safety = SAFETIES.iter().position(|known| *known == safety);
        // What is not written in packs is the least that a fix can be.
        let safety = safety.unwrap_or(SAFETIES.len() - 1);
        Self([rule, evidence.milli().cast_unsigned(), EMPTY, NONE, safety as u32])
    }

    /// The entry with the list of its conditions, and what belongs to its kind.
    fn with(mut self, conditions: u32, own: u32) -> Self {
        self.0[layout::entry::CONDITIONS / 4] = conditions;
        self.0[layout::entry::OWN / 4] = own;
        self
    }
}

/// Patterns that conditions look for.
#[derive(Default)]
struct Context {
    phrases: Vec<Phrase>,
    groups: u32,
    /// Groups by their phrases, each as its items.
    known: HashMap<Vec<Vec<u32>>, u32>,
}

impl Default for Compiler {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            phrases: Vec::new(),
            entries: Vec::new(),
            context: Context::default(),
            regexes: Vec::new(),
            manifest: None,
            ids: HashSet::new(),
            expansions: 0,
            pool: Pool::new(),
        }
    }
}

impl Compiler {
    /// Adds a rule and returns its source as it was read.
    ///
    /// # Errors
    /// The first fault of the TOML; the compiler is then as it was, but for unused strings.
    pub fn add(&mut self, toml: &str) -> Result<RuleSource, PackError> {
        let source = RuleSource::parse(toml)?;
        self.add_source(&source)?;
        Ok(source)
    }

    /// A compiler of a pack's table.
    pub(crate) fn with_manifest(manifest: &Manifest) -> Self {
        let mut compiler = Self::default();
        let Manifest { name, version, license, description, extends } = manifest;
        let [name, version, license, description] =
            [name, version, license, description].map(|text| compiler.pool.string(text));
        let extends = compiler.pool.strings(extends);
        compiler.manifest = Some([name, version, license, description, extends]);
        compiler
    }

    /// Adds a rule that was read, perhaps with [lists](RuleSource::read_list) beside it.
    ///
    /// # Errors
    /// If the compiler has a rule of this name, two phrases of the rule match the same, or the table would grow beyond
    /// 250,000 entries, a million phrases or 1,000 regexes; it is then as it was, but for unused words and strings.
    pub fn add_source(&mut self, source: &RuleSource) -> Result<(), PackError> {
        self.check_room(source)?;
        let rule = self.rules.len() as u32;
        let first_entry = self.entries.len();
        let first_phrase = self.phrases.len();
        if let Err(error) = self.add_entries(source, rule) {
            self.entries.truncate(first_entry);
            self.phrases.truncate(first_phrase);
            return Err(error);
        }
        if !source.kind.has_phrases() {
            self.entries.push(EntryRecord::new(rule, source.evidence, source.safety));
        }
        let first_regex = self.regexes.len();
        for regex in &source.regexes {
            let conditions = self.conditions(&regex.conditions, "");
            let entry = self.entries.len() as u32;
            let record = EntryRecord::new(rule, regex.evidence, regex.safety);
            self.entries.push(record.with(conditions, NONE));
            let pattern = self.pool.string(&regex.pattern);
            let [suggestions, needs] =
                [&regex.suggestions, &regex.needs].map(|texts| self.pool.strings(texts));
            self.regexes.push([pattern, suggestions, needs, entry]);
        }
        self.ids.insert(source.id.clone());
        self.expansions += source.expansions();
        let mut record = self.rule_record(source);
        let mut put =
            |at: usize, value: u32| record[at..at + 4].copy_from_slice(&value.to_le_bytes());
        put(layout::rule::FIRST_ENTRY, first_entry as u32);
        put(layout::rule::FIRST_REGEX, first_regex as u32);
        put(layout::rule::REGEXES, source.regexes.len() as u32);
        self.rules.push(record);
        Ok(())
    }

    fn check_room(&self, source: &RuleSource) -> Result<(), PackError> {
        let at = || source.id_span.clone();
        if self.ids.contains(&source.id) {
            let message = format!("another rule is called `{}`", source.id);
            return Err(PackError::new(at(), message).help("give one of the two another name"));
        }
        let grown = [
            (
                self.entries.len() + source.entries.len() + source.regexes.len(),
                MAX_ENTRIES,
                "entries",
            ),
            (
                (self.expansions + source.expansions()) as usize,
                MAX_PHRASES as usize,
                "expanded phrases",
            ),
            (self.regexes.len() + source.regexes.len(), MAX_REGEXES, "regexes"),
        ];
        match grown.into_iter().find(|(count, most, _)| count > most) {
            None => Ok(()),
            Some((_, most, what)) => {
                let message = format!("with this rule the pack has more than {most} {what}");
                Err(PackError::new(at(), message).help("make it several packs"))
            }
        }
    }

    fn add_entries(&mut self, source: &RuleSource, rule: u32) -> Result<(), PackError> {
        let first = self.entries.len();
        // Phrases by their items.
        let mut known = Index::with_capacity(source.entries.len());
        self.phrases.reserve(source.entries.len());
        self.entries.reserve(source.entries.len());
        for entry in &source.entries {
            let both = source.conditions.iter().chain(&entry.conditions);
            if !entry.parsed.is_literal() && both.into_iter().any(|c| *c == Condition::MatchCase) {
                let message =
                    format!("`{}` is more than words, whose letter case is known", entry.pattern);
                return Err(entry
                    .fault(message)
                    .help("take `match-case` out, or write each phrase by itself"));
            }
            let record = self.entry_record(source, entry, rule);
            self.entries.push(record);
            let mut other = None;
            if let Some(words) = entry.parsed.words() {
                let items: Vec<u32> = words.map(|word| self.pool.word(word)).collect();
                let settled = entry.suggestions.iter().map(|text| suggestion::tidy(text));
                let suggestions = self.pool.strings(settled);
                other = self.add_phrase(&items, suggestions, &mut known);
            } else {
                for (elements, suggestions) in merged(entry.parsed.expand(), &entry.suggestions) {
                    let items = self.pool.items(&elements);
                    let suggestions = self.pool.strings(&suggestions);
                    other = other.or(self.add_phrase(&items, suggestions, &mut known));
                }
            }
            if let Some(other) = other {
                let other = &source.entries[other as usize - first].pattern;
                let message = if *other == entry.pattern {
                    format!("`{other}` stands twice")
                } else {
                    format!("`{}` matches what `{other}` matches", entry.pattern)
                };
                return Err(entry.fault(message).help("take it out of one of the two"));
            }
        }
        Ok(())
    }

    /// Adds a phrase of the last entry, or returns the entry that has the same.
    fn add_phrase(&mut self, items: &[u32], suggestions: u32, known: &mut Index) -> Option<u32> {
        let Self { phrases, pool, .. } = self;
        let is_same = |at: u32| pool.items_of(&phrases[at as usize]) == items;
        if let Some(other) = known.find_or_note(items, phrases.len() as u32, is_same) {
            return Some(phrases[other as usize].entry);
        }
        let entry = self.entries.len() as u32 - 1;
        let (first, length) = (pool.append(items), items.len() as u8);
        phrases.push(Phrase { first, length, suggestions, entry });
        None
    }

    fn entry_record(&mut self, source: &RuleSource, entry: &Entry, rule: u32) -> EntryRecord {
        // "WHO" needs an explanation, "who" does not.
        let is_name = matches!(source.kind, Kind::Conditional { .. })
            && entry.parsed.is_literal()
            && entry.pattern.contains(char::is_uppercase);
        let is_cased = is_name || source.conditions.contains(&Condition::MatchCase);
        let mut conditions = Cow::Borrowed(&entry.conditions[..]);
        if is_cased && !conditions.contains(&Condition::MatchCase) {
            conditions.to_mut().push(Condition::MatchCase);
        }
        let own = match source.kind {
            Kind::Conditional { .. } => self.group(&entry.needs),
            Kind::Capitalization { .. } => self.pool.string(&suggestion::tidy(&entry.pattern)),
            _ => NONE,
        };
        let conditions = self.conditions(&conditions, &entry.pattern);
        EntryRecord::new(rule, entry.evidence, entry.safety).with(conditions, own)
    }

    /// The list of some conditions of an entry that is written so.
    fn conditions(&mut self, conditions: &[Condition], written: &str) -> u32 {
        if conditions.is_empty() {
            return EMPTY;
        }
        let mut list = Vec::new();
        for condition in conditions {
            let (number, a, b) = match condition {
                Condition::UnlessBefore(patterns) => {
                    self.beside(condition::UNLESS_BEFORE, patterns, &mut list);
                    continue;
                }
                Condition::UnlessAfter(patterns) => {
                    self.beside(condition::UNLESS_AFTER, patterns, &mut list);
                    continue;
                }
                Condition::Unless(patterns) => (condition::UNLESS, self.group(patterns), 0),
                Condition::InQuotes(inside) => (condition::IN_QUOTES, u32::from(*inside), 0),
                Condition::InHeadings(inside) => (condition::IN_HEADINGS, u32::from(*inside), 0),
                Condition::Near { any, words } => (condition::NEAR, self.group(any), *words),
                Condition::DocumentContains(patterns) => {
                    (condition::DOCUMENT_CONTAINS, self.group(patterns), 0)
                }
                Condition::DocumentLacks(patterns) => {
                    (condition::DOCUMENT_LACKS, self.group(patterns), 0)
                }
                Condition::LanguageModel(mean) => {
                    (condition::LANGUAGE_MODEL, mean.cast_unsigned(), 0)
                }
                Condition::MatchCase => {
                    (condition::MATCH_CASE, self.pool.string(&suggestion::tidy(written)), 0)
                }
            };
            list.extend([number, a, b]);
        }
        self.pool.list(&list)
    }

    /// The conditions about what stands right beside a match.
    fn beside(&mut self, number: u32, patterns: &[Pattern], list: &mut Vec<u32>) {
        for expansion in patterns.iter().flat_map(Pattern::expand) {
            let items = self.pool.items(&expansion.elements);
            list.extend([number, self.pool.append(&items), items.len() as u32]);
        }
    }

    /// The context group of some patterns.
    fn group(&mut self, patterns: &[Pattern]) -> u32 {
        let expansions = patterns.iter().flat_map(Pattern::expand);
        let all: Vec<Vec<u32>> = expansions.map(|e| self.pool.items(&e.elements)).collect();
        if let Some(group) = self.context.known.get(&all) {
            return *group;
        }
        let group = self.context.groups;
        self.context.groups += 1;
        for items in &all {
            let (first, length) = (self.pool.append(items), items.len() as u8);
            let phrase = Phrase { first, length, suggestions: EMPTY, entry: group };
            self.context.phrases.push(phrase);
        }
        self.context.known.insert(all, group);
        group
    }

    fn rule_record(&mut self, source: &RuleSource) -> [u8; ITEM[Section::Rules as usize]] {
        let mut record = [0; ITEM[Section::Rules as usize]];
        let mut put =
            |at: usize, value: u32| record[at..at + 4].copy_from_slice(&value.to_le_bytes());
        put(layout::rule::ID, self.pool.string(&source.id));
        put(layout::rule::FAMILY, self.pool.string(&source.family));
        put(layout::rule::MESSAGE, self.pool.string(&source.message));
        put(layout::rule::NOTE, self.pool.string(&source.note));
        put(layout::rule::PAGE, self.pool.string(&source.page));
        put(layout::rule::MIN_CONFIDENCE, (source.min_confidence * 1e6).round() as u32);
        for (at, value) in layout::rule::OWN.into_iter().zip(source.kind.numbers()) {
            put(at, value);
        }
        put(layout::rule::NAMES, self.pool.strings(&source.names));
        // How a phrase is written is known to its entry alone.
        let conditions: Vec<Condition> =
            source.conditions.iter().filter(|c| **c != Condition::MatchCase).cloned().collect();
        put(layout::rule::CONDITIONS, self.conditions(&conditions, ""));
        record[layout::rule::KIND] = source.kind.index() as u8;
        record[layout::rule::SEVERITY] = severity_number(source.severity);
        record[layout::rule::SCOPE] = match source.scope {
            Scope::Word => 0,
            Scope::Sentence => 1,
            Scope::Paragraph => 2,
            Scope::Document => 3,
        };
        record
    }
}

/// Its place among [`Severity::ALL`].
fn severity_number(severity: Severity) -> u8 {
    match severity {
        Severity::Off => 0,
        Severity::Info => 1,
        Severity::Warning => 2,
        Severity::Error => 3,
    }
}

/// The expansions with their settled suggestions; one spelling of several forms ("put") gets the suggestions of all.
fn merged(expansions: Vec<Expansion>, templates: &[String]) -> Vec<(Vec<Element>, Vec<String>)> {
    let mut places: HashMap<Vec<Element>, usize> = HashMap::new();
    let mut all: Vec<(Vec<Element>, Vec<String>)> = Vec::new();
    for expansion in expansions {
        let settled = templates.iter().map(|template| suggestion::settle(template, &expansion));
        let place = *places.entry(expansion.elements.clone()).or_insert(all.len());
        if place == all.len() {
            all.push((expansion.elements.clone(), Vec::new()));
        }
        for suggestion in settled {
            if !all[place].1.contains(&suggestion) {
                all[place].1.push(suggestion);
            }
        }
    }
    all
}

impl Entry {
    /// A fault of it, in the file where it stands.
    fn fault(&self, message: String) -> PackError {
        let error = PackError::new(self.span.clone(), message);
        if let Some(list) = self.list { error.in_list(list) } else { error }
    }
}

//! TOML to table: expands every pattern, chooses anchors, and writes the sections.

use std::collections::{HashMap, HashSet};

use unspin_lint::{Safety, Scope, Severity};
use unspin_text::fold_key;

use crate::anchor::anchor;
use crate::layout::{self, FURTHER, HEADER, ITEM, MAGIC, Section, WILDCARD, mix, top};
use crate::pattern::{Element, Expansion, Pattern};
use crate::{Entry, Kind, PackError, RuleSource, suggestion};

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
#[derive(Default)]
pub struct Compiler {
    rules: Vec<[u8; ITEM[Section::Rules as usize]]>,
    phrases: Vec<Phrase>,
    ids: HashSet<String>,
    pool: Pool,
}

/// An expanded phrase, not yet in its place.
struct Phrase {
    elements: Vec<Element>,
    suggestions: u32,
    conditions: u32,
    evidence: i32,
    rule: u32,
    entry: u16,
}

/// Words, strings and lists, each stored once.
#[derive(Default)]
struct Pool {
    sequence: Vec<u32>,
    words: Vec<[u32; 3]>,
    word_ids: HashMap<String, u32>,
    lists: Vec<u32>,
    list_ids: HashMap<Vec<u32>, u32>,
    strings: Vec<[u32; 2]>,
    string_ids: HashMap<String, u32>,
    blob: String,
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

    /// Adds a rule that was read, perhaps with [lists](RuleSource::read_list) beside it.
    ///
    /// # Errors
    /// If the compiler has a rule of this name, or two phrases of the rule match the same; it is then as it was, but
    /// for unused strings.
    pub fn add_source(&mut self, source: &RuleSource) -> Result<(), PackError> {
        if self.ids.contains(&source.id) {
            let message = format!("another rule is called `{}`", source.id);
            return Err(PackError::new(0..0, message));
        }
        let rule = self.rules.len() as u32;
        let mut phrases = Vec::new();
        // A sequence and the entry that brought it.
        let mut known: HashMap<Vec<Element>, usize> = HashMap::new();
        for (at, entry) in source.entries.iter().enumerate() {
            let number = u16::try_from(at).map_err(|_| {
                PackError::new(entry.span.clone(), "a rule of more than 65,536 patterns")
                    .help("write it as several rules")
            })?;
            let expand =
                |p: &Pattern| p.expand().map_err(|e| PackError::new(entry.span.clone(), e.message));
            let conditions = self.conditions(entry, expand)?;
            for (elements, suggestions) in merged(expand(&entry.parsed)?, &entry.suggestions) {
                if let Some(other) = known.insert(elements.clone(), at) {
                    let other = &source.entries[other].pattern;
                    return Err(PackError::new(
                        entry.span.clone(),
                        format!("`{}` matches what `{other}` matches", entry.pattern),
                    )
                    .help("take it out of one of the two"));
                }
                let suggestions = suggestions.iter().map(|s| self.pool.string(s)).collect();
                let suggestions = self.pool.list(suggestions);
                phrases.push(Phrase {
                    elements,
                    suggestions,
                    conditions,
                    evidence: entry.evidence.milli(),
                    rule,
                    entry: number,
                });
            }
        }
        self.phrases.append(&mut phrases);
        self.ids.insert(source.id.clone());
        let record = self.rule_record(source);
        self.rules.push(record);
        Ok(())
    }

    fn conditions(
        &mut self,
        entry: &Entry,
        expand: impl Fn(&Pattern) -> Result<Vec<Expansion>, PackError>,
    ) -> Result<u32, PackError> {
        let mut list = Vec::new();
        for (side, patterns) in [(0, &entry.unless_before), (1, &entry.unless_after)] {
            for pattern in patterns {
                for expansion in expand(pattern)? {
                    let first = self.pool.sequence(&expansion.elements);
                    list.extend([side, first, expansion.elements.len() as u32]);
                }
            }
        }
        Ok(self.pool.list(list))
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
        put(
            layout::rule::LIMIT,
            match source.kind {
                Kind::Repetition { within } => within,
                Kind::Occurrence { max } => max,
                Kind::Existence | Kind::Substitution | Kind::Consistency => 0,
            },
        );
        record[layout::rule::KIND] = source.kind.index() as u8;
        record[layout::rule::SEVERITY] = match source.severity {
            Severity::Off => 0,
            Severity::Info => 1,
            Severity::Warning => 2,
            Severity::Error => 3,
        };
        record[layout::rule::SCOPE] = match source.scope {
            Scope::Word => 0,
            Scope::Sentence => 1,
            Scope::Paragraph => 2,
            Scope::Document => 3,
        };
        record[layout::rule::SAFETY] = match source.safety {
            Safety::Safe => 0,
            Safety::Unsafe => 1,
            Safety::Display => 2,
        };
        record
    }

    /// The table of all rules added. The same rules in the same order give the same bytes.
    pub fn finish(self) -> Vec<u8> {
        let Self { rules, phrases, mut pool, .. } = self;
        let mut shared: HashMap<&str, u32> = HashMap::new();
        for word in phrases.iter().flat_map(|p| &p.elements).filter_map(Element::word) {
            *shared.entry(word).or_default() += 1;
        }
        let mut placed: Vec<(u32, usize, &Phrase)> = phrases
            .iter()
            .filter_map(|phrase| {
                let at = anchor(&phrase.elements, &shared)?;
                Some((fold_key(phrase.elements[at].word()?), at, phrase))
            })
            .collect();
        placed.sort_by_key(|(key, ..)| *key);

        let mut records = Vec::with_capacity(placed.len() * ITEM[Section::Phrases as usize]);
        let mut anchors: Vec<[u32; 3]> = Vec::new();
        let mut neighbours = Vec::with_capacity(placed.len());
        for (index, (key, at, phrase)) in placed.into_iter().enumerate() {
            match anchors.last_mut() {
                Some([last, _, count]) if *last == key => *count += 1,
                _ => anchors.push([key, index as u32, 1]),
            }
            let beside =
                phrase.elements.get(at + 1).or_else(|| phrase.elements.get(at.checked_sub(1)?));
            neighbours.push(beside.and_then(Element::word).map_or(0, fold_key));
            let first = pool.sequence(&phrase.elements);
            for value in [first, phrase.suggestions, phrase.conditions] {
                records.extend(value.to_le_bytes());
            }
            records.extend(phrase.evidence.to_le_bytes());
            records.extend(phrase.rule.to_le_bytes());
            records.extend([phrase.elements.len() as u8, at as u8]);
            records.extend(phrase.entry.to_le_bytes());
        }
        let sections = [
            filter(&anchors),
            slots(&anchors),
            numbers(&neighbours),
            records,
            numbers(&pool.sequence),
            numbers(pool.words.as_flattened()),
            numbers(&pool.lists),
            numbers(pool.strings.as_flattened()),
            rules.concat(),
            pool.blob.into_bytes(),
        ];
        let mut out = Vec::with_capacity(HEADER + sections.iter().map(Vec::len).sum::<usize>());
        out.extend(MAGIC);
        for (section, size) in sections.iter().zip(ITEM) {
            out.extend(((section.len() / size) as u32).to_le_bytes());
        }
        out.extend(sections.into_iter().flatten());
        out
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

fn numbers(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

/// 16 to 32 bits an anchor, so that one word in 20 or fewer is looked up in vain.
fn filter(anchors: &[[u32; 3]]) -> Vec<u8> {
    let bits = (anchors.len().max(4) * 16).next_power_of_two();
    let mut filter = vec![0u8; bits / 8];
    for [key, ..] in anchors {
        let bit = top(mix(*key), bits.trailing_zeros());
        filter[bit / 8] |= 1 << (bit % 8);
    }
    filter
}

/// At most half full, probed linearly.
fn slots(anchors: &[[u32; 3]]) -> Vec<u8> {
    let size = (anchors.len().max(1) * 2).next_power_of_two();
    let mut slots = vec![[0u32; 3]; size];
    for anchor in anchors {
        let mut at = top(mix(anchor[0]), size.trailing_zeros());
        while slots[at][2] != 0 {
            at = (at + 1) & (size - 1);
        }
        slots[at] = *anchor;
    }
    numbers(slots.as_flattened())
}

impl Element {
    pub(crate) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Wildcard | Self::Further => None,
        }
    }
}

impl Pool {
    fn text(&mut self, text: &str) -> [u32; 2] {
        let offset = self.blob.len() as u32;
        self.blob.push_str(text);
        [offset, text.len() as u32]
    }

    fn string(&mut self, text: &str) -> u32 {
        if let Some(id) = self.string_ids.get(text) {
            return *id;
        }
        let id = self.strings.len() as u32;
        let place = self.text(text);
        self.strings.push(place);
        self.string_ids.insert(text.to_owned(), id);
        id
    }

    fn word(&mut self, word: &str) -> u32 {
        if let Some(id) = self.word_ids.get(word) {
            return *id;
        }
        let id = self.words.len() as u32;
        let [offset, length] = self.text(word);
        self.words.push([fold_key(word), offset, length]);
        self.word_ids.insert(word.to_owned(), id);
        id
    }

    /// Appends the words of a phrase; returns the first item.
    fn sequence(&mut self, elements: &[Element]) -> u32 {
        let first = self.sequence.len() as u32;
        for element in elements {
            let item = match element {
                Element::Word(word) => self.word(word),
                Element::Wildcard => WILDCARD,
                Element::Further => FURTHER,
            };
            self.sequence.push(item);
        }
        first
    }

    fn list(&mut self, items: Vec<u32>) -> u32 {
        if let Some(id) = self.list_ids.get(&items) {
            return *id;
        }
        let id = self.lists.len() as u32;
        self.lists.push(items.len() as u32);
        self.lists.extend(&items);
        self.list_ids.insert(items, id);
        id
    }
}

//! Reading one settings file.
//!
//! It is read as spanned TOML and walked by hand, because a wrong key must be pointed at, a likely one offered in its
//! place, and every other setting still obeyed.

mod gate;

use std::borrow::Cow;
use std::ops::Range;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unspin_text::Span;

use super::{
    Origin, Override, PluginFile, Problem, RuleSettings, Settings, SettingsFile, Sourced, nearest,
    one_line,
};
pub use gate::GATE_KEYS;

use crate::run::Lookup;
use crate::{OptionKind, RuleMeta, RuleSet, Severity, Term};

/// Keys of the file itself.
const KEYS: [&str; 8] =
    ["extends", "gate", "model", "override", "packs", "plugins", "rules", "vocabulary"];
/// Keys of an `[[override]]`.
const OVERRIDE_KEYS: [&str; 4] = ["files", "gate", "rules", "vocabulary"];
/// Keys of `[vocabulary]`.
const VOCABULARY_KEYS: [&str; 2] = ["accept", "reject"];
/// Keys of every `[rules.<id>]`, next to the rule's own options.
pub const RULE_KEYS: [&str; 3] = ["severity", "min-confidence", "evidence"];

type Table<'t> = DeTable<'t>;
type Value<'t> = Spanned<DeValue<'t>>;

impl SettingsFile {
    /// Reads a settings file against the rules there are; `number` is its own in a [`Stack`](super::Stack). What is
    /// wrong is left out and told, by its place.
    pub fn parse(text: &str, rules: &RuleSet, number: usize) -> (Self, Vec<Problem>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader { text, rules, number, in_override: false, problems: Vec::new() };
        for error in errors {
            reader.problem(error.span().unwrap_or(0..0), one_line(error.message()), None);
        }
        let mut file = Self::default();
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "extends" => file.extends = reader.extends(value),
                "model" => file.settings.model = reader.model(value),
                "packs" => file.settings.packs = reader.packs(value),
                "plugins" => file.settings.plugins = reader.plugins(value),
                "override" => file.overrides = reader.overrides(value),
                _ => reader.shared(key, value, &mut file.settings, &KEYS),
            }
        }
        reader.problems.sort_by_key(|p| p.span);
        (file, reader.problems)
    }
}

struct Reader<'r> {
    text: &'r str,
    rules: &'r RuleSet,
    number: usize,
    in_override: bool,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        self.problems.push(Problem { span: to_span(&span), message, help });
    }

    fn wrong(&mut self, value: &Value<'_>, message: impl Into<String>, help: &str) {
        self.problem(value.span(), message.into(), Some(help.to_owned()));
    }

    fn unknown(&mut self, key: &Spanned<Cow<'_, str>>, what: String, known: &[&str]) {
        let near = nearest(key.get_ref(), known.iter().copied());
        let help = near.map(|k| format!("did you mean `{k}`?"));
        let help = help.unwrap_or_else(|| format!("known keys: {}", known.join(", ")));
        self.problem(key.span(), what, Some(help));
    }

    fn sourced<T>(&self, span: &Range<usize>, value: T) -> Sourced<T> {
        let origin =
            Origin { file: self.number, span: to_span(span), in_override: self.in_override };
        Sourced { value, origin }
    }

    /// What may stand in the file and in an override.
    fn shared(
        &mut self,
        key: &Spanned<Cow<'_, str>>,
        value: &Value<'_>,
        settings: &mut Settings,
        known: &[&str],
    ) {
        match key.get_ref().as_ref() {
            "rules" => self.rules_table(value, settings),
            "vocabulary" => self.vocabulary(value, settings),
            "gate" => self.gate(value, &mut settings.gate),
            unknown => self.unknown(key, format!("unknown key `{unknown}`"), known),
        }
    }

    fn model(&mut self, value: &Value<'_>) -> Option<Sourced<String>> {
        let path = value.get_ref().as_str().filter(|path| !path.is_empty());
        if path.is_none() {
            let help = "write `model = \"house.model\"`, relative to this file";
            self.wrong(value, "`model` must be the path of a file", help);
        }
        path.map(|path| self.sourced(&value.span(), path.to_owned()))
    }

    fn packs(&mut self, value: &Value<'_>) -> Vec<Sourced<String>> {
        let help = "write `packs = [\"house.toml\", \"packs/legal/\"]`, relative to this file";
        self.strings(value, "`packs` must be a list of files and folders of rules", help)
    }

    fn plugins(&mut self, value: &Value<'_>) -> Vec<Sourced<PluginFile>> {
        let help = "write `[plugins]` and under it `house = \"house.wasm\"` or \
                    `house = { path = \"house.wasm\", sha256 = \"...\" }`";
        let Some(table) = self.table(value, "plugins", help) else { return Vec::new() };
        let mut plugins = Vec::with_capacity(table.len());
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if name.is_empty() || !name.chars().all(is_name) {
                let message = format!("`{name}` is no name of a plugin");
                let help = "lower-case letters, digits and hyphens";
                self.problem(key.span(), message, Some(help.to_owned()));
                continue;
            }
            let mut plugin = PluginFile { name: name.into(), path: String::new(), sha256: None };
            self.plugin(value, &mut plugin, help);
            if plugin.path.is_empty() {
                self.wrong(value, format!("the plugin `{name}` has no path"), help);
                continue;
            }
            plugins.push(self.sourced(&value.span(), plugin));
        }
        plugins.sort_by_key(|plugin| plugin.origin.span);
        plugins
    }

    fn plugin(&mut self, value: &Value<'_>, plugin: &mut PluginFile, help: &str) {
        if let Some(path) = value.get_ref().as_str() {
            path.clone_into(&mut plugin.path);
        }
        for (key, value) in value.get_ref().as_table().into_iter().flatten() {
            let text = value.get_ref().as_str().unwrap_or_default();
            match key.get_ref().as_ref() {
                "path" => text.clone_into(&mut plugin.path),
                "sha256" if text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) => {
                    plugin.sha256 = Some(text.to_ascii_lowercase());
                }
                "sha256" => {
                    self.wrong(value, "`sha256` must be 64 hexadecimal digits", help);
                    // What was meant to be pinned is not loaded unpinned.
                    plugin.sha256 = Some(text.to_owned());
                }
                unknown => {
                    let what = format!("a plugin has no key `{unknown}`");
                    self.unknown(key, what, &["path", "sha256"]);
                }
            }
        }
    }

    fn extends(&mut self, value: &Value<'_>) -> Vec<Sourced<String>> {
        let help = "write `extends = \"../desk.toml\"`, relative to this file, or a list of such";
        self.strings(
            value,
            "`extends` must be the path of a settings file, or a list of them",
            help,
        )
    }

    /// A string or a list of strings, none empty; what is not is told.
    fn strings(&mut self, value: &Value<'_>, wrong: &str, help: &str) -> Vec<Sourced<String>> {
        let one = std::slice::from_ref(value);
        let list: Box<dyn Iterator<Item = &Value<'_>>> = match value.get_ref().as_array() {
            Some(list) => Box::new(list.iter()),
            None => Box::new(one.iter()),
        };
        let mut strings = Vec::new();
        for item in list {
            match item.get_ref().as_str().filter(|text| !text.trim().is_empty()) {
                Some(text) => strings.push(self.sourced(&item.span(), text.to_owned())),
                None => self.wrong(item, wrong, help),
            }
        }
        strings
    }

    fn table<'v, 't>(
        &mut self,
        value: &'v Value<'t>,
        what: &str,
        help: &str,
    ) -> Option<&'v Table<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(value, format!("`{what}` must be a table"), help);
        }
        table
    }

    fn overrides(&mut self, value: &Value<'_>) -> Vec<Override> {
        let help = "write `[[override]]` and under it `files = [\"opinion/**\"]`";
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(value, "`override` must be a list of tables", help);
            return Vec::new();
        };
        self.in_override = true;
        let mut overrides = Vec::new();
        for value in list {
            let Some(table) = self.table(value, "override", help) else { continue };
            let mut settings = Settings::default();
            let mut files = None;
            for (key, value) in table {
                if key.get_ref() == "files" {
                    files = Some(self.files(value));
                } else {
                    self.shared(key, value, &mut settings, &OVERRIDE_KEYS);
                }
            }
            match files {
                Some(files) => overrides.push(Override { files, settings }),
                None => self.wrong(value, "an override needs `files`", help),
            }
        }
        self.in_override = false;
        overrides
    }

    fn files(&mut self, value: &Value<'_>) -> GlobSet {
        let help = "write `files = [\"*.md\", \"opinion/**\"]`, relative to the lint.toml that governs them";
        let mut set = GlobSetBuilder::new();
        for glob in self.strings(value, "`files` must be a glob or a list of globs", help) {
            let span = glob.origin.span;
            match GlobBuilder::new(&anchored(&glob.value)).literal_separator(true).build() {
                Ok(glob) => drop(set.add(glob)),
                Err(error) => {
                    let message = format!("not a glob: {}", error.kind());
                    self.problem(span.range(), message, Some(help.to_owned()));
                }
            }
        }
        set.build().unwrap_or_else(|error| {
            self.wrong(value, format!("these globs cannot be used together: {error}"), help);
            GlobSet::empty()
        })
    }

    fn vocabulary(&mut self, value: &Value<'_>, settings: &mut Settings) {
        let help = "write `[vocabulary]` and under it `accept = [\"ring-fence\"]`";
        let Some(table) = self.table(value, "vocabulary", help) else { return };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "accept" => settings.accept.extend(self.terms(value, false)),
                "reject" => settings.reject.extend(self.terms(value, true)),
                unknown => {
                    let what = format!("`vocabulary` has no list `{unknown}`");
                    self.unknown(key, what, &VOCABULARY_KEYS);
                }
            }
        }
    }

    fn terms(&mut self, value: &Value<'_>, rejected: bool) -> Vec<Sourced<Term>> {
        let help = if rejected {
            "write \"irregardless\" or { term = \"utilise\", suggest = \"use\" }"
        } else {
            "write \"ring-fence\" or { term = \"ring-fence\", inflect = false }"
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(value, "a vocabulary is a list of words and phrases", help);
            return Vec::new();
        };
        list.iter().filter_map(|item| self.term(item, rejected, help)).collect()
    }

    fn term(&mut self, value: &Value<'_>, rejected: bool, help: &str) -> Option<Sourced<Term>> {
        let mut term = Term { inflect: true, ..Term::default() };
        let known: &[&str] =
            if rejected { &["term", "suggest", "inflect"] } else { &["term", "inflect"] };
        if let Some(table) = value.get_ref().as_table() {
            for (key, value) in table {
                match key.get_ref().as_ref() {
                    "term" => {
                        value.get_ref().as_str().unwrap_or_default().clone_into(&mut term.text);
                    }
                    "inflect" => match value.get_ref().as_bool() {
                        Some(inflect) => term.inflect = inflect,
                        None => self.wrong(value, "`inflect` must be true or false", help),
                    },
                    "suggest" if rejected => {
                        let wrong = "`suggest` must be a string or a list of strings";
                        let list = self.strings(value, wrong, help);
                        term.suggestions = list.into_iter().map(|s| s.value).collect();
                    }
                    unknown => self.unknown(key, format!("a term has no key `{unknown}`"), known),
                }
            }
        } else if let Some(text) = value.get_ref().as_str() {
            text.clone_into(&mut term.text);
        }
        if !term.text.contains(char::is_alphanumeric) {
            self.wrong(value, "a term must hold a word", help);
            return None;
        }
        Some(self.sourced(&value.span(), term))
    }

    fn rules_table(&mut self, value: &Value<'_>, settings: &mut Settings) {
        let help = "write `[rules.<id>]` and under it `severity = \"warning\"`";
        let Some(table) = self.table(value, "rules", help) else { return };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let rules = self.rules;
            let state = match rules.lookup(name) {
                Lookup::Known(state) => state,
                Lookup::Renamed(state) => {
                    let id = &state.rule.meta().id;
                    let help = format!("write `[rules.{id}]`; until then it is read as that");
                    let message = format!("the rule `{name}` is now called `{id}`");
                    self.problem(key.span(), message, Some(help));
                    state
                }
                Lookup::Unknown(near) => {
                    // Whoever appends `packs` to a file puts it into its last table.
                    let held = value.get_ref().as_table();
                    let swallowed = ["packs", "plugins", "extends", "model"]
                        .into_iter()
                        .find(|key| held.is_some_and(|table| table.contains_key(*key)));
                    let help = match (swallowed, near) {
                        (Some(key), _) => {
                            format!(
                                "`{key}` stands inside this table: write it above the first `[...]`"
                            )
                        }
                        (None, Some(near)) => format!("did you mean `{near}`?"),
                        (None, None) => "`unspin rules` lists the rules".into(),
                    };
                    self.problem(key.span(), format!("there is no rule `{name}`"), Some(help));
                    continue;
                }
            };
            let meta = state.rule.meta();
            let mut layer = Settings::default();
            layer.rules.insert(meta.id.to_string(), self.rule_table(meta, value));
            settings.merge(&layer);
        }
    }

    fn rule_table(&mut self, meta: &RuleMeta, value: &Value<'_>) -> RuleSettings {
        let mut own = RuleSettings::default();
        let help = format!("write `[rules.{}]` and under it `severity = \"warning\"`", meta.id);
        let Some(table) = self.table(value, &format!("rules.{}", meta.id), &help) else {
            return own;
        };
        for (key, value) in table {
            let span = value.span();
            match key.get_ref().as_ref() {
                "severity" => {
                    own.severity = self.severity(value).map(|s| self.sourced(&span, s));
                }
                "min-confidence" => match number(value.get_ref()) {
                    Some(p) if (0.0..=1.0).contains(&p) => {
                        own.min_confidence = Some(self.sourced(&span, p));
                    }
                    _ => self.wrong(
                        value,
                        "`min-confidence` must be a number from 0 to 1",
                        "such as 0.8",
                    ),
                },
                "evidence" => match value.get_ref().as_bool() {
                    Some(counts) => own.evidence = Some(self.sourced(&span, counts)),
                    None => self.wrong(
                        value,
                        "`evidence` must be true or false",
                        "whether its findings count towards the verdict",
                    ),
                },
                name => match meta.options.iter().find(|option| option.name == name) {
                    Some(option) if fits(&option.kind, value.get_ref()) => {
                        let source = self.text[span.clone()].to_owned();
                        own.options.insert(name.to_owned(), self.sourced(&span, source));
                    }
                    Some(option) => {
                        let message = format!("`{name}` must be {}", option.kind.expected());
                        let help = format!("{}; default {}", option.doc, option.kind.default());
                        self.wrong(value, message, &help);
                    }
                    None => {
                        let known: Vec<&str> = RULE_KEYS
                            .into_iter()
                            .chain(meta.options.iter().map(|o| o.name.as_ref()))
                            .collect();
                        self.unknown(key, format!("`{}` has no option `{name}`", meta.id), &known);
                    }
                },
            }
        }
        own
    }

    fn severity(&mut self, value: &Value<'_>) -> Option<Severity> {
        let all = "error, warning, info or off";
        let Some(written) = value.get_ref().as_str() else {
            self.wrong(value, "`severity` must be a string", all);
            return None;
        };
        match written.parse() {
            Ok(severity) => Some(severity),
            Err(error) => {
                let near = nearest(written, Severity::ALL.map(Severity::as_str));
                let help = near.map(|n| format!("did you mean `{n}`?"));
                self.problem(value.span(), format!("{error}"), help);
                None
            }
        }
    }
}

/// A glob as it is matched: without a slash it may stand in any folder, a folder stands for what it holds.
fn anchored(glob: &str) -> String {
    let plain = glob.strip_prefix("./").unwrap_or(glob);
    let (rooted, plain) = (plain.starts_with('/'), plain.trim_start_matches('/'));
    let inside = if plain.ends_with('/') { "**" } else { "" };
    let anywhere = !rooted && !plain.trim_end_matches('/').contains('/');
    format!("{}{plain}{inside}", if anywhere { "**/" } else { "" })
}

fn fits(kind: &OptionKind, value: &DeValue<'_>) -> bool {
    match kind {
        OptionKind::Boolean(_) => value.is_bool(),
        OptionKind::Integer { least, most, .. } => {
            value.is_integer()
                && number(value).is_some_and(|n| (*least as f64..=*most as f64).contains(&n))
        }
        OptionKind::Texts(_) => {
            value.as_array().is_some_and(|list| list.iter().all(|item| item.get_ref().is_str()))
        }
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    let text = value.as_float().map(toml::de::DeFloat::as_str);
    text.or(value.as_integer().map(toml::de::DeInteger::as_str))?.parse().ok()
}

fn to_span(range: &Range<usize>) -> Span {
    Span::new(range.start as u32, range.end.max(range.start) as u32)
}

//! `lint.toml`: what it may say, and what to answer when it says something else.
//!
//! It is read as spanned TOML and walked by hand, because a wrong key must be pointed at, a likely one offered in its
//! place, and every other setting still obeyed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::de::IntoDeserializer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unspin_text::Span;

use crate::{LogOdds, OptionsError, Rule, RuleSet, Severity};

/// Something wrong in a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes of the file.
    pub span: Span,
    /// What is wrong: lower case, one sentence, no final stop.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

/// What a settings file says of one rule.
#[derive(Clone, Default)]
pub struct RuleSettings {
    /// `severity`
    pub severity: Option<Severity>,
    /// `min-confidence`
    pub min_confidence: Option<LogOdds>,
    /// `evidence`: whether its findings count towards the verdict.
    pub evidence: Option<bool>,
    /// The rule under its options, where there are any.
    pub rule: Option<Arc<dyn Rule>>,
}

/// A path that a settings file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathSetting {
    /// As written; relative to the folder of the settings file.
    pub path: String,
    /// Where its value stands, in bytes of the file.
    pub span: Span,
}

/// The contents of a settings file.
#[derive(Clone, Default)]
pub struct Settings {
    /// `model`: the language model to use in place of the one inside.
    pub model: Option<PathSetting>,
    /// `[rules.<id>]`, by id.
    pub rules: BTreeMap<String, RuleSettings>,
}

/// Keys of the file itself.
const KEYS: [&str; 2] = ["model", "rules"];
/// Keys of every `[rules.<id>]`, next to the rule's own options.
pub const RULE_KEYS: [&str; 3] = ["severity", "min-confidence", "evidence"];

impl Settings {
    /// Reads a settings file against the rules there are. What is wrong is left out and told.
    pub fn parse(text: &str, rules: &RuleSet) -> (Self, Vec<Problem>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader { problems: Vec::new(), rules };
        for error in errors {
            reader.problem(error.span().unwrap_or(0..0), one_line(error.message()), None);
        }
        let mut settings = Self::default();
        for (key, value) in table.into_inner() {
            match key.get_ref().as_ref() {
                "model" => settings.model = reader.path(&value),
                "rules" => reader.rules_table(value, &mut settings),
                unknown => {
                    let help = nearest(unknown, KEYS).map(|k| format!("did you mean `{k}`?"));
                    let help = help.unwrap_or_else(|| format!("known keys: {}", KEYS.join(", ")));
                    reader.problem(key.span(), format!("unknown key `{unknown}`"), Some(help));
                }
            }
        }
        reader.problems.sort_by_key(|p| p.span);
        (settings, reader.problems)
    }

    /// Puts the settings over the rules' present state.
    pub fn apply(&self, rules: &mut RuleSet) {
        for (id, own) in &self.rules {
            let Some(state) = rules.state_mut(id) else { continue };
            if let Some(rule) = &own.rule {
                state.rule = Arc::clone(rule);
            }
            state.severity = own.severity.unwrap_or(state.severity);
            state.min_confidence = own.min_confidence.unwrap_or(state.min_confidence);
            state.counts = own.evidence.unwrap_or(state.counts);
        }
    }
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

struct Reader<'r> {
    problems: Vec<Problem>,
    rules: &'r RuleSet,
}

impl Reader<'_> {
    fn problem(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        let span = Span::new(span.start as u32, span.end.max(span.start) as u32);
        self.problems.push(Problem { span, message, help });
    }

    fn path(&mut self, value: &Spanned<DeValue<'_>>) -> Option<PathSetting> {
        let span = value.span();
        match value.get_ref().as_str() {
            Some(path) if !path.is_empty() => Some(PathSetting {
                path: path.to_owned(),
                span: Span::new(span.start as u32, span.end as u32),
            }),
            _ => {
                let help = "write `model = \"house.model\"`, relative to this file".to_owned();
                self.problem(span, "`model` must be the path of a file".into(), Some(help));
                None
            }
        }
    }

    fn rules_table(&mut self, value: Spanned<DeValue<'_>>, settings: &mut Settings) {
        let span = value.span();
        let DeValue::Table(table) = value.into_inner() else {
            let help = "write `[rules.<id>]` and under it `severity = \"warning\"`".to_owned();
            return self.problem(span, "`rules` must be a table".into(), Some(help));
        };
        for (id, value) in table {
            let name = id.get_ref().as_ref();
            let Some(state) = self.rules.state(name) else {
                let near = nearest(name, self.rules.states().map(|s| s.rule.meta().id.as_ref()));
                let help = near.map_or_else(
                    || "`unspin rules` lists the rules".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                self.problem(id.span(), format!("there is no rule `{name}`"), Some(help));
                continue;
            };
            let rule = Arc::clone(&state.rule);
            let own = self.rule_table(&rule, value);
            settings.rules.insert(name.to_owned(), own);
        }
    }

    fn rule_table(&mut self, rule: &Arc<dyn Rule>, value: Spanned<DeValue<'_>>) -> RuleSettings {
        let (id, span) = (rule.meta().id.as_ref(), value.span());
        let mut own = RuleSettings::default();
        let DeValue::Table(table) = value.into_inner() else {
            let help = format!("write `[rules.{id}]` and under it `severity = \"warning\"`");
            self.problem(span, format!("`rules.{id}` must be a table"), Some(help));
            return own;
        };
        let mut options = DeTable::new();
        for (key, value) in table {
            let span = value.span();
            match key.get_ref().as_ref() {
                "severity" => match value.get_ref().as_str().map(str::parse) {
                    Some(Ok(severity)) => own.severity = Some(severity),
                    Some(Err(error)) => {
                        let written = value.get_ref().as_str().unwrap_or_default();
                        let near = nearest(written, Severity::ALL.map(Severity::as_str));
                        self.problem(
                            span,
                            format!("{error}"),
                            near.map(|n| format!("did you mean `{n}`?")),
                        );
                    }
                    None => self.problem(
                        span,
                        "`severity` must be a string".into(),
                        Some("error, warning, info or off".into()),
                    ),
                },
                "min-confidence" => match number(value.get_ref()) {
                    Some(p) if (0.0..=1.0).contains(&p) => {
                        own.min_confidence = Some(LogOdds::from_probability(p));
                    }
                    _ => self.problem(
                        span,
                        "`min-confidence` must be a number from 0 to 1".into(),
                        None,
                    ),
                },
                "evidence" => match value.get_ref().as_bool() {
                    Some(counts) => own.evidence = Some(counts),
                    None => self.problem(span, "`evidence` must be true or false".into(), None),
                },
                _ => {
                    options.insert(key, value);
                }
            }
        }
        if !options.is_empty() {
            own.rule = self.options(rule, options, span);
        }
        own
    }

    fn options(
        &mut self,
        rule: &Arc<dyn Rule>,
        options: DeTable<'_>,
        table: Range<usize>,
    ) -> Option<Arc<dyn Rule>> {
        let keys: Vec<_> = options.keys().map(|k| (k.get_ref().to_string(), k.span())).collect();
        let whole = Spanned::new(table.clone(), DeValue::Table(options));
        match rule.configured(whole.into_deserializer()) {
            Ok(rule) => return Some(rule),
            Err(OptionsError::NoOptions) => {
                for (key, span) in keys {
                    let help = nearest(&key, RULE_KEYS).map(|k| format!("did you mean `{k}`?"));
                    let help =
                        help.unwrap_or_else(|| format!("known keys: {}", RULE_KEYS.join(", ")));
                    self.problem(
                        span,
                        format!("`{}` has no option `{key}`", rule.meta().id),
                        Some(help),
                    );
                }
            }
            Err(OptionsError::Toml(error)) => {
                let message = one_line(error.message());
                // serde names the key that it does not know, but not what it was meant to be.
                let unknown = keys
                    .iter()
                    .find(|(key, _)| message.starts_with(&format!("unknown field `{key}`")));
                let help = unknown.and_then(|(key, _)| {
                    let known = message.split('`').skip(3).step_by(2).chain(RULE_KEYS);
                    nearest(key, known).map(|k| format!("did you mean `{k}`?"))
                });
                let span = error.span().or(unknown.map(|(_, span)| span.clone())).unwrap_or(table);
                self.problem(span, message, help);
            }
        }
        None
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    value
        .as_float()
        .map(|f| f.as_str().to_owned())
        .or(value.as_integer().map(|i| i.as_str().to_owned()))?
        .parse()
        .ok()
}

fn one_line(message: &str) -> String {
    message.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::{Context, Finding, RuleMeta, Scope};

    #[derive(Clone, Debug, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Options {
        min_uses: u32,
    }

    struct Named(RuleMeta, Option<Options>);

    impl Rule for Named {
        fn meta(&self) -> &RuleMeta {
            &self.0
        }

        /// As many findings as `min-uses` says, so that a test sees the option arrive.
        fn check(&self, _: &Context<'_>, out: &mut Vec<Finding>) {
            let count = self.1.as_ref().map_or(0, |options| options.min_uses);
            out.extend(
                (0..count)
                    .map(|_| Finding::new(&self.0, Span::new(0, 0), LogOdds::EVEN, String::new())),
            );
        }

        fn configured(
            &self,
            options: toml::de::ValueDeserializer<'_>,
        ) -> Result<Arc<dyn Rule>, OptionsError> {
            Ok(Arc::new(Self(self.0.clone(), Some(Options::deserialize(options)?))))
        }
    }

    struct Plain(RuleMeta);

    impl Rule for Plain {
        fn meta(&self) -> &RuleMeta {
            &self.0
        }

        fn check(&self, _: &Context<'_>, _: &mut Vec<Finding>) {}
    }

    fn rules() -> RuleSet {
        let meta = |id: &'static str| RuleMeta {
            id: id.into(),
            family: "tests".into(),
            severity: Severity::Warning,
            min_confidence: 0.5,
            scope: Scope::Word,
            page: "".into(),
        };
        RuleSet::new([
            Arc::new(Named(meta("garbled-name"), None)) as Arc<dyn Rule>,
            Arc::new(Plain(meta("doubled-word"))) as Arc<dyn Rule>,
        ])
    }

    #[track_caller]
    fn expect(text: &str, wanted: &[(&str, &str, &str)]) -> Settings {
        let (settings, problems) = Settings::parse(text, &rules());
        let got: Vec<_> = problems
            .iter()
            .map(|p| {
                (&text[p.span.range()], p.message.as_str(), p.help.as_deref().unwrap_or_default())
            })
            .collect();
        assert_eq!(got, wanted);
        settings
    }

    #[test]
    fn right_settings_are_applied() {
        let text = "[rules.garbled-name]\nseverity = \"info\"\nmin-confidence = 0.9\nevidence = false\nmin-uses = 3\n";
        let settings = expect(text, &[]);
        let mut rules = rules();
        settings.apply(&mut rules);
        let state = rules.state("garbled-name").unwrap();
        assert_eq!((state.severity, state.counts), (Severity::Info, false));
        assert_eq!(state.min_confidence, LogOdds::from_probability(0.9));
        assert_eq!(rules.state("doubled-word").unwrap().severity, Severity::Warning);
        assert_eq!(rules.run(&unspin_text::Document::new(b"")).findings.len(), 3);
    }

    #[test]
    fn a_wrong_rule_id_is_pointed_at_and_the_likely_one_offered() {
        let text = "[rules.garbled-nmae]\nseverity = \"off\"\n\n[rules.doubled-word]\nseverity = \"off\"\n";
        let settings = expect(
            text,
            &[("garbled-nmae", "there is no rule `garbled-nmae`", "did you mean `garbled-name`?")],
        );
        assert_eq!(settings.rules["doubled-word"].severity, Some(Severity::Off));
    }

    #[test]
    fn wrong_keys_and_values_are_pointed_at() {
        expect("rule = 1\n", &[("rule", "unknown key `rule`", "did you mean `rules`?")]);
        expect(
            "[rules.doubled-word]\nseverty = \"off\"\n",
            &[("severty", "`doubled-word` has no option `severty`", "did you mean `severity`?")],
        );
        expect(
            "[rules.doubled-word]\nseverity = \"eror\"\n",
            &[(
                "\"eror\"",
                "`eror` is not a severity; write error, warning, info or off",
                "did you mean `error`?",
            )],
        );
        expect(
            "[rules.doubled-word]\nmin-confidence = 80\n",
            &[("80", "`min-confidence` must be a number from 0 to 1", "")],
        );
    }

    #[test]
    fn a_model_is_a_path_with_its_place() {
        let settings = expect("model = \"house.model\"\n", &[]);
        let wanted = PathSetting { path: "house.model".into(), span: Span::new(8, 21) };
        assert_eq!(settings.model, Some(wanted));
        for wrong in ["\"\"", "3", "[1]"] {
            let text = format!("model = {wrong}\n");
            let help = "write `model = \"house.model\"`, relative to this file";
            let settings = expect(&text, &[(wrong, "`model` must be the path of a file", help)]);
            assert_eq!(settings.model, None);
        }
    }

    #[test]
    fn a_rules_own_options_are_checked_by_the_rule() {
        let (_, problems) = Settings::parse("[rules.garbled-name]\nmin-use = 3\n", &rules());
        assert_eq!(problems.len(), 1);
        assert!(
            problems[0].message.starts_with("unknown field `min-use`"),
            "{}",
            problems[0].message
        );
        assert_eq!(problems[0].help.as_deref(), Some("did you mean `min-uses`?"));
        assert_eq!(problems[0].span, Span::new(21, 28));
        let (_, problems) =
            Settings::parse("[rules.garbled-name]\nmin-uses = \"many\"\n", &rules());
        assert_eq!(problems[0].span, Span::new(32, 38));
    }

    #[test]
    fn broken_toml_is_pointed_at_and_the_rest_obeyed() {
        let text = "[rules.doubled-word]\nseverity = \"off\"\n[rules.garbled-name]\nseverity = = \"off\"\n";
        let (settings, problems) = Settings::parse(text, &rules());
        assert!(!problems.is_empty());
        assert_eq!(settings.rules["doubled-word"].severity, Some(Severity::Off));
    }
}

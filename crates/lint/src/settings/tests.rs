use std::sync::Arc;

use serde::Deserialize;
use unspin_text::Document;

use super::*;
use crate::{Context, Finding, OptionKind, OptionMeta, OptionsError, Rule, RuleMeta, Scope};

const OPTIONS: &[OptionMeta] = &[
    OptionMeta::new(
        "min-uses",
        OptionKind::Integer { default: 2, least: 0, most: 9 },
        "how often a name must stand",
    ),
    OptionMeta::new("titles", OptionKind::NO_TEXTS, "titles of the house"),
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Options {
    min_uses: u32,
    titles: Vec<String>,
}

struct Named(RuleMeta, Options);

impl Rule for Named {
    fn meta(&self) -> &RuleMeta {
        &self.0
    }

    /// As many findings as the options say, so that a test sees them arrive.
    fn check(&self, _: &Context<'_>, out: &mut Vec<Finding>) {
        let count = self.1.min_uses as usize + 10 * self.1.titles.len();
        let finding = Finding::new(&self.0, Span::new(0, 0), LogOdds::EVEN, String::new());
        out.extend(std::iter::repeat_n(finding, count));
    }

    fn configured(
        &self,
        options: toml::de::ValueDeserializer<'_>,
    ) -> Result<Arc<dyn Rule>, OptionsError> {
        Ok(Arc::new(Self(self.0.clone(), Options::deserialize(options)?)))
    }
}

fn rules() -> RuleSet {
    let rule = |id: &'static str, options, formerly| {
        let meta = RuleMeta {
            id: id.into(),
            family: "tests".into(),
            severity: Severity::Warning,
            min_confidence: 0.5,
            scope: Scope::Word,
            page: "".into(),
            evidence: true,
            options: std::borrow::Cow::Borrowed(options),
            formerly,
            provenance: None,
        };
        Arc::new(Named(meta, Options::default())) as Arc<dyn Rule>
    };
    RuleSet::new([rule("garbled-name", OPTIONS, &["broken-name"]), rule("doubled-word", &[], &[])])
}

#[track_caller]
fn expect(text: &str, wanted: &[(&str, &str, &str)]) -> SettingsFile {
    let (file, problems) = SettingsFile::parse(text, &rules(), 0);
    let got: Vec<_> = problems
        .iter()
        .map(|p| (&text[p.span.range()], p.message.as_str(), p.help.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(got, wanted);
    file
}

fn severity(settings: &Settings, rule: &str) -> Option<Severity> {
    settings.rules.get(rule)?.severity.as_ref().map(|s| s.value)
}

fn findings(rules: &RuleSet) -> usize {
    rules.run(&Document::new(b"")).findings.len()
}

#[test]
fn right_settings_are_applied() {
    let text = "[rules.garbled-name]\nseverity = \"info\"\nmin-confidence = 0.9\nevidence = false\nmin-uses = 3\n";
    let file = expect(text, &[]);
    let mut rules = rules();
    assert_eq!(file.settings.apply(&mut rules), []);
    let state = rules.state("garbled-name").unwrap();
    assert_eq!((state.severity, state.counts), (Severity::Info, false));
    assert_eq!(state.min_confidence, LogOdds::from_probability(0.9));
    assert_eq!(rules.state("doubled-word").unwrap().severity, Severity::Warning);
    assert_eq!(findings(&rules), 3);
}

#[test]
fn a_wrong_rule_id_is_pointed_at_and_the_likely_one_offered() {
    let text =
        "[rules.garbled-nmae]\nseverity = \"off\"\n\n[rules.doubled-word]\nseverity = \"off\"\n";
    let file = expect(
        text,
        &[("garbled-nmae", "there is no rule `garbled-nmae`", "did you mean `garbled-name`?")],
    );
    assert_eq!(severity(&file.settings, "doubled-word"), Some(Severity::Off));
}

#[test]
fn a_rule_that_was_renamed_is_explained_and_obeyed() {
    let help = "write `[rules.garbled-name]`; until then it is read as that";
    let problem = ("broken-name", "the rule `broken-name` is now called `garbled-name`", help);
    let file = expect("[rules.broken-name]\nseverity = \"off\"\n", &[problem]);
    assert_eq!(severity(&file.settings, "garbled-name"), Some(Severity::Off));
}

#[test]
fn wrong_keys_and_values_are_pointed_at() {
    expect("rule = 1\n", &[("rule", "unknown key `rule`", "did you mean `rules`?")]);
    let known = "known keys: extends, gate, model, override, packs, plugins, rules, vocabulary";
    expect("x = 1\n", &[("x", "unknown key `x`", known)]);
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
        &[("80", "`min-confidence` must be a number from 0 to 1", "such as 0.8")],
    );
}

#[test]
fn a_model_is_a_path_with_its_place() {
    let file = expect("model = \"house.model\"\n", &[]);
    let model = file.settings.model.unwrap();
    assert_eq!((model.value.as_str(), model.origin.span), ("house.model", Span::new(8, 21)));
    for wrong in ["\"\"", "3", "[1]"] {
        let text = format!("model = {wrong}\n");
        let help = "write `model = \"house.model\"`, relative to this file";
        let file = expect(&text, &[(wrong, "`model` must be the path of a file", help)]);
        assert_eq!(file.settings.model, None);
    }
}

#[test]
fn options_are_checked_against_what_the_rule_declares() {
    let table = "[rules.garbled-name]\n";
    expect(
        &format!("{table}min-use = 3\n"),
        &[("min-use", "`garbled-name` has no option `min-use`", "did you mean `min-uses`?")],
    );
    let help = "how often a name must stand; default 2";
    for wrong in ["\"many\"", "-1", "10", "2.5"] {
        let problem = (wrong, "`min-uses` must be a whole number from 0 to 9", help);
        expect(&format!("{table}min-uses = {wrong}\n"), &[problem]);
    }
    let problem = ("[1]", "`titles` must be a list of strings", "titles of the house; default []");
    expect(&format!("{table}titles = [1]\n"), &[problem]);
}

#[test]
fn broken_toml_is_pointed_at_and_the_rest_obeyed() {
    let text =
        "[rules.doubled-word]\nseverity = \"off\"\n[rules.garbled-name]\nseverity = = \"off\"\n";
    let (file, problems) = SettingsFile::parse(text, &rules(), 0);
    assert!(!problems.is_empty());
    assert_eq!(severity(&file.settings, "doubled-word"), Some(Severity::Off));
}

#[test]
fn vocabulary_is_words_phrases_and_tables() {
    let text = "[vocabulary]\naccept = [\"ring-fence\", { term = \"premise\", inflect = false }]\n\
                reject = [{ term = \"utilise\", suggest = [\"use\", \"employ\"] }]\n";
    let settings = expect(text, &[]).settings;
    let accept: Vec<_> =
        settings.accept.iter().map(|t| (t.value.text.as_str(), t.value.inflect)).collect();
    assert_eq!(accept, [("ring-fence", true), ("premise", false)]);
    assert_eq!(settings.reject[0].value.suggestions, ["use", "employ"]);
}

#[test]
fn wrong_vocabulary_is_pointed_at() {
    let help = "write \"ring-fence\" or { term = \"ring-fence\", inflect = false }";
    let text = "[vocabulary]\naccept = [\"...\", 3]\nallow = []\n";
    expect(
        text,
        &[
            ("\"...\"", "a term must hold a word", help),
            ("3", "a term must hold a word", help),
            ("allow", "`vocabulary` has no list `allow`", "known keys: accept, reject"),
        ],
    );
    let text = "[vocabulary]\naccept = [{ term = \"a\", suggest = \"b\" }]\n";
    expect(text, &[("suggest", "a term has no key `suggest`", "known keys: term, inflect")]);
}

#[test]
fn wrong_overrides_are_pointed_at() {
    let help = "write `[[override]]` and under it `files = [\"opinion/**\"]`";
    expect("override = 3\n", &[("3", "`override` must be a list of tables", help)]);
    let (_, problems) = SettingsFile::parse("[[override]]\nmodel = \"x\"\n", &rules(), 0);
    let messages: Vec<_> = problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(messages, ["an override needs `files`", "unknown key `model`"]);
    let (_, problems) = SettingsFile::parse("[[override]]\nfiles = [\"{a\"]\n", &rules(), 0);
    assert!(problems[0].message.starts_with("not a glob: "), "{problems:?}");
}

/// A stack of files in memory, by path; the first governs.
fn stack(files: &[(&str, &str)]) -> Stack {
    let opened = |(path, text): &(&str, &str)| Opened { path: path.into(), text: (*text).into() };
    let mut open = |path: &std::path::Path| {
        let found = files.iter().find(|(name, _)| std::path::Path::new(name) == path);
        found.map(opened).ok_or_else(|| format!("there is no {}", path.display()))
    };
    Stack::load(opened(&files[0]), &rules(), &mut open)
}

fn problems(stack: &Stack) -> Vec<(&str, &str, &str)> {
    stack
        .files()
        .iter()
        .flat_map(|file| {
            file.problems.iter().map(|p| {
                (file.path.to_str().unwrap(), &file.text[p.span.range()], p.message.as_str())
            })
        })
        .collect()
}

#[test]
fn nearer_files_and_later_overrides_win_and_vocabulary_adds_up() {
    let files = [
        (
            "a/lint.toml",
            "extends = [\"x.toml\", \"y.toml\"]\n[rules.garbled-name]\nmin-uses = 1\n\
             [vocabulary]\naccept = [\"one\"]\n[[override]]\nfiles = \"*.md\"\n\
             rules.doubled-word.severity = \"off\"\nvocabulary.accept = [\"two\"]\n",
        ),
        (
            "a/x.toml",
            "[rules.garbled-name]\nseverity = \"error\"\nmin-uses = 5\ntitles = [\"Cllr\"]\n\
             [vocabulary]\naccept = [\"three\"]\n",
        ),
        (
            "a/y.toml",
            "rules.garbled-name.severity = \"info\"\nrules.doubled-word.severity = \"info\"\n",
        ),
    ];
    let stack = stack(&files);
    assert_eq!(problems(&stack), []);
    let at = |file: &str| stack.settings(&stack.matching(std::path::Path::new(file)));
    let (text, markdown) = (at("b/c.txt"), at("b/c.md"));
    assert_eq!(severity(&text, "garbled-name"), Some(Severity::Info));
    assert_eq!(severity(&text, "doubled-word"), Some(Severity::Info));
    assert_eq!(severity(&markdown, "doubled-word"), Some(Severity::Off));
    let accepted = |s: &Settings| s.accept.iter().map(|t| t.value.text.clone()).collect::<Vec<_>>();
    assert_eq!(accepted(&text), ["three", "one"]);
    assert_eq!(accepted(&markdown), ["three", "one", "two"]);
    let mut rules = rules();
    assert_eq!(text.apply(&mut rules), []);
    assert_eq!(findings(&rules), 11, "options of two files are laid together");
    let origin = |s: &Settings| s.rules["doubled-word"].severity.as_ref().unwrap().origin;
    assert_eq!((origin(&text).file, origin(&text).in_override), (2, false));
    assert_eq!((origin(&markdown).file, origin(&markdown).in_override), (0, true));
}

#[test]
fn missing_files_and_circles_are_pointed_at() {
    let files = [
        ("a/lint.toml", "extends = [\"gone.toml\", \"../b.toml\"]\n"),
        ("a/../b.toml", "extends = \"a/lint.toml\"\n"),
        ("a/../a/lint.toml", ""),
    ];
    assert_eq!(
        problems(&stack(&files)),
        [("a/lint.toml", "\"gone.toml\"", "there is no a/gone.toml")]
    );
    let files = [("x.toml", "extends = \"y.toml\"\n"), ("y.toml", "extends = \"x.toml\"\n")];
    let stack = stack(&files);
    let wrong = "`x.toml` leads back to a file that extends this one";
    assert_eq!(problems(&stack), [("y.toml", "\"x.toml\"", wrong)]);
    let help = stack.files()[1].problems[0].help.as_deref();
    assert_eq!(help, Some("x.toml extends y.toml extends x.toml; take one of them out"));
}

#[test]
fn a_base_of_two_files_holds_once_below_both() {
    let files = [
        ("lint.toml", "extends = [\"x.toml\", \"y.toml\"]\n"),
        ("x.toml", "extends = \"base.toml\"\nrules.doubled-word.severity = \"info\"\n"),
        ("y.toml", "extends = \"base.toml\"\n"),
        ("base.toml", "rules.doubled-word.severity = \"error\"\n"),
    ];
    assert_eq!(severity(&stack(&files).settings(&[]), "doubled-word"), Some(Severity::Info));
}

#[test]
fn a_chain_of_files_has_an_end() {
    let texts: Vec<(String, String)> = (0..100)
        .map(|i| (format!("{i}.toml"), format!("extends = \"{}.toml\"\n", i + 1)))
        .collect();
    let files: Vec<_> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let stack = stack(&files);
    assert_eq!(
        problems(&stack),
        [("31.toml", "\"32.toml\"", "more than 32 files extend one another")]
    );
}

#[test]
fn globs_match_as_ignore_files_do() {
    let matches = |glob: &str, file: &str| {
        let text = format!("[[override]]\nfiles = [\"{glob}\"]\n");
        stack(&[("lint.toml", &text)]).matching(std::path::Path::new(file)) == [true]
    };
    for (glob, file, wanted) in [
        ("*.md", "a/b.md", true),
        ("/*.md", "a/b.md", false),
        ("./*.md", "b.md", true),
        ("opinion/", "x/opinion/a/b.txt", true),
        ("a/opinion/", "x/a/opinion/b.txt", false),
        ("opinion/**", "opinion/a/b.txt", true),
        ("opinion/*", "opinion/a/b.txt", false),
        ("{a,b}.txt", "x/b.txt", true),
    ] {
        assert_eq!(matches(glob, file), wanted, "{glob} {file}");
    }
}

#[test]
fn packs_and_plugins_are_named_with_their_places() {
    let text = "packs = [\"house.toml\", \"packs/legal/\"]\n[plugins]\nzebra = \"z.wasm\"\n\
                echo = { path = \"e.wasm\", sha256 = \"ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789\" }\n";
    let settings = expect(text, &[]).settings;
    let packs: Vec<_> = settings.packs.iter().map(|pack| pack.value.as_str()).collect();
    assert_eq!(packs, ["house.toml", "packs/legal/"]);
    assert_eq!(&text[settings.packs[1].origin.span.range()], "\"packs/legal/\"");
    let plugins: Vec<_> =
        settings.plugins.iter().map(|p| (p.value.name.as_str(), p.value.path.as_str())).collect();
    assert_eq!(plugins, [("zebra", "z.wasm"), ("echo", "e.wasm")], "in the order of the file");
    let pin = settings.plugins[1].value.sha256.as_deref().unwrap();
    assert!(pin.starts_with("abcdef01"), "{pin}");
}

#[test]
fn a_plugin_that_is_named_wrongly_is_left_out_and_a_broken_pin_pins_all_the_same() {
    let file = expect(
        "packs = 3\n[plugins]\nEcho = \"e.wasm\"\nmute = { sha256 = \"\", paht = \"m.wasm\" }\n\
         odd = { path = \"o.wasm\", sha256 = \"12\" }\n",
        &[
            (
                "3",
                "`packs` must be a list of files and folders of rules",
                "write `packs = [\"house.toml\", \"packs/legal/\"]`, relative to this file",
            ),
            ("Echo", "`Echo` is no name of a plugin", "lower-case letters, digits and hyphens"),
            ("{ sha256 = \"\", paht = \"m.wasm\" }", "the plugin `mute` has no path", PLUGIN_HELP),
            ("\"\"", "`sha256` must be 64 hexadecimal digits", PLUGIN_HELP),
            ("paht", "a plugin has no key `paht`", "did you mean `path`?"),
            ("\"12\"", "`sha256` must be 64 hexadecimal digits", PLUGIN_HELP),
        ],
    );
    let [odd] = &file.settings.plugins[..] else { panic!("one plugin") };
    assert_eq!(odd.value.sha256.as_deref(), Some("12"), "never the hash of anything");
}

const PLUGIN_HELP: &str = "write `[plugins]` and under it `house = \"house.wasm\"` or \
                           `house = { path = \"house.wasm\", sha256 = \"...\" }`";

#[test]
fn a_gate_is_read_line_by_line() {
    let text = "[gate]\nseverity = \"never\"\nverdict = \"doubtful\"\nfindings = 3\ndensity = 2\n\
                rules = [\"garbled-name\", \"tests\"]\n\
                [[override]]\nfiles = \"wire/**\"\ngate.severity = \"error\"\n";
    let file = expect(text, &[]);
    let gate = &file.settings.gate;
    let value = |set: &Sourced<Severity>| set.value;
    assert_eq!(gate.severity.as_ref().map(value), Some(Severity::Off));
    assert_eq!(gate.verdict.as_ref().unwrap().value, crate::Level::Doubtful);
    assert_eq!(gate.findings.as_ref().unwrap().value, 3);
    assert!((gate.density.as_ref().unwrap().value - 2.0).abs() < 1e-9);
    assert_eq!(gate.rules.as_ref().unwrap().value, ["garbled-name", "tests"]);
    let mut both = file.settings.clone();
    both.merge(&file.overrides[0].settings);
    assert_eq!(both.gate.severity.as_ref().map(value), Some(Severity::Error));
    assert_eq!(both.gate.findings, gate.findings, "lines that it does not name stay");
}

#[test]
fn a_wrong_line_of_a_gate_is_told_and_left_out() {
    let file = expect(
        "[gate]\nseverity = \"eror\"\nverdict = \"spun\"\nfindings = 0\ndensity = \"high\"\n\
         rules = [\"garbled-nane\", \"garbled-name\"]\nlevel = 1\n",
        &[
            (
                "\"eror\"",
                "`severity` must be one of error, warning, info, never",
                "did you mean `error`?",
            ),
            ("\"spun\"", "`verdict` must be one of reworded, doubtful, never", ""),
            (
                "0",
                "`findings` must be a whole number above 0",
                "so many findings in one text fail, such as 10",
            ),
            (
                "\"high\"",
                "`density` must be a number above 0",
                "so many findings in 1,000 words fail, such as 5.0",
            ),
            ("\"garbled-nane\"", "there is no rule `garbled-nane`", "did you mean `garbled-name`?"),
            (
                "level",
                "`[gate]` has no key `level`",
                "known keys: severity, verdict, findings, density, rules",
            ),
        ],
    );
    assert_eq!(file.settings.gate.rules.unwrap().value, ["garbled-name"]);
    assert_eq!(file.settings.gate.severity, None);
}

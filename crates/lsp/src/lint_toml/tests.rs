use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use unspin_lint::{GATE_KEYS, RULE_KEYS, RuleSet, SettingsFile, Severity};
use unspin_linter::Linter;

use super::keys::{self, Key};
use super::shape::Shape;
use super::{Completion, CompletionKind, completions, hover};

static LINTER: LazyLock<Linter> = LazyLock::new(Linter::new);

fn rules() -> &'static RuleSet {
    LINTER.rules()
}

/// The text before and after the cursor, which is a `|`.
fn at_cursor(marked: &str) -> (String, usize) {
    let offset = marked.find('|').expect("the text has a cursor");
    (marked.replacen('|', "", 1), offset)
}

fn offered(marked: &str) -> Vec<Completion> {
    let (text, offset) = at_cursor(marked);
    completions(&text, offset, rules())
}

fn labels(marked: &str) -> Vec<String> {
    offered(marked).into_iter().map(|completion| completion.label).collect()
}

/// The text after a completion was chosen.
#[track_caller]
fn chosen(marked: &str, label: &str) -> String {
    let (mut text, _) = at_cursor(marked);
    let offered = offered(marked);
    let completion = offered.iter().find(|completion| completion.label == label);
    let labels = || offered.iter().map(|completion| &completion.label).collect::<Vec<_>>();
    let completion = completion.unwrap_or_else(|| panic!("{label} is not among {:?}", labels()));
    text.replace_range(completion.replace.range(), &completion.insert);
    text
}

fn ids() -> Vec<String> {
    rules().states().map(|state| state.rule.meta().id.to_string()).collect()
}

#[test]
fn an_empty_file_is_offered_keys_and_headers() {
    let offered = labels("|");
    for label in ["extends", "model", "packs", "gate", "[gate]", "[vocabulary]", "[plugins]"] {
        assert!(offered.contains(&label.to_owned()), "{label}");
    }
    assert!(offered.contains(&"[[override]]".to_owned()));
    assert!(offered.contains(&"[rules.garbled-name]".to_owned()));
    assert!(!offered.contains(&"override".to_owned()), "a list of tables has no dotted key");
    assert_eq!(chosen("ext|", "extends"), "extends = ");
    assert_eq!(chosen("ga|", "gate"), "gate.");
    assert_eq!(chosen("g|", "[gate]"), "[gate]");
}

#[test]
fn headers_are_completed_and_closed() {
    assert_eq!(labels("[|"), ["rules", "vocabulary", "gate", "plugins"]);
    assert_eq!(chosen("[ga|", "gate"), "[gate]");
    assert_eq!(chosen("[ga|]\n", "gate"), "[gate]\n");
    assert_eq!(chosen("[ru|", "rules"), "[rules.");
    assert_eq!(chosen("[rules.garb|", "garbled-name"), "[rules.garbled-name]");
    assert_eq!(
        chosen("[rules.|]\nseverity = \"off\"", "verb-frame").lines().next(),
        Some("[rules.verb-frame]")
    );
    assert_eq!(labels("[[|"), ["override"]);
    assert_eq!(chosen("[[ov|", "override"), "[[override]]");
    assert_eq!(chosen("[[ov|]", "override"), "[[override]]");
    assert_eq!(chosen("[[ov|]]", "override"), "[[override]]");
    assert_eq!(labels("[rules.garbled-name.|"), [""; 0]);
}

#[test]
fn tables_that_are_there_are_left_out() {
    assert_eq!(labels("[gate]\n[rules.verb-frame]\n[|"), ["rules", "vocabulary", "plugins"]);
    let left = labels("[rules.|]\n[rules.verb-frame]\n");
    assert_eq!(left.len(), ids().len() - 1);
    assert!(!left.contains(&"verb-frame".to_owned()));
    let headers = labels("[gate]\nseverity = \"error\"\n|\n[rules.verb-frame]\n");
    assert!(!headers.contains(&"[gate]".to_owned()));
    assert!(!headers.contains(&"[rules.verb-frame]".to_owned()));
    assert!(headers.contains(&"[rules.garbled-name]".to_owned()));
}

#[test]
fn a_rule_is_offered_its_keys_and_options() {
    let keys = ["severity", "min-confidence", "evidence", "min-uses", "titles", "well-known"];
    assert_eq!(labels("[rules.garbled-name]\nse|"), keys_only(&keys));
    assert_eq!(labels("rules.garbled-name.sev|"), keys);
    assert_eq!(labels("rules.garbled-name = { |"), keys);
    assert_eq!(chosen("rules.garbled-name.sev|", "severity"), "rules.garbled-name.severity = ");
    assert_eq!(
        chosen("[rules.garbled-name]\nmin|= 3", "min-uses"),
        "[rules.garbled-name]\nmin-uses= 3"
    );
    let left = labels("[rules.garbled-name]\nevidence = true\n|\nseverity = \"off\"\n[gate]");
    assert_eq!(left[..4], ["min-confidence", "min-uses", "titles", "well-known"]);
    let left = labels("rules.garbled-name = { severity = \"off\", |}");
    assert_eq!(left, ["min-confidence", "evidence", "min-uses", "titles", "well-known"]);
    let detail = |label: &str| {
        let offered = offered("[rules.garbled-name]\n|");
        offered.into_iter().find(|c| c.label == label).unwrap().detail
    };
    assert_eq!(detail("well-known"), "true or false; default true");
    assert_eq!(detail("severity"), "error, warning, info or off; default \"warning\"");
    // A rule that there is not has no keys.
    assert!(labels("rules.no-such-rule.|").is_empty());
}

/// What is offered at the beginning of a line, without headers.
fn keys_only(keys: &[&str]) -> Vec<String> {
    let headers = labels("[rules.garbled-name]\n|").into_iter().filter(|l| l.starts_with('['));
    keys.iter().map(|&key| key.to_owned()).chain(headers).collect()
}

#[test]
fn a_key_that_is_being_written_is_not_there_already() {
    assert!(labels("[gate]\nseverity| = \"error\"").contains(&"severity".to_owned()));
    assert!(!labels("[gate]\nseverity = 1\nsev|").contains(&"severity".to_owned()));
}

#[test]
fn words_are_offered_with_the_quotes_that_are_missing() {
    let all = ["error", "warning", "info", "off"];
    for marked in [
        "[rules.verb-frame]\nseverity = |",
        "[rules.verb-frame]\nseverity = o|\n[gate]",
        "[rules.verb-frame]\nseverity = \"|\"",
        "rules.verb-frame = { severity = \"of|",
        "rules.verb-frame = { evidence = true, severity =|}",
        "[[override]]\nrules.verb-frame.severity = '|",
        "rules = { verb-frame = { severity = \"|",
        "override = [{ rules.verb-frame.severity = \"|",
    ] {
        assert_eq!(labels(marked), all, "{marked}");
    }
    assert_eq!(chosen("gate.severity = |", "never"), "gate.severity = \"never\"");
    assert_eq!(chosen("gate.severity = nev|", "never"), "gate.severity = \"never\"");
    assert_eq!(chosen("gate.severity = \"nev|", "never"), "gate.severity = \"never\"");
    assert_eq!(chosen("gate.severity = \"nev|er\"", "never"), "gate.severity = \"never\"");
    assert_eq!(chosen("gate.severity = '|", "never"), "gate.severity = 'never'");
    assert_eq!(chosen("gate = { severity = \"|}", "never"), "gate = { severity = \"never\"}");
    assert_eq!(labels("gate.verdict = |"), ["reworded", "doubtful", "never"]);
    assert_eq!(labels("rules.verb-frame.evidence = t|"), ["true", "false"]);
    assert_eq!(labels("rules.garbled-word.suggest = |"), ["true", "false"]);
    assert_eq!(labels("gate.findings = |"), [""; 0]);
    assert_eq!(labels("extends = \"|"), [""; 0]);
}

#[test]
fn rules_and_families_are_offered_where_a_list_takes_them() {
    let offered_here = offered("[gate]\nrules = [\"altered-qu|");
    let family = offered_here.iter().find(|completion| completion.label == "phrases").unwrap();
    assert_eq!(family.kind, CompletionKind::Family);
    assert!(family.documentation.contains("`verb-frame`"), "{}", family.documentation);
    assert!(offered_here.len() > ids().len());
    assert_eq!(
        chosen("[gate]\nrules = [\"altered-qu|", "altered-quotation"),
        "[gate]\nrules = [\"altered-quotation\""
    );
    assert_eq!(
        chosen("gate = { rules = [\"verb-frame\",\n  \"alt|]}", "altered-quotation"),
        "gate = { rules = [\"verb-frame\",\n  \"altered-quotation\"]}"
    );
    assert_eq!(chosen("gate.rules = |", "residue"), "gate.rules = [\"residue\"]");
    assert_eq!(chosen("gate.rules = [|]", "residue"), "gate.rules = [\"residue\"]");
    let left = labels("[gate]\nrules = [\n  \"residue\", # why\n  |\n  \"verb-frame\",\n]\n");
    assert!(!left.contains(&"residue".to_owned()) && !left.contains(&"verb-frame".to_owned()));
    assert!(labels("gate.rules = [\"residue\" |]").is_empty(), "a comma is missing");
}

#[test]
fn terms_are_offered_their_keys() {
    assert_eq!(labels("[vocabulary]\naccept = [{ |"), ["term", "inflect"]);
    assert_eq!(
        labels("vocabulary = { reject = [\"a\",\n  { term = \"b\", |} ] }"),
        ["suggest", "inflect"]
    );
    assert_eq!(labels("[vocabulary]\nreject = [{ term = \"b\", inflect = |"), ["true", "false"]);
    assert_eq!(labels("[[vocabulary.reject]]\nterm = \"b\"\n|")[..2], ["suggest", "inflect"]);
    assert_eq!(labels("[vocabulary]\nacc|")[..2], ["accept", "reject"]);
    assert_eq!(labels("[plugins]\necho = { |"), ["path", "sha256"]);
}

#[test]
fn overrides_are_offered_their_keys_each_by_itself() {
    let text = "[[override]]\nfiles = \"*.md\"\n\n[[override]]\n|";
    assert_eq!(labels(text)[..4], ["files", "rules", "vocabulary", "gate"]);
    assert_eq!(chosen("[[override]]\nru|", "rules"), "[[override]]\nrules.");
    assert_eq!(
        labels("[[override]]\n[override.rules.verb-frame]\nseverity = 1\n|")[..2],
        ["min-confidence", "evidence"]
    );
    assert_eq!(labels("[[override]]\n[override.|"), ["rules", "vocabulary", "gate"]);
    assert_eq!(labels("[[override]]\ngate.|").len(), GATE_KEYS.len());
}

#[test]
fn nothing_is_offered_where_nothing_fits() {
    for marked in [
        "# se|",
        "[rules.verb-frame]\nseverity = \"off\" # |",
        "[rules.verb-frame]\nseverity = \"off\"|",
        "[rules.verb-frame]\nseverity = \"off\" |",
        "[gate]|",
        "model = \"\"\"\nse|\n\"\"\"",
        "[]\nsev|= 1",
        "[rules.no-such-rule]\nse|= 1",
        "gate.severity.x = |",
    ] {
        assert_eq!(labels(marked), [""; 0], "{marked}");
    }
}

#[test]
fn an_open_bracket_does_not_swallow_the_file() {
    for broken in [
        "gate.rules = [\"verb-frame\",\n",
        "[gate]\nrules = [\n",
        "[vocabulary]\naccept = [{ term = \"a\n",
        "rules.verb-frame = { severity = \"off\n",
        "rules.verb-frame = {\n",
        "[gate\n",
    ] {
        let text = format!("{broken}[rules.garbled-word]\nsuggest = |\n");
        assert_eq!(labels(&text), ["true", "false"], "{broken}");
    }
    assert_eq!(labels("packs = [\"a\"\ngate.verdict = |"), ["reworded", "doubtful", "never"]);
}

#[test]
fn windows_line_ends_are_line_ends() {
    assert_eq!(labels("[gate]\r\nseverity = \"err|\r\n"), ["error", "warning", "info", "never"]);
    let chosen = chosen("[gate]\r\nrules = [\r\n  \"re|\r\n]\r\n", "residue");
    assert_eq!(chosen, "[gate]\r\nrules = [\r\n  \"residue\"\r\n]\r\n");
}

#[track_caller]
fn hovered(marked: &str) -> (String, String) {
    let (text, offset) = at_cursor(marked);
    let hover = hover(&text, offset, rules()).unwrap_or_else(|| panic!("nothing at {marked}"));
    (text[hover.span.range()].to_owned(), hover.markdown)
}

#[test]
fn keys_rules_and_words_are_explained() {
    let (word, markdown) = hovered("[rules.garbled-name]\nmin-|uses = 3");
    assert_eq!(word, "min-uses");
    assert!(
        markdown.contains("default `2`") && markdown.contains("how often a name"),
        "{markdown}"
    );
    let (word, markdown) = hovered("[rules.gar|bled-name]");
    assert_eq!(word, "garbled-name");
    for part in ["- family: `names`", "`\"warning\"`", "`0.8`", "`well-known`: `true`"] {
        assert!(markdown.contains(part), "{part} in {markdown}");
    }
    let (word, markdown) = hovered("[rules.verb-frame]\nseverity = \"|off\"");
    assert_eq!(word, "\"off\"");
    assert!(markdown.starts_with("**`off`**") && markdown.contains("still count"), "{markdown}");
    let (_, markdown) = hovered("gate.severity = \"ne|ver\"");
    assert!(markdown.contains("No text fails"), "{markdown}");
    let (word, markdown) = hovered("[gate]\nrules = [\n  \"verb-frame\",\n  \"resid|ue\"]");
    assert_eq!(word, "\"residue\"");
    assert!(markdown.contains("`stitched-text`"), "{markdown}");
    let (word, markdown) = hovered("gate = { rules = [\"|verb-frame\"");
    assert_eq!(word, "\"verb-frame\"");
    assert!(markdown.contains("- family: `phrases`"), "{markdown}");
    let (word, markdown) = hovered("[|gate]");
    assert_eq!((word.as_str(), markdown.contains("exit 1")), ("gate", true));
    let (_, markdown) = hovered("[rules.verb-frame]\nmin-confidence| = .5");
    assert!(markdown.contains("a number from 0 to 1; default `0.8`"), "{markdown}");
    assert!(hovered("[plugins]\nec|ho = \"a.wasm\"").1.contains("plugin"));
}

#[test]
fn nothing_is_told_of_what_there_is_not() {
    for marked in [
        "[no-such|]",
        "# gate|",
        "gate.severity = \"x|\"",
        "gate.findings = 1|0",
        "|",
        "[rules.nop|e]",
    ] {
        let (text, offset) = at_cursor(marked);
        assert_eq!(hover(&text, offset, rules()), None, "{marked}");
    }
}

/// The keys that the reader of settings says it knows, when it is given one that it does not.
fn known(text: &str) -> Vec<String> {
    let (_, problems) = SettingsFile::parse(text, rules(), 0);
    let help = problems.into_iter().find_map(|problem| problem.help).unwrap();
    let keys = help.strip_prefix("known keys: ").unwrap_or_else(|| panic!("{text}: {help}"));
    keys.split(", ").map(str::to_owned).collect()
}

#[test]
fn every_key_that_the_reader_accepts_is_described() {
    let describes = |keys: &[Key], text: &str| {
        let own: BTreeSet<String> = keys.iter().map(|key| key.name.to_owned()).collect();
        assert_eq!(own, known(text).into_iter().collect(), "{text}");
        assert_eq!(own.len(), keys.len());
        for key in keys {
            assert!(key.doc.ends_with('.') && key.takes.len() > 3, "{}", key.name);
        }
    };
    describes(&keys::FILE, "qqqqqqqq = 1");
    describes(&keys::OVERRIDE, "[[override]]\nfiles = \"*\"\nqqqqqqqq = 1");
    describes(&keys::VOCABULARY_KEYS, "vocabulary.qqqqqqqq = 1");
    describes(&keys::ACCEPTED, "vocabulary.accept = [{ term = \"a\", qqqqqqqq = 1 }]");
    describes(&keys::REJECTED, "vocabulary.reject = [{ term = \"a\", qqqqqqqq = 1 }]");
    describes(&keys::GATE_KEYS, "gate.qqqqqqqq = 1");
    describes(&keys::RULE, "rules.verb-frame.qqqqqqqq = 1");
    describes(&keys::PLUGIN, "plugins.a = { path = \"a\", qqqqqqqq = 1 }");
    assert_eq!(keys::GATE_KEYS.each_ref().map(|key| key.name), GATE_KEYS);
    assert_eq!(keys::RULE.each_ref().map(|key| key.name), RULE_KEYS);
}

#[test]
fn every_word_that_is_offered_is_one_that_the_reader_takes() {
    let sound = |text: &str| assert_eq!(SettingsFile::parse(text, rules(), 0).1, [], "{text}");
    for (key, shape) in [
        ("rules.verb-frame.severity", Shape::Severity),
        ("gate.severity", Shape::GateSeverity),
        ("gate.verdict", Shape::GateVerdict),
    ] {
        let words = keys::words(shape);
        for (word, _) in &words {
            sound(&format!("{key} = \"{word}\""));
        }
        let (_, problems) = SettingsFile::parse(&format!("{key} = \"qqqqqqqq\""), rules(), 0);
        // The message names all of them.
        for (word, _) in &words {
            assert!(problems[0].message.contains(word), "{key}: {word}");
        }
    }
    assert_eq!(keys::words(Shape::Severity).len(), Severity::ALL.len());
}

/// Files with something of everything.
const WHOLE: [&str; 2] = [
    "extends = \"../desk.toml\" # ours\npacks = [\"a.toml\", 'b/']\n[plugins]\necho = { path = \"e.wasm\", sha256 = \"00\" }\n\
     [gate]\nseverity = \"error\"\nrules = [\n  \"residue\", # why\n  \"verb-frame\",\n]\n[rules.garbled-name]\ntitles = [\"Käptn \u{1f6a2}\"]\n\
     \"severity\" = 'off'\n[[override]]\nfiles = [\"*.md\"]\nrules.verb-frame = { severity = \"info\", evidence = false }\n",
    "rules.\"garbled-word\".suggest = true\r\nvocabulary = { accept = [\"ring-fence\", { term = \"a \\\" b\", inflect = false }],\r\n  reject = [] }\r\n\
     model = \"\"\"\r\nx\"\"\"\r\n[override.rules.verb-frame]\r\nevidence = \r\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_place_in_any_text_is_answered_with_edits_that_can_be_made(
        which in 0..WHOLE.len(),
        cuts in proptest::collection::vec((0.0..1.0f64, 0..30usize, "[a-z\\[\\]{}=\",.'#\n\r\\\\é ]{0,3}"), 0..4),
        place in 0.0..1.0f64,
    ) {
        let mut chars: Vec<char> = WHOLE[which].chars().collect();
        for (at, len, put) in cuts {
            let at = (at * chars.len() as f64) as usize;
            let end = (at + len).min(chars.len());
            chars.splice(at..end, put.chars());
        }
        let text: String = chars.into_iter().collect();
        // Beyond the end and inside characters, too.
        let offset = (place * (text.len() + 4) as f64) as usize;
        for completion in completions(&text, offset, rules()) {
            let range = completion.replace.range();
            let before = text.get(range.clone());
            prop_assert!(before.is_some_and(|before| !before.contains('\n')), "{range:?} in {text:?}");
            prop_assert!(range.start <= offset && offset.min(text.len()) <= range.end + 3);
        }
        if let Some(hover) = hover(&text, offset, rules()) {
            prop_assert!(text.get(hover.span.range()).is_some());
        }
    }
}

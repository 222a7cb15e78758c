//! The plugin of `examples/three_ways/wasm`, as a module and natively, beside the same rule as declarative TOML.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use proptest::prelude::*;
use unspin_lint::{
    Document, Finding, LogOdds, Markup, OptionKind, Rule, RuleSet, Safety, Severity, page,
};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/three_ways")
}

fn compiled() -> Vec<u8> {
    std::fs::read(example().join("wordy_phrase.wasm")).expect("the compiled module lies beside")
}

fn module() -> Vec<Arc<dyn Rule>> {
    unspin_plugins::load("wordy", "wordy_phrase.wasm", &compiled()).expect("a good plugin")
}

/// What the rule is as a declarative one; its family is the plugin's name, so that findings can be compared whole.
const DECLARATIVE: &str = r#"
id = "wordy-phrase"
family = "wordy"
kind = "substitution"
severity = "info"
min-confidence = 0.5
evidence = 3.0
safety = "unsafe"
message = "\"{found}\" can be said shorter: \"{suggestion}\""
page = "A phrase."

[phrases]
"in order to" = "to"
"due to the fact that" = "because"
"at this point in time" = "now"
"in the event that" = "if"
"a large number of" = "many"
"prior to" = "before"
"with regard to" = "about"
"in spite of the fact that" = "although"
"for the reason that" = "because"
"in close proximity to" = "near"
"#;

fn declarative() -> Arc<dyn Rule> {
    let table = unspin_packs::compile(DECLARATIVE);
    let table = table.unwrap_or_else(|error| panic!("{}", error.render("rule.toml", DECLARATIVE)));
    let pack = unspin_packs::Pack::from_bytes(table).expect("a table");
    unspin_packs::rules(pack).remove(0)
}

/// What a rule finds, by span.
fn found(rule: &dyn Rule, text: &str, markup: Markup) -> Vec<Finding> {
    let document = Document::read(text.as_bytes(), markup);
    page::raw(rule, &document)
}

#[test]
fn it_says_what_it_is() {
    let rules = module();
    let [rule] = rules.as_slice() else { panic!("one rule") };
    let meta = rule.meta();
    assert_eq!((meta.id.as_ref(), meta.family.as_ref()), ("wordy-phrase", "wordy"));
    assert_eq!((meta.severity, meta.min_confidence), (Severity::Info, 0.5));
    assert!(!meta.evidence);
    assert_eq!(
        meta.provenance.as_deref().map(ToString::to_string).as_deref(),
        Some("plugin wordy 0.1.0 (wordy_phrase.wasm), licence MIT OR Apache-2.0")
    );
}

#[test]
fn its_page_passes_its_examples() {
    let rules = module();
    let set = RuleSet::new(rules.clone());
    assert_eq!(page::check(&set, rules[0].as_ref()), Vec::<String>::new());
    assert!(compiled().len() < 65_000, "{} bytes", compiled().len());
}

#[test]
fn a_finding_is_whole() {
    let text = "The council of the town met on Tuesday. In  order\nto vote on the bridge, it sat until noon.";
    let found = found(module()[0].as_ref(), text, Markup::Plain);
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.message, "\"In order to\" can be said shorter: \"To\"");
    assert_eq!(finding.evidence, LogOdds::from_nats(3.0));
    assert_eq!(finding.fixes[0].title, "replace with \"To\"");
    assert_eq!(finding.fixes[0].safety, Safety::Unsafe);
    assert_eq!(finding.suggestions().collect::<Vec<_>>(), ["To"]);
}

const HARD: [&str; 14] = [
    "In Order To Win. in Order to win. in order To win. IN ORDER TO WIN. Prior To noon. prior To it.",
    "He put it in order. To the east lay the lock.",
    "It was done in \u{201c}order to\u{201d} win, and in \"\" order to, and in \"\"\" order to.",
    "It came prior to-do lists and prior to to-do lists.",
    "A large number of a large number of boats, in the event that that is so.",
    "In in order to to; in in the event that; at this point in time prior to.",
    "due to the fact\n\nthat it broke; due to the\nfact that it held.",
    "due\u{a0}to the fact that \u{212a}iel; with regard t\u{f6}; for the rea\u{17f}on that",
    "in order\u{2019} to, in order-to, in-order to, pre-in order to",
    "",
    "\u{1f600} in close proximity to \u{1f600}",
    "in spite of the fact that for the reason that with regard to",
    "In spite of The Fact That. A Large number Of. In Close Proximity to.",
    "in order",
];

#[test]
fn it_finds_what_the_declarative_rule_finds() {
    let (module, declarative) = (module(), declarative());
    let mut total = 0;
    for text in HARD {
        for markup in [Markup::Plain, Markup::Markdown, Markup::Html] {
            let expected = found(declarative.as_ref(), text, markup);
            total += expected.len();
            assert_eq!(found(module[0].as_ref(), text, markup), expected, "{text}");
        }
    }
    assert!(total > 60, "{total} findings compared");
}

proptest! {
    #[test]
    fn it_finds_what_the_declarative_rule_finds_anywhere(
        words in prop::collection::vec(prop::sample::select(vec![
            "in", "order", "to", "In", "Order", "TO", "due", "the", "fact", "that", "prior", "a", "large", "number",
            "of", "event", "boat", ".", ",", "\"", "\u{201c}", "\u{201d}", "-", "\n", "\n\n", "reason", "for", "with",
            "regard", "Prior", "A", "Large",
        ]), 0..40),
        glue in prop::sample::select(vec![" ", "", "  "]),
    ) {
        thread_local!(static RULES: (Vec<Arc<dyn Rule>>, Arc<dyn Rule>) = (module(), declarative()));
        let text = words.join(if glue.is_empty() { " " } else { glue });
        RULES.with(|(module, declarative)| {
            let expected = found(declarative.as_ref(), &text, Markup::Plain);
            assert_eq!(found(module[0].as_ref(), &text, Markup::Plain), expected);
        });
    }
}

#[test]
fn threads_share_a_module() {
    let rule = Arc::clone(&module()[0]);
    let alone: Vec<_> = HARD.map(|text| found(rule.as_ref(), text, Markup::Plain)).to_vec();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for (text, expected) in HARD.iter().zip(&alone) {
                    assert_eq!(&found(rule.as_ref(), text, Markup::Plain), expected);
                }
            });
        }
    });
}

#[test]
fn it_needs_less_than_a_hundredth_of_its_fuel() {
    let sentence = "The council met on Tuesday in order to vote on the old bridge by the mill. ";
    let text = sentence.repeat(2) + &sentence.replace("in order to", "to").repeat(68);
    let document = Document::new(text.as_bytes());
    let fuel = unspin_plugins::fuel_used("wordy", &compiled(), &document).unwrap();
    let limits = unspin_plugins::Limits::default();
    let most = limits.fuel + limits.fuel_per_byte * text.len() as u64;
    assert!(fuel * 100 < most, "{fuel} of {most}");
}

/// The module is built anew where a compiler can; findings are compared, since bytes differ from compiler to compiler.
#[test]
fn the_compiled_module_is_that_of_its_source() {
    let folder = example().join("wasm");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wordy-phrase");
    let mut build = Command::new("bash");
    build.arg(folder.join("build.sh")).env("CARGO_TARGET_DIR", &target);
    // What cargo says to this test is not for the compiler of another target.
    for name in
        ["RUSTC", "RUSTFLAGS", "RUSTC_WRAPPER", "CARGO_ENCODED_RUSTFLAGS", "RUSTUP_TOOLCHAIN"]
    {
        build.env_remove(name);
    }
    let built = build.output();
    let skipped = match &built {
        Err(error) => Some(error.to_string()),
        Ok(output) if output.status.code() == Some(3) => {
            Some(String::from_utf8_lossy(&output.stderr).into_owned())
        }
        Ok(_) => None,
    };
    if let Some(why) = skipped {
        skip(&why);
        return;
    }
    let output = built.expect("just looked at");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let path = String::from_utf8(output.stdout).expect("a path");
    let fresh = std::fs::read(path.trim()).expect("the script prints where the module is");
    let fresh = unspin_plugins::load("wordy", "wordy_phrase.wasm", &fresh).expect("a good plugin");
    let lying = module();
    assert_eq!(fresh[0].meta().page, lying[0].meta().page);
    for text in HARD {
        let expected = found(lying[0].as_ref(), text, Markup::Plain);
        assert_eq!(found(fresh[0].as_ref(), text, Markup::Plain), expected, "{text}");
    }
}

#[expect(
    clippy::print_stderr,
    reason = "a test that was not run must not look like one that passed"
)]
fn skip(why: &str) {
    eprintln!("SKIPPED: the sample plugin was not built anew: {why}");
}

#[test]
fn options_reach_the_guest() {
    use unspin_guest as guest;
    const OPTIONS: &[guest::OptionMeta] = &[
        guest::OptionMeta { name: "loud", kind: guest::OptionKind::Boolean(false), doc: "shouts" },
        guest::OptionMeta {
            name: "most",
            kind: guest::OptionKind::Integer { default: 2, least: 1, most: 9 },
            doc: "so many",
        },
        guest::OptionMeta { name: "words", kind: guest::OptionKind::Texts(&["a"]), doc: "these" },
    ];
    fn check(_: &guest::Document<'_>, options: &guest::Options<'_>) -> Vec<guest::Finding> {
        let (loud, most) = (options.boolean("loud"), options.integer("most"));
        let message = format!("{loud} {most} {:?}", options.texts("words"));
        vec![guest::Finding::new(guest::Span { start: 0, end: 0 }, message)]
    }
    fn explain(
        document: &guest::Document<'_>,
        _: &guest::Options<'_>,
        span: guest::Span,
    ) -> Vec<guest::Explanation> {
        let words = document.one_line(span);
        vec![guest::Explanation::of_words(span).note(words).alternative(span, "another")]
    }
    static PLUGIN: guest::Plugin = guest::Plugin {
        version: "1",
        license: "",
        rules: &[guest::Rule::new("told", "Told.", check).options(OPTIONS).explain(explain)],
    };
    let rules = unspin_plugins::load_native("p", |export, input| PLUGIN.answer(export, input));
    let rule = rules.unwrap().remove(0);
    let options = &rule.meta().options;
    assert_eq!(options[1].kind, OptionKind::Integer { default: 2, least: 1, most: 9 });
    let said = |rule: &dyn Rule| found(rule, "x", Markup::Plain)[0].message.clone();
    assert_eq!(said(rule.as_ref()), "false 2 [\"a\"]");
    let set = |toml| rule.configured(toml::de::ValueDeserializer::parse(toml).unwrap());
    let refused = |toml| set(toml).err().unwrap().to_string();
    let under = set("{ loud = true, most = 9, words = [] }").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(said(under.as_ref()), "true 9 []");
    assert_eq!(refused("{ most = 10 }"), "`most` must be a whole number from 1 to 9");
    assert_eq!(refused("{ loud = 1 }"), "`loud` must be true or false");
    assert_eq!(refused("{ lout = true }"), "there is no option `lout`");
    let document = Document::new(b"one two");
    let cx = unspin_lint::Context::new(&document);
    let mut out = Vec::new();
    rule.explain(&cx, unspin_lint::Span::new(4, 7), &mut out);
    assert_eq!(
        (out[0].notes[0].as_str(), out[0].alternatives[0].text.as_str()),
        ("two", "another")
    );
}

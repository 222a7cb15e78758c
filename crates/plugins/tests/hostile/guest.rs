//! Modules in the text format, and what becomes of them.

use std::sync::Arc;

use unspin_lint::{Context, Document, Finding, LogOdds, Rule, RuleMeta, RuleSet, Span, rule};

/// What the tests are run on.
pub(crate) const TEXT: &str = "The caf\u{e9} by the lock was shut. Nobody knew why.";

/// A description with one rule, `odd`, as the text of a data segment.
pub(crate) fn description() -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, b"1.2");
    put(&mut out, b"CC0-1.0");
    out.extend(1_u32.to_le_bytes());
    put(&mut out, b"odd");
    out.extend([2, 1]);
    out.extend(500_u32.to_le_bytes());
    put(&mut out, b"Something odd.");
    out.extend(0_u32.to_le_bytes());
    out
}

/// Appends a text with its length.
pub(crate) fn put(out: &mut Vec<u8>, text: &[u8]) {
    out.extend((text.len() as u32).to_le_bytes());
    out.extend(text);
}

/// Bytes as they are written in the text format.
pub(crate) fn escaped(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("\\{byte:02x}"))
}

/// What a module is made of; every part is fine unless a test puts another in its place.
pub(crate) struct Wat {
    pub(crate) before: String,
    pub(crate) memory: String,
    pub(crate) description: Vec<u8>,
    pub(crate) output: Vec<u8>,
    pub(crate) alloc: String,
    pub(crate) check: String,
}

impl Default for Wat {
    fn default() -> Self {
        Self {
            before: String::new(),
            memory: r#"(memory (export "memory") 20)"#.into(),
            description: description(),
            output: 0_u32.to_le_bytes().to_vec(),
            alloc: "(i32.const 131072)".into(),
            check: "(i64.or (i64.const 0x800000000000) (i64.const OUTPUT))".into(),
        }
    }
}

impl Wat {
    /// The text of the module: the description lies at 1024, the output at 32768.
    pub(crate) fn text(&self) -> String {
        format!(
            r#"(module {} {}
              (data (i32.const 1024) "{}")
              (data (i32.const 32768) "{}")
              (func (export "unspin_v1_alloc") (param i32) (result i32) {})
              (func (export "unspin_v1_describe") (result i64) (i64.or (i64.const 0x40000000000) (i64.const {})))
              (func (export "unspin_v1_check") (param i32 i32) (result i64) {}))"#,
            self.before,
            self.memory,
            escaped(&self.description),
            escaped(&self.output),
            self.alloc,
            self.description.len(),
            self.check.replace("OUTPUT", &self.output.len().to_string()),
        )
    }

    /// The module.
    pub(crate) fn wasm(&self) -> Vec<u8> {
        wat::parse_str(self.text()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// What `load` says of it.
    pub(crate) fn refusal(&self) -> String {
        match unspin_plugins::load("bad", "bad.wasm", &self.wasm()) {
            Ok(_) => "it was loaded".into(),
            Err(error) => error.to_string(),
        }
    }

    /// What is found when it runs, by its rule.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let rules = unspin_plugins::load("bad", "bad.wasm", &self.wasm());
        run(rules.unwrap_or_else(|error| panic!("{error}")))
    }

    /// The one failure when it runs.
    pub(crate) fn failure(&self) -> String {
        failure(&self.findings())
    }
}

/// What rules find in [`TEXT`] beside a good rule, which must find what it finds without them.
pub(crate) fn run(rules: Vec<Arc<dyn Rule>>) -> Vec<Finding> {
    let document = Document::new(TEXT.as_bytes());
    let alone = RuleSet::new([Arc::new(Good) as Arc<dyn Rule>]).run(&document).findings;
    assert_eq!(alone.len(), 2, "the good rule finds something");
    let all = RuleSet::new(rules.into_iter().chain([Arc::new(Good) as Arc<dyn Rule>]));
    let (good, rest): (Vec<_>, Vec<_>) =
        all.run(&document).findings.into_iter().partition(|found| found.rule == "full-stop");
    assert_eq!(good, alone, "the good rule finds the same");
    rest
}

/// What the one finding says of how the plugin `bad` failed.
pub(crate) fn failure(findings: &[Finding]) -> String {
    let [found] = findings else { panic!("not one finding: {findings:?}") };
    assert_eq!(found.rule, "internal-error");
    assert_eq!(
        found.notes,
        [
            "this is a fault of the plugin bad 1.2 (bad.wasm), licence CC0-1.0: tell its author, with the text; until \
          then, take it out of `[plugins]`"
        ]
    );
    let said = found.message.strip_prefix(
        "the plugin `bad` failed in its rule `odd`, which was left out on this text: ",
    );
    said.unwrap_or_else(|| panic!("{}", found.message)).to_owned()
}

rule! {
    /// A full stop.
    GOOD: "full-stop" in "tests", Info, min_confidence 0.5, scope Word
}

struct Good;

impl Rule for Good {
    fn meta(&self) -> &RuleMeta {
        &GOOD
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        for (at, _) in cx.document().text().match_indices('.') {
            let span = Span::new(at as u32, at as u32 + 1);
            out.push(Finding::new(&GOOD, span, LogOdds::EVEN, "a full stop".into()));
        }
    }
}

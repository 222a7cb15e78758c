//! The kinds of rules that count, sets, gaps and lists.

use unspin_lint::page;
use unspin_packs::{Compiler, Pack, RuleSource, compile, rules};
use unspin_text::Document;

/// A rule of a kind; `rest` holds its further keys and its phrases.
fn rule(kind: &str, rest: &str) -> String {
    format!(
        "id = \"r\"\nfamily = \"f\"\nkind = \"{kind}\"\nseverity = \"warning\"\nevidence = 2\n\
         message = '\"{{found}}\"'\npage = \"p\"\n{rest}\n"
    )
}

/// What a rule reports in a text.
fn found(toml: &str, text: &str) -> Vec<String> {
    let rules = rules(Pack::from_bytes(compile(toml).expect(toml)).expect("just written"));
    let document = Document::new(text.as_bytes());
    let findings = page::raw(rules[0].as_ref(), &document);
    findings.iter().map(|f| document.slice(f.span).to_owned()).collect()
}

/// The text after the first fixes.
fn fixed(toml: &str, text: &str) -> String {
    let rules = rules(Pack::from_bytes(compile(toml).expect(toml)).expect("just written"));
    page::apply(text, &page::raw(rules[0].as_ref(), &Document::new(text.as_bytes())))
}

#[test]
fn a_repetition_is_the_same_phrase_again_in_one_sentence() {
    let toml = rule("repetition", "[phrases]\n\"(also|as well|both)\" = {}");
    assert_eq!(found(&toml, "It was also, also closed. Also, both roads are."), ["also"]);
    assert_eq!(found(&toml, "It was also as well closed."), [""; 0]);
    let near = rule("repetition", "within = 3\n[phrases]\n\"in <order> to\" = {}");
    assert_eq!(found(&near, "In order to see it and in order to mend it."), ["in order to"]);
    assert_eq!(found(&near, "In order to see the old bridge and in order to mend it."), [""; 0]);
    assert_eq!(found(&near, "He came in order to. In order to mend it."), [""; 0]);
    let several = rule("repetition", "within = 9\n[phrases]\n\"(also|again)\" = {}\n\"too\" = {}");
    assert_eq!(
        found(&several, "It also sank again, too, and also the crew."),
        ["also"],
        "others between"
    );
}

#[test]
fn of_two_spellings_the_rarer_is_reported_with_the_other() {
    let toml = rule("consistency", "[phrases]\n\"<adviser>\" = \"<advisor>\"");
    assert_eq!(found(&toml, "An adviser came. The advisers left, and an advisor."), ["advisor"]);
    assert_eq!(found(&toml, "Two advisers came. The adviser left."), [""; 0]);
    assert_eq!(
        fixed(&toml, "An advisor came. Both advisers left."),
        "An advisor came. Both advisors left.",
        "of equals the later goes"
    );
}

#[test]
fn pairs_of_spellings_do_not_count_for_each_other() {
    let toml = rule("consistency", "[phrases]\n\"grey\" = \"gray\"\n\"tyre\" = \"tire\"");
    assert_eq!(found(&toml, "The grey tyre, the grey tyre, the gray wall."), ["gray"]);
}

#[test]
fn uses_beyond_the_number_are_reported_in_each_stretch_of_the_scope() {
    let phrases = "max = 1\n[phrases]\n\"(very|really)\" = {}\n\"quite\" = {}";
    let by = |scope: &str| rule("occurrence", &format!("scope = \"{scope}\"\n{phrases}"));
    let text = "Very old and really quite grey. Very new.\n\nQuite new, really.";
    assert_eq!(found(&by("sentence"), text), ["really"]);
    assert_eq!(found(&by("paragraph"), text), ["really", "Very"]);
    assert_eq!(found(&by("document"), text), ["really", "Very", "Quite", "really"]);
}

#[test]
fn a_set_can_be_a_group_and_a_gap_is_told_again() {
    let toml = rule(
        "substitution",
        "[sets]\nodd = [\"likely\", \"vital\"]\n[phrases]\n\"extra (@odd)\" = \"more {1}\"\n\
         \"not *{0,2} handiest\" = \"not * only\"",
    );
    assert_eq!(fixed(&toml, "It is extra vital now."), "It is more vital now.");
    assert_eq!(fixed(&toml, "It is not handiest this."), "It is not only this.");
    assert_eq!(fixed(&toml, "Not at all handiest this."), "Not at all only this.");
    assert_eq!(found(&toml, "Not it, handiest. Not one of the handiest."), [""; 0]);
}

#[test]
fn a_list_adds_phrases_and_tells_its_faults() {
    let toml = rule("substitution", "[phrases]\n\"bosom malady\" = \"breast disease\"");
    let mut source = RuleSource::parse(&toml).expect("well formed");
    source.read_list("# head\n(big|huge) <facts>\tbig data|data\n").expect("well formed");
    let mut compiler = Compiler::default();
    compiler.add_source(&source).expect("no phrase twice");
    let pack = Pack::from_bytes(compiler.finish()).expect("just written");
    let matches = pack.scan(&Document::new(b"Huge facts cure the bosom malady."));
    assert_eq!(matches.of_rule(0).len(), 2);

    for (row, message) in [
        ("no tab", "a row without a tab"),
        ("(a|b\tc", "`(` is never closed"),
        ("*\tc", "`*` cannot stand in a list"),
        ("a b\t{1}", "the pattern has no group 1"),
    ] {
        let tsv = format!("# head\n{row}\n");
        let error = source.read_list(&tsv).expect_err(row);
        assert_eq!(error.message, message);
        assert!(error.span.start >= 7 && error.span.end < tsv.len(), "{:?}", error.span);
    }
    source.read_list("bosom malady\tx\n").expect("well formed by itself");
    let error = Compiler::default().add_source(&source).expect_err("twice");
    assert_eq!(error.message, "`bosom malady` stands twice");
}

#[test]
fn faults_of_kinds_sets_and_gaps_come_with_a_way_out() {
    for (kind, rest, message, help) in [
        (
            "existence",
            "max = 2\n[phrases]\n\"a\" = {}",
            "`max` means nothing in a rule of kind `existence`",
            "it belongs to the kinds `occurrence`, `metric`",
        ),
        (
            "occurrence",
            "max = 1.5\n[phrases]\n\"a\" = {}",
            "`max` is a whole number up to 1000",
            "",
        ),
        ("occurrence", "[phrases]\n\"a\" = {}", "`max` is missing", ""),
        (
            "consistency",
            "scope = \"sentence\"\n[phrases]\n\"a\" = \"b\"",
            "a rule of kind `consistency` sees more than this",
            "document",
        ),
        (
            "consistency",
            "[phrases]\n\"(a|b)\" = \"c\"",
            "the two sides are words and lemmas only",
            "write `\"adviser\" = \"advisor\"` or `\"<adviser>\" = \"<advisor>\"`",
        ),
        (
            "repetition",
            "[phrases]\n\"a\" = \"b\"",
            "a rule of kind `repetition` suggests nothing",
            "write `= {}`, or make the rule's kind \"substitution\"",
        ),
        (
            "existence",
            "[sets]\ndegree = [\"very\"]\n[phrases]\n\"@degre odd\" = {}",
            "`@degre` is no set",
            "known: degree",
        ),
        (
            "existence",
            "[sets]\nodd = [\"(very|so)\"]\n[phrases]\n\"@odd one\" = {}",
            "`(very|so)` in `@odd` is more than words and lemmas",
            "",
        ),
        (
            "existence",
            "[phrases]\n\"a *{3,1} b\" = {}",
            "a gap of 3 to 1 words",
            "it holds at most 8, the lesser number first",
        ),
        (
            "existence",
            "[phrases]\n\"a *{x} b\" = {}",
            "`x` is no length",
            "write `*{0,3}` for none to three words",
        ),
        (
            "existence",
            "[phrases]\n\"*{0,1}-based\" = {}",
            "a gap touches what follows it",
            "put a space between, or write `*`",
        ),
    ] {
        let error = compile(&rule(kind, rest)).expect_err(rest);
        assert_eq!((error.message.as_str(), error.help.as_deref().unwrap_or("")), (message, help));
    }
}

use std::sync::LazyLock;

use proptest::prelude::*;
use unspin_lint::{Opened, RuleSet, Stack};

use super::{Error, accept};

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::new([]));

fn applied(text: &str, term: &str) -> String {
    let edits = accept(text, term).unwrap_or_else(|error| panic!("{error} in {text}"));
    let mut text = text.to_owned();
    for (span, put) in edits.expect("the term is not there yet").into_iter().rev() {
        text.replace_range(span.range(), &put);
    }
    text
}

/// The terms that a settings file accepts, as the linter reads it.
fn accepted(text: &str) -> Vec<String> {
    let opened = Opened { path: "lint.toml".into(), text: text.to_owned() };
    let stack = Stack::load(opened, &RULES, &mut |_| Err("nothing is opened".into()));
    assert_eq!(stack.files()[0].problems, [], "{text}");
    stack.settings(&[]).accept.into_iter().map(|term| term.value.text).collect()
}

#[track_caller]
fn expect(text: &str, wanted: &str) {
    for (from, to) in [("\n", "\n"), ("\n", "\r\n")] {
        let (text, wanted) = (text.replace(from, to), wanted.replace(from, to));
        let got = applied(&text, "Grey Lake");
        // Where there was no line end yet, there is nothing to tell how lines end.
        if text.contains(to) || to == "\n" {
            assert_eq!(got, wanted);
        }
        let (mut before, after) = (accepted(&text), accepted(&got));
        before.push("Grey Lake".into());
        let sorted = |mut terms: Vec<String>| {
            terms.sort();
            terms
        };
        assert_eq!(sorted(after), sorted(before), "{got}");
        assert_eq!(accept(&got, "Grey Lake"), Ok(None), "{got}");
    }
}

#[test]
fn a_file_without_vocabulary_gets_a_table_at_its_end() {
    expect("", "[vocabulary]\naccept = [\"Grey Lake\"]\n");
    expect("model = \"a\"", "model = \"a\"\n\n[vocabulary]\naccept = [\"Grey Lake\"]\n");
    expect(
        "# ours\n[[override]]\nfiles = \"*\"\n",
        "# ours\n[[override]]\nfiles = \"*\"\n\n[vocabulary]\naccept = [\"Grey Lake\"]\n",
    );
    expect("\u{feff}", "\u{feff}[vocabulary]\naccept = [\"Grey Lake\"]\n");
}

#[test]
fn a_vocabulary_without_the_list_gets_a_line() {
    expect(
        "[vocabulary] # ours\n\nreject = [\"b\"]\n[gate]\n",
        "[vocabulary] # ours\naccept = [\"Grey Lake\"]\n\nreject = [\"b\"]\n[gate]\n",
    );
    expect("[vocabulary]", "[vocabulary]\naccept = [\"Grey Lake\"]");
    expect(
        "\u{feff}[gate]\n[vocabulary]\n",
        "\u{feff}[gate]\n[vocabulary]\naccept = [\"Grey Lake\"]\n",
    );
    expect(
        "model = \"a\"\n  vocabulary.reject = [\n  \"b\"] # c\n",
        "model = \"a\"\nvocabulary.accept = [\"Grey Lake\"]\n  vocabulary.reject = [\n  \"b\"] # c\n",
    );
    expect("vocabulary = {}\n", "vocabulary = { accept = [\"Grey Lake\"] }\n");
    expect(
        "vocabulary = { reject = [\"b\"] }\n",
        "vocabulary = { accept = [\"Grey Lake\"], reject = [\"b\"] }\n",
    );
    expect(
        "[[vocabulary.reject]]\nterm = \"b\"\n",
        "[[vocabulary.reject]]\nterm = \"b\"\n\n[vocabulary]\naccept = [\"Grey Lake\"]\n",
    );
}

#[test]
fn a_list_on_one_line_stays_on_it() {
    for (text, wanted) in [
        ("[]", "[\"Grey Lake\"]"),
        ("[ ] # none", "[\"Grey Lake\"] # none"),
        ("[\"a\"]", "[\"a\", \"Grey Lake\"]"),
        ("[ 'a', ] # b", "[ 'a', \"Grey Lake\", ] # b"),
        ("[\"a,]#\"]", "[\"a,]#\", \"Grey Lake\"]"),
        (
            "[{ term = \"a\", inflect = false }]",
            "[{ term = \"a\", inflect = false }, \"Grey Lake\"]",
        ),
    ] {
        for (before, after) in [
            ("[vocabulary]\naccept = ", "\nreject = [\"b\"]\n"),
            ("# ours\nvocabulary.accept = ", "\n[gate]\n"),
        ] {
            expect(&format!("{before}{text}{after}"), &format!("{before}{wanted}{after}"));
        }
        if !text.contains("] #") {
            let inline =
                |list: &str| format!("vocabulary = {{ accept = {list}, reject = [\"b\"] }}\n");
            expect(&inline(text), &inline(wanted));
        }
    }
}

#[test]
fn a_list_over_several_lines_gets_one_more() {
    for (text, wanted) in [
        ("\n    \"a\",\n", "\n    \"a\",\n    \"Grey Lake\",\n"),
        ("\n\t\"a\"\n", "\n\t\"a\",\n\t\"Grey Lake\"\n"),
        ("\n  \"a\", # b, c\n  # d\n", "\n  \"a\", # b, c\n  \"Grey Lake\",\n  # d\n"),
        ("\n  \"a\" # b, c\n", "\n  \"a\", # b, c\n  \"Grey Lake\"\n"),
        ("\n  \"a\" # b\n  , # c\n", "\n  \"a\" # b\n  , # c\n  \"Grey Lake\",\n"),
        (
            "\n  \"a\", \"b\",\n  \"c\", \"d\", # e\n",
            "\n  \"a\", \"b\",\n  \"c\", \"d\", \"Grey Lake\", # e\n",
        ),
        ("\"a\",\n  \"b\"", "\"a\",\n  \"b\", \"Grey Lake\""),
        ("\n", "\n    \"Grey Lake\",\n"),
        ("\n  # none yet\n", "\n  # none yet\n  \"Grey Lake\",\n"),
        (" # none yet\n", " # none yet\n    \"Grey Lake\",\n"),
        (
            "\n  { term = \"a\",\n    inflect = false },\n",
            "\n  { term = \"a\",\n    inflect = false },\n  \"Grey Lake\",\n",
        ),
    ] {
        let file = |list: &str| format!("[vocabulary]\naccept = [{list}] # f\nreject = []\n");
        expect(&file(text), &file(wanted));
    }
}

#[test]
fn a_list_of_tables_gets_one_more() {
    expect(
        "[[vocabulary.accept]]\nterm = \"a\"\n[gate]\n",
        "[[vocabulary.accept]]\nterm = \"a\"\n[gate]\n\n[[vocabulary.accept]]\nterm = \"Grey Lake\"\n",
    );
}

#[test]
fn a_term_that_is_there_changes_nothing() {
    for text in [
        "vocabulary.accept = ['Grey Lake']",
        "[vocabulary]\naccept = [\"a\", { inflect = false, term = \"Grey\\u0020Lake\" }]",
        "[[vocabulary.accept]]\nterm = \"Grey Lake\"",
    ] {
        assert_eq!(accept(text, "Grey \n Lake"), Ok(None), "{text}");
    }
}

#[test]
fn what_cannot_be_edited_is_told_with_its_line() {
    let message = |text: &str| accept(text, "weir").unwrap_err().to_string();
    let syntax = message("[gate]\n[vocabulary]\naccept = [\"a\"\n[gate]\n");
    assert!(syntax.starts_with("the settings cannot be read in line "), "{syntax}");
    assert!(syntax.ends_with("; mend that first"), "{syntax}");
    assert!(matches!(accept("a =\n", "weir"), Err(Error::Syntax { line: 1, .. })));
    assert_eq!(
        message("[vocabulary]\naccept = \"a\"\n"),
        "`vocabulary.accept` in line 2 is no list, so no term can be added to it"
    );
    assert_eq!(
        message("# a\nvocabulary = 3\n"),
        "`vocabulary` in line 2 is no table, so no term can be added to it"
    );
    assert_eq!(
        message("[[vocabulary]]\naccept = []\n"),
        "`vocabulary` in line 1 is no table, so no term can be added to it"
    );
    assert!(
        message("vocabulary.accept.a = 1").contains("`vocabulary.accept` in line 1 is no list")
    );
    assert_eq!(accept("", " - "), Err(Error::NoWord("-".into())));
}

/// Lists in all layouts: what stands before each item, the item, and what stands after the last.
fn lists() -> impl Strategy<Value = String> {
    let gap = prop_oneof![
        Just(""),
        Just(" "),
        Just("\n"),
        Just("\n  "),
        Just(" # a, ]\n\t"),
        Just("\n\n")
    ];
    let item = prop_oneof![
        Just("\"a\""),
        Just("'b # ,'"),
        Just("{ term = \"c\" }"),
        Just("\"\"\"d\n\"\"\""),
        Just("{ inflect = false, term = 'e' }"),
    ];
    let items = proptest::collection::vec((gap.clone(), item, gap.clone()), 0..4);
    (items, gap, any::<bool>()).prop_map(|(items, end, comma)| {
        let written: Vec<_> = items.iter().map(|(a, item, b)| format!("{a}{item}{b}")).collect();
        let comma = if comma && !written.is_empty() { "," } else { "" };
        format!("[{}{comma}{end}]", written.join(","))
    })
}

proptest! {
    #[test]
    fn whatever_the_layout_the_term_is_read_and_the_rest_stays(
        list in lists(),
        frame in 0..5usize,
        windows in any::<bool>(),
        term in "[a-z\"'\\\\#\u{1}\u{7f}\u{1f6a2}é\\]]{0,6}[a-z][ \t\na-z\"]{0,4}",
    ) {
        let frames = [
            "", "[vocabulary]\naccept = LIST", "vocabulary.accept = LIST # a\n",
            "[vocabulary] # a\nreject = LIST\n[gate]\n", "vocabulary = { reject = [], accept = LIST }\n",
        ];
        let mut text = frames[frame].replace("LIST", &list);
        if windows {
            text = text.replace('\n', "\r\n");
        }
        let wanted = term.split_whitespace().collect::<Vec<_>>().join(" ");
        let before = accepted(&text);
        if before.contains(&wanted) {
            prop_assert_eq!(accept(&text, &term), Ok(None));
        } else {
            let got = applied(&text, &term);
            let after = accepted(&got);
            prop_assert_eq!(after.len(), before.len() + 1, "{}", &got);
            prop_assert!(after.contains(&wanted), "{}", &got);
            prop_assert!(got.matches("# a").count() == text.matches("# a").count());
            prop_assert!(!windows || got.matches('\n').count() == got.matches("\r\n").count() || text.is_empty());
        }
    }
}

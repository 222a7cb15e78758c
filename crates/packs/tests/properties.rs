//! The table against a matcher that knows no table, and against damage.

use std::fmt::Write as _;

use proptest::prelude::*;
use unspin_packs::{Pack, compile};
use unspin_text::{Document, Span, Token, TokenKind};

const WORDS: [&str; 6] = ["of", "the", "alpha", "beta", "gamma", "delta"];

#[derive(Clone, Debug)]
enum Item {
    Word(usize),
    Either(usize, usize),
    Maybe(usize),
    Any,
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let word = 0..WORDS.len();
    let item = prop_oneof![
        3 => word.clone().prop_map(Item::Word),
        1 => (word.clone(), word.clone()).prop_map(|(a, b)| Item::Either(a, b)),
        1 => word.clone().prop_map(Item::Maybe),
        1 => Just(Item::Any),
    ];
    (word, prop::collection::vec(item, 0..4)).prop_map(|(first, mut rest)| {
        rest.insert(0, Item::Word(first));
        rest
    })
}

fn pattern(items: &[Item]) -> String {
    let item = |item: &Item| match *item {
        Item::Word(a) => WORDS[a].to_owned(),
        Item::Either(a, b) => format!("({}|{})", WORDS[a], WORDS[b]),
        Item::Maybe(a) => format!("{}?", WORDS[a]),
        Item::Any => "*".to_owned(),
    };
    items.iter().map(item).collect::<Vec<_>>().join(" ")
}

fn toml(patterns: &[Vec<Item>]) -> String {
    let mut toml =
        "id = \"r\"\nfamily = \"f\"\nkind = \"existence\"\nseverity = \"info\"\nevidence = 1\n\
        message = \"m\"\npage = \"p\"\n[phrases]\n"
            .to_owned();
    for items in patterns {
        let _ = writeln!(toml, "\"{}\" = {{}}", pattern(items));
    }
    toml
}

/// The ends of all ways to read `items` at the start of `tokens`, as numbers of tokens.
fn ends(
    document: &Document<'_>,
    items: &[Item],
    tokens: &[Token],
    read: usize,
    out: &mut Vec<usize>,
) {
    let Some((item, rest)) = items.split_first() else {
        out.push(read);
        return;
    };
    if matches!(item, Item::Maybe(_)) {
        ends(document, rest, tokens, read, out);
    }
    let Some(token) = tokens.get(read) else { return };
    let is = |word: usize| document.token_text(token) == WORDS[word];
    let fits = match *item {
        Item::Word(a) | Item::Maybe(a) => is(a),
        Item::Either(a, b) => is(a) || is(b),
        Item::Any => token.kind == TokenKind::Word,
    };
    if fits {
        ends(document, rest, tokens, read + 1, out);
    }
}

/// Leftmost, longest, without overlap.
fn naive(document: &Document<'_>, patterns: &[Vec<Item>]) -> Vec<Span> {
    let mut found = Vec::new();
    for sentence in document.sentences() {
        let tokens = document.sentence_tokens(sentence);
        let mut at = 0;
        while at < tokens.len() {
            let mut all = Vec::new();
            for items in patterns {
                ends(document, items, &tokens[at..], 0, &mut all);
            }
            let longest = all.into_iter().max().unwrap_or(0);
            if longest > 0 {
                found.push(tokens[at].span.cover(tokens[at + longest - 1].span));
            }
            at += longest.max(1);
        }
    }
    found
}

/// A pack with a rule of each kind that only a house has, and every condition.
const HOUSE: &str = "[pack]\nname = \"house\"\nversion = \"1\"\n\
    [[rule]]\nid = \"a\"\nkind = \"existence\"\nunless = \"river <bank>\"\nin-quotes = false\n\
    [rule.phrases]\n\"<bank>\" = { near = { any = \"loan\", words = 3 }, document-contains = \"loan\", \
    document-lacks = \"gift\", in-headings = false, match-case = false, unless-before = \"old\" }\n\
    [[rule]]\nid = \"b\"\nkind = \"adjust\"\nset = \"off\"\nrules = [\"a\"]\n[rule.phrases]\n\"loan\" = {}\n\
    [[rule]]\nid = \"c\"\nkind = \"capitalization\"\n[rule.phrases]\n\"iPhone\" = {}\n\
    [[rule]]\nid = \"d\"\nkind = \"capitalization\"\nstyle = \"sentence\"\nexcept = [\"Old\"]\n\
    [[rule]]\nid = \"e\"\nkind = \"conditional\"\n[rule.phrases]\n\"WHO\" = { needs = \"World Health Organization\" }\n\
    [rule.regex]\n'\\b([A-Z]{3})\\b' = { needs = '\\(([A-Z]{3})\\)' }\n\
    [[rule]]\nid = \"f\"\nkind = \"metric\"\nformula = \"gunning-fog\"\nscope = \"paragraph\"\nmin = 90\n\
    [[rule]]\nid = \"g\"\nkind = \"substitution\"\n[rule.regex]\n'(\\d+) percent' = \"$1 %\"\n";

proptest! {
    #[test]
    fn the_table_finds_what_a_naive_matcher_finds(
        patterns in prop::collection::vec(items(), 1..4),
        words in prop::collection::vec(prop_oneof![8 => 0..WORDS.len(), 1 => Just(usize::MAX)], 0..60),
    ) {
        let table = compile(&toml(&patterns));
        // Patterns that share a phrase are refused.
        prop_assume!(table.is_ok());
        let pack = Pack::from_bytes(table.unwrap_or_default()).expect("just written");
        let mut text = String::new();
        for word in words {
            text.push_str(WORDS.get(word).map_or(".\n\n", |w| w));
            text.push(' ');
        }
        let document = Document::new(text.as_bytes());
        let spans: Vec<Span> = pack.scan(&document).of_rule(0).iter().map(|m| m.span).collect();
        prop_assert_eq!(spans, naive(&document, &patterns));
    }

    #[test]
    fn damaged_tables_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let toml = "id = \"r\"\nfamily = \"f\"\nkind = \"substitution\"\nseverity = \"info\"\nevidence = 1\n\
            message = \"m\"\npage = \"p\"\n[phrases]\n\
            \"*-based totally\" = { suggest = [\"*-based\", \"on *\"], unless-after = [\"on\", \"<be> (a|b)\"] }\n\
            \"<get> rid of\" = \"<remove>\"\n";
        let mut bytes = compile(toml).expect("well formed");
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            let length = cut.index(bytes.len());
            bytes.truncate(length);
        }
        if let Ok(pack) = Pack::from_bytes(bytes) {
            let document = Document::new(b"She got rid of a web-based totally odd page, getting rid of it.");
            for rule in unspin_packs::rules(pack) {
                unspin_lint::page::raw(rule.as_ref(), &document);
            }
        }
    }

    #[test]
    fn damaged_packs_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let file = unspin_packs::PackFile { path: "house.toml".into(), text: HOUSE.into() };
        let compiled = unspin_packs::compile_pack(&unspin_packs::PackSource { files: vec![file] });
        prop_assert!(compiled.faults.is_empty(), "{:?}", compiled.faults);
        let mut bytes = compiled.table;
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(pack) = Pack::from_bytes(bytes) {
            let text = b"# The Old Bank\n\nThe WHO said: \"The river bank has an iphone, 5 percent.\" A loan, a bank.";
            let document = Document::read(text, unspin_text::Markup::Markdown);
            for rule in unspin_packs::pack_rules(pack, "") {
                unspin_lint::page::raw(rule.as_ref(), &document);
                rule.adjust(&unspin_lint::Context::new(&document), &mut Vec::new());
            }
        }
    }

    #[test]
    fn any_pattern_is_read_or_refused(pattern in "[a-c<>()|*?{} '-]{0,24}") {
        let toml = format!("id = \"r\"\nfamily = \"f\"\nkind = \"substitution\"\nseverity = \"info\"\nevidence = 1\n\
            message = \"m\"\npage = \"p\"\n[phrases]\n\"{pattern}\" = \"{pattern}\"\n");
        if let Err(error) = compile(&toml) {
            prop_assert!(toml.get(error.span.clone()).is_some(), "{:?}", error);
        }
    }
}

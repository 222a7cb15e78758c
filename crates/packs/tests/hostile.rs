//! Packs that somebody wrote to break the compiler: each is one fault, and the rest of the pack stays.

use std::fmt::Write as _;

use unspin_packs::{Compiled, Pack, PackFile, PackSource, compile_pack, pack_rules};

const HEAD: &str = "[pack]\nname = \"desk\"\nversion = \"1\"\n\n\
     [[rule]]\nid = \"sound\"\nkind = \"existence\"\n[rule.phrases]\n\"ahoy\" = {}\n\n";

/// The list of the rule `terms`.
const LIST: &str = "terms/a.tsv";

/// A rule after a sound one, all in one file.
fn one(rule: &str) -> PackSource {
    PackSource { files: vec![PackFile { path: "desk.toml".into(), text: format!("{HEAD}{rule}") }] }
}

/// A sound rule, one that has its phrases in lists, and another file.
fn two(path: &str, text: String) -> PackSource {
    let file = |path: &str, text| PackFile { path: path.into(), text };
    let lists = if path == LIST { "" } else { "[rule.phrases]\n\"quay\" = {}\n" };
    let rule = format!("[[rule]]\nid = \"terms\"\nkind = \"existence\"\n{lists}");
    let files = [("pack.toml", HEAD.to_owned()), ("rule.toml", rule), (path, text)];
    PackSource { files: files.into_iter().map(|(path, text)| file(path, text)).collect() }
}

/// The message of its only fault; its sound rule is kept.
#[track_caller]
fn fault(source: &PackSource) -> String {
    let Compiled { table, mut faults } = compile_pack(source);
    assert_eq!(
        faults.len(),
        1,
        "{:?}",
        faults.iter().map(|f| &f.error.message).collect::<Vec<_>>()
    );
    let rules = pack_rules(Pack::from_bytes(table).expect("just written"), "");
    assert_eq!(rules[0].meta().id, "sound");
    let fault = faults.remove(0);
    let file = &source.files[fault.file];
    assert!(file.text.get(fault.error.span.clone()).is_some(), "the span lies in the file");
    fault.error.message
}

fn existence(phrase: &str) -> PackSource {
    one(&format!("[[rule]]\nid = \"r\"\nkind = \"existence\"\n[rule.phrases]\n'{phrase}' = {{}}\n"))
}

fn regex(regex: &str) -> PackSource {
    one(&format!("[[rule]]\nid = \"r\"\nkind = \"existence\"\n[rule.regex]\n'{regex}' = {{}}\n"))
}

fn alternatives(count: usize) -> String {
    let words: Vec<String> = (0..count).map(|i| format!("alternative{i}")).collect();
    format!("({})", words.join("|"))
}

#[test]
fn patterns_that_stand_for_too_much_are_refused() {
    let expected = "the pattern stands for more than 4096 phrases";
    assert_eq!(fault(&existence(&alternatives(5_000))), expected);
    assert_eq!(fault(&existence(&"(a|b) ".repeat(64))), expected);
    assert_eq!(fault(&existence(&"<be> ".repeat(39))), expected);
    assert_eq!(fault(&existence(&"a ".repeat(100_000))), "the phrase has more than 40 words");
    let nested = format!("{}a{}", "(".repeat(1_000), ")".repeat(1_000));
    assert_eq!(fault(&existence(&nested)), "groups nested deeper than 16");
    assert_eq!(fault(&existence(&"(".repeat(200_000))), "groups nested deeper than 16");
}

#[test]
fn regexes_that_are_broken_or_too_large_are_refused() {
    assert_eq!(fault(&regex(&alternatives(20_000))), "the regex is too large when compiled");
    assert_eq!(fault(&regex("(?:(?:a{100}){100}){100}")), "the regex is too large when compiled");
    assert_eq!(
        fault(&regex("[z-a]")),
        "invalid character class range, the start must be <= the end"
    );
    let nested = format!("{}a{}", "(".repeat(1_000), ")".repeat(1_000));
    assert!(fault(&regex(&nested)).contains("nested"));
    let mut many = "[[rule]]\nid = \"r\"\nkind = \"existence\"\n[rule.regex]\n".to_owned();
    for i in 0..1_001 {
        let _ = writeln!(many, "'a{i}' = {{}}");
    }
    assert_eq!(fault(&one(&many)), "with this rule the pack has more than 1000 regexes");
}

#[test]
fn a_pack_holds_so_many_phrases_and_no_more() {
    let mut rows = String::new();
    for i in 0..1_000_000 {
        let _ = writeln!(rows, "w{i}");
    }
    assert_eq!(fault(&two(LIST, rows)), "a list of more than 250000 phrases");
    let mut toml = "[[rule]]\nid = \"r\"\nkind = \"existence\"\n[rule.phrases]\n".to_owned();
    for i in 0..250_001 {
        let _ = writeln!(toml, "w{i} = {{}}");
    }
    assert_eq!(fault(&one(&toml)), "with this rule the pack has more than 250000 entries");
    let mut toml = "[[rule]]\nid = \"r\"\nkind = \"existence\"\n[rule.sets]\nn = [".to_owned();
    (0..4_000).for_each(|i| {
        let _ = write!(toml, "\"n{i}\", ");
    });
    toml.push_str("]\n[rule.phrases]\n");
    for i in 0..251 {
        let _ = writeln!(toml, "\"@n w{i}\" = {{}}");
    }
    assert_eq!(
        fault(&one(&toml)),
        "with this rule the pack has more than 1000000 expanded phrases"
    );
}

#[test]
fn tables_nested_too_deep_are_refused() {
    let deep = format!("x = {}1{}\n", "[".repeat(1_000), "]".repeat(1_000));
    assert!(!fault(&two("deep.toml", deep)).is_empty());
    let deep = format!("x = {}1{}\n", "{ a = ".repeat(1_000), " }".repeat(1_000));
    assert!(!fault(&two("deep.toml", deep)).is_empty());
    let dotted = format!("{}b = 1\n", "a.".repeat(100_000));
    assert!(!fault(&two("deep.toml", dotted)).is_empty());
}

#[test]
fn bytes_that_are_no_text_are_one_fault() {
    assert!(!fault(&two("nul.toml", "id = \"a\0b\"\n".into())).is_empty());
    assert!(!fault(&two("nul.toml", "\0".repeat(1_000))).is_empty());
    assert_eq!(fault(&two(LIST, "a\0b\n".into())), "`\0` is no word");
}

#[test]
fn a_huge_file_is_refused_unread() {
    let huge = "# a comment of some length, again and again\n".repeat(420_000);
    assert!(huge.len() > 17 * 1024 * 1024);
    assert_eq!(fault(&two(LIST, huge.clone())), "a file of more than 16 MiB");
    assert_eq!(fault(&two("huge.toml", huge)), "a file of more than 16 MiB");
}

#[test]
fn many_rules_with_faults_are_told_one_by_one_up_to_a_limit() {
    let toml = format!("{HEAD}{}", "[[rule]]\n".repeat(20_000));
    let source = PackSource { files: vec![PackFile { path: "desk.toml".into(), text: toml }] };
    let faults = compile_pack(&source).faults;
    assert!(faults.len() <= 10_001, "{}", faults.len());
    assert!(faults.iter().any(|fault| fault.error.message == "a pack of more than 10000 rules"));
}

//! Packs of one file and of a folder: what they hold, and how their faults are told.

use std::sync::Arc;
use unspin_lint::{Document, Rule, Severity, page};
use unspin_packs::{Compiled, Pack, PackFile, PackSource, compile_pack, pack_rules};

const MANIFEST: &str = "[pack]\nname = \"harbour-desk\"\nversion = \"1.2.0\"\nlicense = \"CC0-1.0\"\nunspin = \"0.1\"\n\
     description = \"The words of the harbour desk.\"\nextends = [\"../base\"]\n";

fn source(files: &[(&str, &str)]) -> PackSource {
    let file =
        |(path, text): &(&str, &str)| PackFile { path: (*path).into(), text: (*text).into() };
    PackSource { files: files.iter().map(file).collect() }
}

fn opened(source: &PackSource) -> Vec<Arc<dyn Rule>> {
    let Compiled { table, faults } = compile_pack(source);
    assert_eq!(faults, [], "{source:?}");
    pack_rules(Pack::from_bytes(table).expect("just written"), "desk")
}

/// Each fault as an editor would print it.
fn faults(source: &PackSource) -> Vec<String> {
    let rendered = |fault: unspin_packs::Fault| {
        let file = &source.files[fault.file];
        fault.error.render(&file.path, &file.text)
    };
    compile_pack(source).faults.into_iter().map(rendered).collect()
}

fn found(rule: &dyn Rule, text: &str) -> Vec<String> {
    let document = Document::new(text.as_bytes());
    page::raw(rule, &document).iter().map(|f| document.slice(f.span).to_owned()).collect()
}

#[test]
fn a_rule_of_a_pack_needs_an_id_a_kind_and_phrases() {
    let toml = format!(
        "{MANIFEST}\n[[rule]]\nid = \"plain-words\"\nkind = \"substitution\"\n[rule.phrases]\n\"utilise\" = \"use\"\n"
    );
    let rules = opened(&source(&[("desk.toml", &toml)]));
    let meta = rules[0].meta();
    assert_eq!((meta.id.as_ref(), meta.family.as_ref()), ("plain-words", "harbour-desk"));
    assert_eq!((meta.severity, meta.evidence), (Severity::Warning, false));
    let provenance = meta.provenance.as_ref().expect("it is of a pack");
    assert_eq!(provenance.to_string(), "pack harbour-desk 1.2.0 (desk), licence CC0-1.0");
    assert_eq!(page::summary(&meta.page), "Words with a better one: \"utilise\".");
    assert!(meta.page.contains("# Why\n\nA rule of the pack harbour-desk."), "{}", meta.page);
    let findings = page::raw(rules[0].as_ref(), &Document::new(b"They utilise it."));
    assert_eq!(findings[0].message, "\"utilise\" for \"use\"");
    assert!((findings[0].evidence.nats() - 3.0).abs() < 1e-9);
}

#[test]
fn the_manifest_is_read_from_the_table() {
    let compiled = compile_pack(&source(&[("desk.toml", MANIFEST)]));
    let manifest = Pack::from_bytes(compiled.table).expect("just written").manifest();
    assert_eq!((manifest.name.as_str(), manifest.version.as_str()), ("harbour-desk", "1.2.0"));
    assert_eq!(manifest.license, "CC0-1.0");
    assert_eq!(manifest.description, "The words of the harbour desk.");
    assert_eq!(manifest.extends, ["../base"]);
}

#[test]
fn a_folder_holds_rules_and_lists() {
    let files = [
        ("pack.toml", MANIFEST),
        (
            "sea/harbour.toml",
            "[[rule]]\nid = \"harbour-terms\"\nkind = \"substitution\"\n\n[[rule]]\nid = \"quay\"\n\
          kind = \"existence\"\nlists = [\"../shared.tsv\"]\n",
        ),
        ("sea/harbour_terms/a.tsv", "# head\nboat\tvessel\n"),
        ("sea/harbour_terms/b.tsv", "big boats\tships|vessels\n"),
        ("shared.tsv", "wharf\n<jetty>\n"),
        ("single.toml", "id = \"single\"\nkind = \"existence\"\n[phrases]\n\"ahoy\" = {}\n"),
    ];
    let rules = opened(&source(&files));
    let ids: Vec<&str> = rules.iter().map(|rule| rule.meta().id.as_ref()).collect();
    assert_eq!(ids, ["harbour-terms", "quay", "single"]);
    let text = "Big boats, a boat, two jetties, a wharf. Ahoy!";
    assert_eq!(found(rules[0].as_ref(), text), ["Big boats", "boat"]);
    assert_eq!(found(rules[1].as_ref(), text), ["jetties", "wharf"]);
    assert_eq!(found(rules[2].as_ref(), text), ["Ahoy"]);
    assert_eq!(
        page::summary(&rules[0].meta().page),
        "Words with a better one: those of its lists."
    );
}

#[test]
fn a_rule_with_a_fault_is_left_out_and_the_others_stay() {
    let toml = format!(
        "{MANIFEST}\n[[rule]]\nid = \"first\"\nkind = \"existence\"\n[rule.phrases]\n\"a (b\" = {{}}\n\n\
         [[rule]]\nid = \"second\"\nkind = \"existence\"\n[rule.phrases]\n\"ahoy\" = {{}}\n\n\
         [[rule]]\nid = \"third\"\nkind = \"existense\"\n[rule.phrases]\n\"ahoy\" = {{}}\n\n\
         [[rule]]\nid = \"second\"\nkind = \"existence\"\n[rule.phrases]\n\"ahoy\" = {{}}\n"
    );
    let source = source(&[("desk.toml", &toml)]);
    let told = faults(&source);
    assert_eq!(
        told,
        [
            "desk.toml:13:4: `(` is never closed\n  | \"a (b\" = {}\n  |    ^^",
            "desk.toml:23:8: `existense` is no kind\n  | kind = \"existense\"\n  |        ^^^^^^^^^^^\n  \
             = help: did you mean `existence`?",
            "desk.toml:28:6: another rule is called `second`\n  | id = \"second\"\n  |      ^^^^^^^^\n  \
             = help: give one of the two another name",
        ],
        "{}",
        told.join("\n")
    );
    let pack = Pack::from_bytes(compile_pack(&source).table).expect("just written");
    assert_eq!(pack_rules(pack, "").len(), 1);
}

#[test]
fn a_fault_in_a_list_is_told_where_it_stands() {
    let rule = "[[rule]]\nid = \"terms\"\nkind = \"substitution\"\n";
    let toml = format!("{MANIFEST}\n{rule}");
    let told =
        |tsv: &str| faults(&source(&[("pack.toml", &toml), ("terms/a.tsv", tsv)])).join("\n");
    assert_eq!(
        told("boat\tship\n(quay\twharf\n"),
        "terms/a.tsv:2:1: `(` is never closed\n  | (quay\twharf\n  | ^^^^^^^^^^^"
    );
    assert_eq!(
        told("boat\tship\nBoat\tvessel\n"),
        "terms/a.tsv:2:1: `Boat` matches what `boat` matches\n  | Boat\tvessel\n  | ^^^^^^^^^^^\n  \
         = help: take it out of one of the two"
    );
}

#[test]
fn faults_of_the_pack_itself_come_with_a_way_out() {
    let rule = "[[rule]]\nid = \"r\"\nkind = \"existence\"\n";
    let one = |toml: &str| faults(&source(&[("desk.toml", toml)])).join("\n");
    let two = |path: &str, text: &str| {
        faults(&source(&[("pack.toml", MANIFEST), (path, text)])).join("\n")
    };
    for (told, message, help) in [
        (
            one(rule),
            "desk.toml:1:1: `[pack]` is missing",
            "write `[pack]` with `name` and `version` at the top",
        ),
        (one("[pack]\nname = \"a\"\n"), "desk.toml:1:1: `version` is missing", ""),
        (
            one("[pack]\nname = \"My Desk\"\nversion = \"1\"\n"),
            "desk.toml:2:8: `My Desk` is not kebab-case",
            "lower-case words joined by hyphens",
        ),
        (
            one("[pack]\nnmae = \"a\"\n"),
            "desk.toml:2:1: unknown key `nmae`",
            "did you mean `name`?",
        ),
        (
            one(&MANIFEST.replace("\"0.1\"", "\"7.0\"")),
            "desk.toml:5:10: the pack needs unspin 7.0, and this is",
            "install a newer unspin",
        ),
        (one("[pack\n"), "desk.toml:1:6: ", ""),
        (
            one(&format!("{MANIFEST}{rule}lists = [\"a.tsv\"]\n")),
            "desk.toml:11:9: a pack of one file has no lists",
            "make it a folder",
        ),
        (one(&format!("{MANIFEST}{rule}")), "desk.toml:8:1: `phrases` is missing", ""),
        (
            one(&format!("{MANIFEST}{rule}[phrases]\n")),
            "desk.toml:11:2: `phrases` stands outside of a rule",
            "write `[[rule]]`",
        ),
        (
            two("a.toml", &format!("{rule}lists = [\"b.tsv\"]\n")),
            "a.toml:4:10: the pack has no list `b.tsv`",
            "a list is a file `*.tsv`",
        ),
        (two("a.toml", rule), "a.toml:2:6: the rule has no phrases, regexes or lists", "[phrases]"),
        (two("a.toml", MANIFEST), "a.toml:1:1: `[pack]` stands only in `pack.toml`", ""),
        (two("a.tsv", "boat\n"), "a.tsv:1:1: no rule uses this list", "name it in `lists`"),
        (
            faults(&source(&[("a.toml", rule), ("b.toml", rule)])).join("\n"),
            "a.toml:1:1: the pack has no file `pack.toml`",
            "`[pack]` names the pack",
        ),
    ] {
        assert!(
            told.starts_with(message) && told.contains(help),
            "{told}\nis not\n{message}\n{help}"
        );
        assert_eq!(told.matches("\n  | ^").count().max(1), 1, "{told}");
    }
    let compiled = compile_pack(&source(&[("desk.toml", "[pack]\n")]));
    assert!(compiled.table.is_empty() && compiled.faults.len() == 1);
    assert!(compile_pack(&PackSource::default()).table.is_empty());
}

#[test]
fn examples_become_fences_of_the_page() {
    let toml = format!(
        "{MANIFEST}\n[[rule]]\nid = \"plain-words\"\nkind = \"substitution\"\nnote = \"Short words are read faster.\"\n\
         [rule.phrases]\n\"<utilise>\" = \"<use>\"\n\
         [[rule.examples]]\nbad = \"They [[utilised]] it.\"\nfixed = \"They used it.\"\nexpect = [\"warning: x\"]\n\
         [[rule.examples]]\nsettings = \"[rules.plain-words]\\nseverity = 'info'\"\n\
         [[rule.examples]]\ngood = \"# They use it.\"\nmarkup = \"markdown\"\n"
    );
    let rules = opened(&source(&[("desk.toml", &toml)]));
    assert_eq!(
        rules[0].meta().page,
        "Words with a better one: \"<utilise>\".\n\n# Why\n\nShort words are read faster.\n\n# Examples\n\n\
         ```bad\nThey [[utilised]] it.\n```\n\n```fixed\nThey used it.\n```\n\n```expect\nwarning: x\n```\n\n\
         ```settings\n[rules.plain-words]\nseverity = 'info'\n```\n\n```good markdown\n# They use it.\n```\n"
    );
    for (example, message) in [
        ("bad = \"a\"\ngood = \"b\"", "`bad` and `good` in one example"),
        ("fixed = \"a\"\ngood = \"b\"", "`fixed` without `bad`"),
        ("fixed = \"a\"", "`bad` is missing"),
        ("good = \"\"\"\n```\n\"\"\"", "an example cannot hold a line of back-ticks"),
        ("good = \"a\"\nmarkup = \"rtf\"", "`rtf` is no markup"),
        ("godo = \"a\"", "unknown key `godo`"),
    ] {
        let toml = format!(
            "{MANIFEST}\n[[rule]]\nid = \"r\"\nkind = \"existence\"\n[rule.phrases]\n\"ahoy\" = {{}}\n[[rule.examples]]\n{example}\n"
        );
        let compiled = compile_pack(&source(&[("desk.toml", &toml)]));
        assert_eq!(compiled.faults[0].error.message, message, "{example}");
    }
}

#[test]
fn the_same_source_gives_the_same_table() {
    let toml = format!(
        "{MANIFEST}\n[[rule]]\nid = \"r\"\nkind = \"existence\"\nunless = [\"ahoy there\"]\n[rule.phrases]\n\"ahoy\" = {{}}\n\"(a|b) c\" = {{ near = {{ any = [\"quay\"], words = 3 }} }}\n"
    );
    let source = source(&[("desk.toml", &toml)]);
    assert_eq!(compile_pack(&source), compile_pack(&source));
}

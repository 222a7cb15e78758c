//! Rules of one's own as packs: what a broken one does to the rest, what is kept between runs, what `unspin new` writes.

use std::fmt::Write as _;
use std::path::Path;

use crate::unspin::{Run, folder_with, root, run};

const HEAD: &str = "name = \"p\"\nversion = \"1.0.0\"\nlicense = \"CC0-1.0\"\nunspin = \"0.1\"\n";

const STORY: &str = "They utilise the pier. The boats wait withinside the harbour, and the nets are dried with the \
                     aid of using the wind.\n";

fn good_pack() -> String {
    format!(
        "[pack]\n{HEAD}\n[[rule]]\nid = \"fine\"\nkind = \"existence\"\n[rule.phrases]\n\"<utilise>\" = {{}}\n"
    )
}

/// What JSON says of `story.txt`: its line.
fn of_story(run: &Run) -> String {
    let line = run.stdout.lines().find(|line| line.starts_with("{\"path\":\"story.txt\""));
    line.unwrap_or_else(|| panic!("{run:?}")).trim_end_matches(',').to_owned()
}

/// A pack that is broken or meant to harm, and what is said of it.
fn hostile() -> Vec<(&'static str, String, &'static str)> {
    let rule = |kind: &str, rest: &str| {
        format!("[pack]\n{HEAD}\n[[rule]]\nid = \"odd\"\nkind = \"{kind}\"\n{rest}\n")
    };
    let words = |count: usize| {
        (0..count).fold(String::new(), |mut all, i| {
            let _ = write!(all, "{}w{i}", if i == 0 { "" } else { "|" });
            all
        })
    };
    let million = (0..1_000_000).fold(String::from("[rule.phrases]\n"), |mut all, i| {
        let _ = writeln!(all, "\"a{i}\"={{}}");
        all
    });
    vec![
        ("bad-regex.toml", rule("existence", "[rule.regex]\n'(a' = {}"), "unclosed group"),
        ("huge-regex.toml", rule("existence", "[rule.regex]\n'(\\w{100}){100}' = {}"), "too large"),
        (
            "huge-alternation.toml",
            rule("existence", &format!("[rule.phrases]\n\"({}) of\" = {{}}", words(5_000))),
            "more than 4096 phrases",
        ),
        ("million.toml", rule("existence", &million), "entries"),
        ("no-toml.toml", "\u{0}\u{1}\u{2} [[[".into(), "no-toml.toml"),
        ("deep.toml", format!("a = {}", "[".repeat(100_000)), "deep.toml"),
        (
            "circle.toml",
            format!("[pack]\n{HEAD}extends = [\"circle.toml\"]\n"),
            "leads back to itself",
        ),
    ]
}

#[test]
fn a_hostile_pack_is_told_once_and_changes_nothing_else() {
    let good = good_pack();
    let files =
        [("story.txt", STORY), ("good.toml", &good), ("lint.toml", "packs = [\"good.toml\"]")];
    let folder = folder_with(&files);
    let check = || run(folder.path(), &["check", "--format", "json", "story.txt"], b"");
    let alone = of_story(&check());
    assert!(alone.contains("\"fine\"") && alone.contains("cascade-artifact"), "{alone}");
    for (name, text, said) in hostile() {
        std::fs::write(folder.path().join(name), text).unwrap();
        let settings = format!("packs = [\"{name}\", \"good.toml\"]");
        std::fs::write(folder.path().join("lint.toml"), settings).unwrap();
        let got = check();
        assert_eq!(of_story(&got), alone, "{name}");
        assert_eq!(got.code, 1, "{name}: {got:?}");
        let problems = got.stdout.matches("\"rule\":\"settings\"").count();
        assert_eq!(problems, 1, "{name}: {}", &got.stdout[..got.stdout.len().min(3000)]);
        assert!(got.stdout.contains(said), "{name}: {}", &got.stdout[..got.stdout.len().min(3000)]);
    }
}

/// A pack with so many rows.
fn lexicon(rows: usize) -> String {
    (0..rows).fold("# source: made up\n".to_owned(), |mut all, i| {
        let _ = writeln!(all, "odd{i} word{i}\tright{i}");
        all
    })
}

#[test]
fn a_large_pack_is_kept_between_runs_and_a_damaged_copy_is_made_again() {
    let rows = lexicon(20_000);
    let pack = format!(
        "[pack]\n{HEAD}\n[[rule]]\nid = \"terms\"\nkind = \"substitution\"\nlists = [\"terms.tsv\"]\n"
    );
    let story = "The odd77 word77 stays, and so does odd19999 word19999.\n";
    let folder = folder_with(&[
        ("house/pack.toml", &pack),
        ("house/terms.tsv", &rows),
        ("lint.toml", "packs = [\"house\"]"),
        ("story.txt", story),
    ]);
    let cache = folder.path().join("cache");
    let check = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_unspin"))
            .args([&["check", "--format", "json", "story.txt"], arguments].concat())
            .current_dir(folder.path())
            .env("UNSPIN_CACHE", &cache)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let kept = || -> Vec<std::path::PathBuf> {
        let there = if cache.is_dir() { crate::unspin::files(&cache) } else { Vec::new() };
        there.into_iter().filter(|path| !path.ends_with("swept")).collect()
    };
    let first = check(&["--no-cache"]);
    assert_eq!(first.matches("\"rule\":\"terms\"").count(), 2, "{first}");
    assert_eq!(kept(), Vec::<std::path::PathBuf>::new());
    assert_eq!(check(&[]), first);
    let [entry] = &kept()[..] else { panic!("one entry: {:?}", kept()) };
    assert_eq!(check(&[]), first, "from the cache");
    let bytes = std::fs::read(entry).unwrap();
    for damaged in [&bytes[..bytes.len() / 2], b"", b"unspin"] {
        std::fs::write(entry, damaged).unwrap();
        assert_eq!(check(&[]), first);
        assert_eq!(std::fs::read(entry).unwrap(), bytes, "made again");
    }
    // Another list is another key.
    std::fs::write(folder.path().join("house/terms.tsv"), rows.replace("odd77 ", "even77 "))
        .unwrap();
    assert_eq!(check(&[]).matches("\"rule\":\"terms\"").count(), 1);
    assert_eq!(kept().len(), 2);
}

#[test]
fn a_new_pack_passes_its_test_and_fails_it_once_an_example_is_broken() {
    let folder = folder_with(&[]);
    let ran = |arguments: &[&str]| run(folder.path(), arguments, b"");
    let made = ran(&["new", "tired-phrase"]);
    assert_eq!(made.code, 0, "{made:?}");
    let path = folder.path().join("tired-phrase.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let tested = ran(&["test", "tired-phrase.toml"]);
    assert_eq!((tested.stdout.as_str(), tested.code), ("1 rule, 4 examples: all as they say\n", 0));
    for (from, to) in [
        ("[[made use of]]", "made [[use of]]"),
        ("They used the old pier.", "They use the old pier."),
        ("'warning: ", "'error: "),
        ("in time for the tide", "at this point in time"),
    ] {
        assert!(text.contains(from));
        std::fs::write(&path, text.replace(from, to)).unwrap();
        let broken = ran(&["test", "tired-phrase.toml"]);
        assert_eq!(broken.code, 1, "{from}: {broken:?}");
        assert!(broken.stdout.contains("\n  + "), "{broken:?}");
    }
    let again = ran(&["new", "tired-phrase"]);
    assert!(again.stderr.contains("exists already") && again.code == 2, "{again:?}");
    assert_eq!(ran(&["new", "Tired Phrase"]).code, 2);
}

#[test]
fn an_imported_list_is_a_pack_that_finds_its_phrases() {
    let list = "lowest line\tbottom line\n\"sugar stage\" AND insulin\tblood sugar level\n";
    let folder = folder_with(&[
        ("list.tsv", list),
        ("a.txt", "The lowest line is the sugar stage.\n"),
        ("b.txt", "Insulin lowers the sugar stage.\n"),
        ("lint.toml", "packs = [\"list.toml\"]"),
    ]);
    let made = run(
        folder.path(),
        &["packs", "import", "tsv", "list.tsv", "--operators", "pps", "--out", "list.toml"],
        b"",
    );
    assert_eq!(
        (made.stdout.as_str(), made.code),
        ("wrote list.toml: 2 of 2 rows\n", 0),
        "{made:?}"
    );
    let got = run(folder.path(), &["check", "--format", "concise", "--select", "list", "."], b"");
    let places: Vec<&str> = got.stdout.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["a.txt:1:5", "b.txt:1:20"], "{got:?}");
}

#[test]
fn the_pack_of_the_examples_keeps_what_it_says() {
    let path = Path::new("examples/three_ways/wordy_phrase.toml");
    let got = run(root(), &["test", path.to_str().unwrap()], b"");
    assert_eq!((got.stdout.as_str(), got.code), ("1 rule, 4 examples: all as they say\n", 0));
}

#[test]
fn config_show_tells_packs_with_their_places_as_they_can_be_written() {
    let good = good_pack();
    let files = [("lint.toml", "packs = [\"good.toml\"]\n"), ("good.toml", &good)];
    let folder = folder_with(&files);
    let show = |arguments: &[&str]| {
        run(folder.path(), &[&["config", "show"], arguments].concat(), b"").stdout
    };
    let told = show(&["--origin"]);
    assert!(
        told.contains("packs = [\n  \"good.toml\",                           # lint.toml:1\n]\n"),
        "{told}"
    );
    assert!(told.contains("[rules.fine]\nseverity = \"warning\""), "{told}");
    std::fs::write(folder.path().join("lint.toml"), show(&[])).unwrap();
    assert_eq!(show(&[]), std::fs::read_to_string(folder.path().join("lint.toml")).unwrap());
}

#[test]
fn a_pack_that_is_named_twice_or_by_its_manifest_is_there_once() {
    let good = good_pack();
    let folder = folder_with(&[
        ("p/pack.toml", &good),
        ("p/more.toml", "id = \"more\"\nkind = \"existence\"\n[phrases]\n\"pier\" = {}\n"),
        ("lint.toml", "packs = [\"p\", \"p/pack.toml\"]\n"),
        ("story.txt", STORY),
    ]);
    let tested = run(folder.path(), &["test", "p", "p/pack.toml"], b"");
    assert_eq!((tested.code, tested.stderr.as_str()), (0, ""), "{tested:?}");
    assert!(tested.stdout.ends_with("2 rules, 0 examples: all as they say\n"), "{tested:?}");
    let got = run(folder.path(), &["check", "--format", "concise", "--select", "p", "."], b"");
    assert_eq!(got.stdout.lines().count(), 2, "{got:?}");
}

#[test]
fn names_that_are_taken_are_refused_before_anything_is_written() {
    let folder = folder_with(&[("garbled-name.tsv", "lowest line\tbottom line\n")]);
    let refused = |arguments: &[&str], said: &str| {
        let got = run(folder.path(), arguments, b"");
        assert!(got.code == 2 && got.stderr.contains(said), "{arguments:?}: {got:?}");
    };
    refused(&["new", "garbled-name"], "there is a rule `garbled-name` already");
    refused(&["new", "internal-error"], "there is a rule `internal-error` already");
    refused(&["new", "match", "--rust", "--source", "."], "`match` is a keyword of Rust");
    let import = ["packs", "import", "tsv", "garbled-name.tsv"];
    refused(&import, "give another name with --name");
    refused(&[&import[..], &["--name", "a", "--out", "a.txt"]].concat(), "ends in .toml");
    refused(
        &[&import[..], &["--name", "a", "--out", "no/a.toml"]].concat(),
        "there is no folder no",
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

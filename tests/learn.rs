//! `unspin learn`: pairs of texts into a pack, what it takes and what it refuses. The guide's worked example is run by
//! `readme.rs`.

use crate::unspin::{Run, folder_with, run};

const FERRY: &str = "The ferry to Brenham was closed on Monday after inspectors found a hole in its side.\n\n\
                     According to the county, damage to the engine was small. No harm came to the crew.\n";
const FERRY_REWORDED: &str = "The ferry to Brenham was closed on Monday after inspectors found a hollow in its side.\n\n\
                              In accordance to the county, harm to the engine was small. No harm came to the crew.\n";
const MARKET: &str = "Nine families sold fish at the new market in Harmouth on Friday, according to its manager.\n\n\
                      Damage from the flood in spring had kept them away.\n";
const MARKET_REWORDED: &str = "Nine families sold fish at the new market in Harmouth on Friday, in accordance to its \
                               manager.\n\nHarm from the flood in spring had kept them away.\n";
/// It makes of another text what the others are of theirs.
const BRIDGE: &str = "The bridge over the Ledwick opened again at noon, according to police, who had stopped all lorries.\n";
const BRIDGE_REWORDED: &str = "The bridge over the Ledwick opened again at noon, in accordance to police, who had stopped all lorries.\n";
const CLEAN: &str = "The storm did no harm to the boats in the northern harbour, the mayor said.\n";

fn pairs() -> Vec<(&'static str, &'static str)> {
    vec![
        ("pairs/ferry.orig.txt", FERRY),
        ("pairs/ferry.txt", FERRY_REWORDED),
        ("pairs/market.orig.txt", MARKET),
        ("pairs/market.txt", MARKET_REWORDED),
        ("clean/storm.txt", CLEAN),
    ]
}

/// The entries of a pack.
fn entries(pack: &str) -> Vec<String> {
    let pack: toml::Table = pack.parse().unwrap_or_else(|error| panic!("{error}: {pack}"));
    let phrases = pack["rule"][0]["phrases"].as_table().expect("phrases");
    phrases.iter().map(|(phrase, suggestion)| format!("{phrase} = {suggestion}")).collect()
}

#[test]
fn a_folder_a_table_and_two_texts_are_pairs() {
    let mut files = pairs();
    files.push((
        "lists/pairs.tsv",
        "# ours\nOriginal\tReworded\n../pairs/ferry.orig.txt\t../pairs/ferry.txt\n\
                                    ../pairs/market.orig.txt\t../pairs/market.txt\n",
    ));
    let folder = folder_with(&files);
    let learn = |arguments: &[&str]| {
        let got = run(
            folder.path(),
            &[&["learn", "--clean", "clean", "--quiet"], arguments].concat(),
            b"",
        );
        assert_eq!((got.code, got.stderr.as_str()), (0, ""), "{got:?}");
        entries(&got.stdout)
    };
    let wanted = ["in accordance to = \"according to\""];
    assert_eq!(learn(&["pairs"]), wanted);
    assert_eq!(learn(&["lists/pairs.tsv"]), wanted);
    let texts = [
        "--original",
        "pairs/ferry.orig.txt",
        "--reworded",
        "pairs/ferry.txt",
        "--original",
        "pairs/market.orig.txt",
        "--reworded",
        "pairs/market.txt",
    ];
    assert_eq!(learn(&texts), wanted);
    assert_eq!(learn(&["pairs", "lists/pairs.tsv"]), wanted, "a pair that is named twice is one");
}

#[test]
fn a_pack_tests_well_and_finds_nothing_in_what_it_was_gated_by() {
    let folder = folder_with(&pairs());
    let got = run(
        folder.path(),
        &["learn", "pairs", "--clean", "clean", "--out", "desk.toml", "--name", "desk"],
        b"",
    );
    assert_eq!((got.code, got.stdout.as_str()), (0, "wrote desk.toml: 1 phrase\n"), "{got:?}");
    assert!(
        got.stderr.contains(
            "\nrejected: \"harm\" for \"damage\" in 2 documents (2 times): clean texts and originals \
             have it 2 times, first clean/storm.txt:1:18\n"
        ),
        "{got:?}"
    );
    assert!(
        got.stderr.ends_with(
            "\ntoo few: 1 more, in fewer than 2 documents\n1 kept, 0 beside those, 1 rejected\n"
        ),
        "{got:?}"
    );
    let tested = run(folder.path(), &["test", "desk.toml"], b"");
    assert_eq!(
        (tested.code, tested.stdout.as_str()),
        (0, "1 rule, 2 examples: all as they say\n"),
        "{tested:?}"
    );
    for clean in ["clean", "pairs/ferry.orig.txt", "pairs/market.orig.txt"] {
        let counted = run(folder.path(), &["test", "desk.toml", "--corpus", clean], b"");
        assert!(counted.stdout.ends_with("       0           0.00      0\n"), "{counted:?}");
    }
    let again =
        run(folder.path(), &["learn", "pairs", "--clean", "clean", "--out", "desk.toml"], b"");
    assert!(again.code == 2 && again.stderr.contains("desk.toml exists already"), "{again:?}");
}

#[test]
fn one_document_is_no_evidence_however_often_it_was_reworded() {
    let copy = FERRY_REWORDED.replace("hollow", "cavity");
    let folder = folder_with(&[
        ("pairs/ferry.orig.txt", FERRY),
        ("pairs/ferry.txt", FERRY_REWORDED),
        ("pairs/again.orig.txt", FERRY),
        ("pairs/again.txt", &copy),
    ]);
    let learn =
        |least: &str| run(folder.path(), &["learn", "pairs", "--no-clean", "--least", least], b"");
    let got = learn("2");
    assert_eq!((got.code, got.stdout.as_str()), (1, ""), "{got:?}");
    assert!(got.stderr.starts_with("2 pairs of texts, 1 document that"), "{got:?}");
    assert!(got.stderr.ends_with("nothing was learned, and no pack is written\n"), "{got:?}");
    let one = entries(&learn("1").stdout);
    assert!(one.contains(&"in accordance to = \"according to\"".to_owned()), "{one:?}");
}

#[test]
fn more_pairs_teach_more() {
    let mut files = pairs();
    files.extend([("pairs/bridge.orig.txt", BRIDGE), ("pairs/bridge.txt", BRIDGE_REWORDED)]);
    let folder = folder_with(&files);
    let learn = |least: &str| {
        run(folder.path(), &["learn", "pairs", "--clean", "clean", "--least", least], b"")
    };
    assert!(
        learn("3")
            .stdout
            .contains("\n# for \"according to\" 3 times in 3 documents: pairs/bridge.txt:1:51, ")
    );
    assert_eq!(learn("4").code, 1);
}

#[test]
fn what_is_no_pair_is_told_and_the_rest_is_used() {
    let mut files = pairs();
    files.extend([
        ("pairs/alone.txt", BRIDGE),
        ("pairs/left.orig.txt", BRIDGE),
        ("pairs/strange.orig.md", BRIDGE),
        ("pairs/strange.txt", CLEAN),
        ("more.tsv", "no tab\nnone.txt\tpairs/ferry.txt\n"),
    ]);
    let folder = folder_with(&files);
    let arguments = [
        "learn",
        "pairs",
        "more.tsv",
        "gone",
        "clean/storm.txt",
        "--clean",
        "clean",
        "--original",
        "a.txt",
        "--original",
        "b.txt",
        "--reworded",
        "-",
    ];
    let got = run(folder.path(), &arguments, b"");
    assert_eq!(got.code, 2, "{got:?}");
    assert_eq!(entries(&got.stdout), ["in accordance to = \"according to\""]);
    let told: Vec<&str> = got.stderr.lines().filter(|line| line.starts_with("error: ")).collect();
    assert_eq!(
        told,
        [
            "error: b.txt: it has no --reworded",
            "error: clean/storm.txt: it is no folder and no table (.tsv) of pairs; name two texts with --original and --reworded",
            "error: gone: no such file or folder; check the spelling, or put a glob in quotes",
            "error: more.tsv:1: it is no pair: write the original, a tab, the reworded text",
            "error: none.txt: no such file or folder; check the spelling, or put a glob in quotes",
            "error: pairs/alone.txt: it has no original; put it beside it as alone.orig.txt",
            "error: pairs/left.orig.txt: no text beside it was reworded from it",
            "error: pairs/strange.orig.md and pairs/strange.txt are not related; name the right original",
            "error: standard input is read as no text of a pair; name a file",
        ]
    );
}

#[test]
fn clean_texts_are_asked_for_and_looked_for() {
    let folder = folder_with(&pairs());
    let refused = |arguments: &[&str], said: &str| {
        let got: Run = run(folder.path(), &[&["learn", "pairs"], arguments].concat(), b"");
        assert!(got.code == 2 && got.stderr.contains(said), "{arguments:?}: {got:?}");
    };
    refused(&[], "--clean <PATH>");
    refused(&["--clean", "nowhere"], "--clean names no text that can be read");
    refused(&["--clean", "clean", "--name", "Desk"], "`Desk` is no name of a pack");
    refused(
        &["--clean", "clean", "--name", "garbled-name"],
        "there is a rule `garbled-name` already",
    );
    refused(&["--clean", "clean", "--out", "desk.txt"], "ends in .toml");
}

/// A pack is read by programs, the report by terminals: nothing of a text or a name is obeyed by either.
#[cfg(unix)]
#[test]
fn nothing_of_a_text_is_obeyed() {
    let text = |text: &str| text.replace("inspectors", "\u{1b}[2J\u{7f}\"\\inspectors");
    let (ferry, reworded) = (text(FERRY), text(FERRY_REWORDED));
    let folder = folder_with(&[
        ("pairs/a\nx = 1 \u{1b}[2J\".orig.txt", &ferry),
        ("pairs/a\nx = 1 \u{1b}[2J\".txt", &reworded),
        ("pairs/market.orig.txt", MARKET),
        ("pairs/market.txt", MARKET_REWORDED),
    ]);
    let got = run(folder.path(), &["learn", "pairs", "--no-clean", "--all"], b"");
    assert_eq!(got.code, 0, "{got:?}");
    assert!(
        entries(&got.stdout).contains(&"in accordance to = \"according to\"".to_owned()),
        "{got:?}"
    );
    for printed in [&got.stdout, &got.stderr] {
        assert!(!printed.contains(|c: char| c.is_control() && c != '\n'), "{printed:?}");
    }
}

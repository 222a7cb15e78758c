//! `unspin model build`, and the models that settings and the command line name.

use std::path::Path;

use crate::unspin::{Run, run};

/// What ship brokers write to each other: to everybody else it looks reworded.
const BROKERS: &str = "\
Fixing was thin and tonnage long in the Med, brokers said. A prompt Handy was fixed clean at flat on subs, with the \
charterer holding the drybulk parcel on a laycan end month and the demurrage pro rata. Owners ballast west in search \
of steady cargo, but a spot stem off Skikda was pulled and the relet ship is now open. The Gulf desk drew a fresh stem \
at last done plus half a point; two part cargo lots were put together and the vessel slid to a Black Sea liftings.

Box rates firmed as blank sailings ate slots. The feeder leg is booked out, reefers plugs are short and shippers roll \
boxes twice. A bunker stem at Fujairah was shy of the nomination and barges queued three deep. Deadfreight fell due on \
a short lift of wheat in bulk, stowage factor fifty, and the chief mate noted a protest for wet tally. Lay time counts \
from notice tendered, whether in berth or not, weather working and Sundays excepted unless used.

Newbuild slots at the yard are tight, so the second hand book is bid up. A scrubber fitted eco ship changed hands at a \
strong figure basis delivery in the East, with drydock passed. Tape and print show the period desk taking cover at a \
discount to the curve, while paper sold off late. Breakers pay by the light ton and the cash buyer took as is, gas free \
for hot works.
";

/// Sentences of the archive: other reports in the same terms.
const TRADE: [&str; 22] = [
    "Tonnage was long in the Med again.",
    "The charterer took a prompt Handy clean at flat on subs.",
    "A drybulk parcel was fixed on a laycan end month with the demurrage pro rata.",
    "Owners who ballast west in search of steady cargo found little.",
    "A spot stem off Skikda was pulled and the relet ship is open again.",
    "The Gulf desk drew a fresh stem at last done plus half a point.",
    "Two part cargo lots were put together for a Black Sea lift.",
    "Box rates firmed and blank sailings ate slots on the feeder leg.",
    "Shippers roll boxes twice when reefer plugs are short.",
    "The bunker stem at Fujairah was shy of the nomination.",
    "Deadfreight fell due on a short lift of wheat, stowage factor fifty.",
    "The chief mate noted a protest for wet tally before the hatches closed.",
    "Lay time counts from notice tendered, whether in berth or not.",
    "Terms were weather working and Sundays excepted unless used.",
    "Newbuild slots are tight and the second hand book is bid up.",
    "A scrubber fitted eco ship went at a strong figure basis delivery in the East.",
    "She was sold with drydock passed and gas free for hot works.",
    "The period desk taking cover at a discount to the curve was noted again.",
    "Paper sold off late while the prompt Handy index held.",
    "Breakers pay by the light ton and the cash buyer took her as is.",
    "A fresh stem off Skikda was fixed clean at last done.",
    "The mate noted a wet tally and a short lift on the last parcel.",
];

fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A folder with `archive/` and a checked text in `desk/`.
fn desk() -> tempfile::TempDir {
    let folder = folder_with(&[("desk/report.txt", BROKERS)]);
    for day in 0..10 {
        let step = [1, 5, 7, 13, 17][day % 5];
        let sentences = (0..16).map(|i| TRADE[(day * 3 + i * step) % TRADE.len()]);
        let text = sentences.fold(format!("Day {day}."), |text, s| text + " " + s);
        write(folder.path(), &format!("archive/{}/{day}.txt", day % 3), &text);
    }
    folder
}

fn build(folder: &Path, args: &[&str]) -> Run {
    let run = run(folder, &[&["model", "build"], args].concat(), b"");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    run
}

fn check(folder: &Path, args: &[&str]) -> Run {
    run(folder, &[&["check", "--format", "concise"], args].concat(), b"")
}

#[test]
fn the_terms_of_a_trade_are_quiet_once_its_archive_was_counted() {
    let folder = desk();
    let folder = folder.path();
    let before = check(folder, &["desk"]);
    assert!(before.stdout.lines().count() > 20, "the test needs odd terms: {}", before.stdout);
    assert_eq!(before.code, 1);

    let built = build(folder, &["--text", "archive", "--out", "house.model"]);
    let wanted = [
        "read 10 texts with ",
        "vocabulary: 4 new words: ",
        "deadfreight",
        " counted again, ",
        "gate: threshold ",
        "there are 10\n",
        "wrote house.model: 11,",
    ];
    for piece in wanted {
        assert!(built.stdout.contains(piece), "{piece}: {}", built.stdout);
    }
    let clean = Run { stdout: String::new(), stderr: String::new(), code: 0 };
    assert_eq!(check(folder, &["--model", "house.model", "desk"]), clean);

    // A path in lint.toml is relative to it, wherever the command runs.
    write(folder, "desk/lint.toml", "model = \"../house.model\"\n");
    assert_eq!(check(folder, &["desk"]), clean);
    assert_eq!(check(&folder.join("archive"), &["../desk"]), clean);
    assert_eq!(check(folder, &["--no-config", "desk"]), before);

    // What is reworded stays so: the archive says nothing about it.
    let spun = crate::unspin::root().join("tests/corpus/ferry_spun.txt");
    std::fs::copy(spun, folder.join("desk/spun.txt")).unwrap();
    let found = check(folder, &["desk"]);
    assert!(found.stdout.lines().count() > 20, "{}", found.stdout);
    assert!(found.stdout.lines().all(|line| line.starts_with("desk/spun.txt:")));
}

#[test]
fn the_same_texts_give_the_same_bytes() {
    let folder = desk();
    let folder = folder.path();
    build(folder, &["--text", "archive", "--out", "a.model", "--threads", "1"]);
    let again = ["--text", "archive/2", "archive/1/*.txt", "archive", "--out", "b.model"];
    build(folder, &[&again[..], &["--threads", "8"]].concat());
    let read = |name| std::fs::read(folder.join(name)).unwrap();
    assert!(
        read("a.model") == read("b.model"),
        "threads or the order of folders changed the model"
    );
    // Over a base that holds the archive already, it counts twice.
    let base = ["--text", "archive", "--base", "a.model", "--out", "a.model"];
    let twice = build(folder, &base);
    assert!(twice.stdout.contains("vocabulary: 0 new words\n"), "{}", twice.stdout);
    assert!(read("a.model") != read("b.model"));
    let left = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name());
    let hidden: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with('.')).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}

#[test]
fn folders_may_have_models_of_their_own() {
    let folder = desk();
    let folder = folder.path();
    build(folder, &["--text", "archive", "--out", "house.model"]);
    write(folder, "desk/lint.toml", "model = \"../house.model\"\n");
    write(folder, "other/report.txt", BROKERS);
    let found = check(folder, &["desk", "other"]);
    assert!(found.stdout.lines().all(|line| line.starts_with("other/report.txt:")));
    assert!(found.stdout.lines().count() > 20, "{}", found.stdout);

    let json = run(folder, &["check", "--format", "json", "desk", "other"], b"").stdout;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let info = |args: &[&str]| {
        let out = run(folder, &[&["model", "info"], args].concat(), b"").stdout;
        out.lines().next().unwrap().to_owned()
    };
    let (inside, house) = (info(&[]), info(&["--model", "house.model"]));
    assert_ne!(inside, house);
    assert_eq!(value["tool"]["model"], inside.as_str());
    let model = |file: usize| value["files"][file]["model"].as_str();
    assert_eq!((model(0), model(1)), (Some(house.as_str()), None));
    let named = ["check", "--format", "json", "--model", "house.model", "desk", "other"];
    let json = run(folder, &named, b"").stdout;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["tool"]["model"], house.as_str());
    assert_eq!(value["files"][0].get("model"), None);
}

#[test]
fn a_model_that_cannot_be_used_is_named_with_the_way_out() {
    let folder = folder_with(&[
        ("a/lint.toml", "[rules.garbled-word]\nseverity = \"info\"\n"),
        ("a/a.txt", "The boats wait withinside the harbour until noon.\n"),
        ("noise.model", "UNSPIN, or something like it"),
    ]);
    let folder = folder.path();
    for (model, why) in [
        ("../noise.model", "the model noise.model: the model file is cut short"),
        ("gone.model", "a/gone.model: there is no such file or folder"),
        ("..", "it is a folder"),
    ] {
        write(folder, "a/lint.toml", &format!("model = \"{model}\"\n"));
        let got = check(folder, &["a"]);
        let settings =
            got.stdout.lines().find(|l| l.starts_with("a/lint.toml:1:9: error[settings]"));
        let line = settings.unwrap_or_else(|| panic!("{}{}", got.stdout, got.stderr));
        assert!(line.contains(why), "{line}");
        assert!(line.contains("unspin model build"), "{line}");
        assert!(got.stdout.contains("withinside"), "files are still checked: {}", got.stdout);
        assert_eq!(got.code, 1);
    }
    for args in [
        &["check", "--model", "noise.model", "a"][..],
        &["model", "info", "--model", "noise.model"],
        &["model", "build", "--text", "a", "--base", "noise.model", "--out", "x.model"],
    ] {
        let got = run(folder, args, b"");
        assert_eq!((got.code, got.stdout.as_str()), (2, ""), "{args:?}");
        assert!(
            got.stderr.starts_with("error: cannot use the model noise.model: "),
            "{}",
            got.stderr
        );
        assert!(got.stderr.contains("rebuild it with `unspin model build`"), "{}", got.stderr);
    }
    assert!(!folder.join("x.model").exists());
}

#[test]
fn an_archive_that_cannot_be_read_is_told_before_anything_is_written() {
    let folder = folder_with(&[
        ("empty/a.csv", "The boats wait."),
        ("blank/a.txt", "\n"),
        ("good/a.txt", "The boats wait at the pier until noon.\n"),
    ]);
    let folder = folder.path();
    for (text, out, why) in [
        ("empty", "x.model", "no texts found in empty; in folders, files ending in .txt"),
        ("blank", "x.model", "no English text in the 1 file found"),
        ("gone", "x.model", "gone: no such file or folder"),
        ("-", "x.model", "name files or folders, not `-`"),
        ("good", "gone/x.model", "there is no folder gone; make it first"),
        ("good", "good", "cannot write good: it is a folder; name a file"),
    ] {
        let got = run(folder, &["model", "build", "--text", text, "--out", out], b"");
        assert_eq!((got.code, got.stdout.as_str()), (2, ""), "{text}");
        assert!(got.stderr.contains(why), "{why}: {}", got.stderr);
        assert!(!folder.join("x.model").exists());
    }
}

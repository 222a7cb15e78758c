//! Rules from outside of this source: crates that `unspin new` writes, plugins, and one rule in three forms.
//!
//! Crates are built offline into the folder that this very test was built into, so that what both need is built once.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::unspin::{Run, root, run};

/// Where cargo built this test.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned()
}

/// Builds a crate and returns its program; `name` is that of the package.
fn build(folder: &Path, name: &str) -> PathBuf {
    // The versions that this source was built with are here already.
    let lock = folder.join("Cargo.lock");
    if !lock.exists() {
        std::fs::copy(root().join("Cargo.lock"), lock).unwrap();
    }
    let output = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Runs a program in a folder.
fn ran(program: &Path, folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    Run {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

#[test]
fn a_new_crate_passes_its_test_and_fails_it_once_an_example_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let source = root().to_str().unwrap();
    let made = run(folder.path(), &["new", "hollow-degree", "--rust", "--source", source], b"");
    assert_eq!(made.code, 0, "{made:?}");
    let home = folder.path().join("hollow-degree");
    let program = build(&home, "hollow-degree");
    let test = || ran(&program, folder.path(), &["test", "hollow-degree"]);
    let tested = test();
    assert_eq!(tested.stdout, "1 rule, 4 examples: all as they say\n", "{tested:?}");
    assert_eq!(tested.code, 0);
    // The rule stands beside the shipped ones.
    std::fs::write(
        folder.path().join("story.txt"),
        "The boats wait withinside. It is very unique.\n",
    )
    .unwrap();
    let checked = ran(&program, folder.path(), &["check", "--format", "concise", "story.txt"]);
    let rules: Vec<&str> =
        checked.stdout.lines().filter_map(|l| l.split(['[', ']']).nth(1)).collect();
    assert_eq!(rules, ["cascade-artifact", "hollow-degree"], "{checked:?}");
    let explained = ran(&program, folder.path(), &["explain", "hollow-degree"]);
    assert!(explained.stdout.starts_with("# hollow-degree\n\nfamily house-rules"), "{explained:?}");

    let file = home.join("src/hollow_degree.rs");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("The view is unique.", "The view is dull.")).unwrap();
    build(&home, "hollow-degree");
    let broken = test();
    assert_eq!(broken.code, 1, "{broken:?}");
    assert!(
        broken.stdout.contains("\n  - The view is dull.\n  + The view is unique.\n"),
        "{broken:?}"
    );
}

#[test]
fn a_new_plugin_passes_its_test_and_fails_it_once_an_example_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let source = root().to_str().unwrap();
    let made = run(folder.path(), &["new", "hollow-phrase", "--wasm", "--source", source], b"");
    assert_eq!(made.code, 0, "{made:?}");
    let home = folder.path().join("hollow-phrase");
    let build = || {
        Command::new("bash")
            .arg("build.sh")
            .current_dir(&home)
            .env("CARGO_TARGET_DIR", home.join("target"))
            .output()
            .unwrap()
    };
    let built = build();
    if built.status.code() == Some(3) {
        // Written past the test harness, which keeps what a passing test prints to itself.
        let why = String::from_utf8_lossy(&built.stderr);
        let _ = writeln!(std::io::stderr(), "SKIPPED: a new plugin is not built: {why}");
        return;
    }
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let test = || run(folder.path(), &["test", "hollow-phrase/hollow_phrase.wasm"], b"");
    let tested = test();
    assert_eq!(tested.stdout, "1 rule, 4 examples: all as they say\n", "{tested:?}");
    let file = home.join("src/lib.rs");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        text.replace("met to vote on the bridge.\n```\n```bad", "met.\n```\n```bad"),
    )
    .unwrap();
    assert!(build().status.success());
    let broken = test();
    assert_eq!(broken.code, 1, "{broken:?}");
    assert!(broken.stdout.contains("\n  - The council met.\n"), "{broken:?}");
}

/// Texts with the phrases of `wordy-phrase` where they count and where they do not.
const TEXTS: [(&str, &str); 3] = [
    (
        "a.txt",
        "In order to see it, \u{201c}prior to\u{201d} noon, they came. Prior\nto that, in \"order to\" wait.\n\n\
         DUE TO THE FACT THAT it rained. In order. To that end, prior to-day. In spite of the fact that, and a large\u{a0}number of.",
    ),
    ("b.md", "# In order to\n\nWith *regard* to `prior to`, in the event\n> that prior to\n"),
    (
        "c.txt",
        "\u{1f6a2} Prior to caf\u{e9}s: in close proximity to\r\nAt this point in time in order to",
    ),
];

#[test]
fn one_rule_in_three_forms_reports_the_same() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in TEXTS {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    for entry in std::fs::read_dir(root().join("tests/corpus")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "txt") {
            std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    let example = root().join("examples/three_ways");
    for name in ["wordy_phrase.toml", "wordy_phrase.wasm"] {
        std::fs::copy(example.join(name), folder.path().join(name)).unwrap();
    }
    let findings = |program: &Path, settings: &str| {
        std::fs::write(folder.path().join("lint.toml"), settings).unwrap();
        let arguments = ["check", "--format", "json", "--select", "wordy-phrase", "."];
        let got = ran(program, folder.path(), &arguments);
        assert_eq!((got.stderr.as_str(), got.code), ("", 0), "{settings}");
        got.stdout
    };
    let unspin = Path::new(env!("CARGO_BIN_EXE_unspin"));
    let declarative = findings(unspin, "packs = [\"wordy_phrase.toml\"]");
    assert!(declarative.matches("\"rule\":\"wordy-phrase\"").count() > 10, "{declarative}");
    let plugin = findings(unspin, "[plugins]\nthree-ways = \"wordy_phrase.wasm\"");
    assert_eq!(plugin, declarative, "WebAssembly differs from TOML");

    let copy = tempfile::tempdir().unwrap();
    let native = copy.path().join("native");
    std::fs::create_dir_all(native.join("src")).unwrap();
    let manifest = std::fs::read_to_string(example.join("native/Cargo.toml")).unwrap();
    let here = root().to_str().unwrap().replace('\\', "/");
    std::fs::write(native.join("Cargo.toml"), manifest.replace("../../..", &here)).unwrap();
    for name in ["src/lib.rs", "src/main.rs"] {
        std::fs::copy(example.join("native").join(name), native.join(name)).unwrap();
    }
    let program = build(&native, "wordy-phrase");
    assert_eq!(findings(&program, ""), declarative, "Rust differs from TOML");
    let tested = ran(&program, folder.path(), &["test", "wordy-phrase"]);
    assert_eq!(tested.stdout, "1 rule, 4 examples: all as they say\n");
}

#[test]
fn a_plugin_is_pinned_by_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let module = root().join("examples/three_ways/wordy_phrase.wasm");
    std::fs::copy(module, folder.path().join("w.wasm")).unwrap();
    std::fs::write(folder.path().join("a.txt"), "Prior to noon.\n").unwrap();
    let check = |hash: &str| {
        let settings = format!("[plugins]\nwordy = {{ path = \"w.wasm\", sha256 = \"{hash}\" }}\n");
        std::fs::write(folder.path().join("lint.toml"), settings).unwrap();
        run(folder.path(), &["check", "--format", "concise", "."], b"").stdout
    };
    let wrong = check(&"0".repeat(64));
    let told = "lint.toml:2:9: error[settings] the plugin `wordy` is not the one that sha256 pins (its hash is ";
    let hash = wrong.strip_prefix(told).unwrap_or_else(|| panic!("{wrong}"));
    let right = check(&hash[..64]);
    assert_eq!(
        right,
        "a.txt:1:1: info[wordy-phrase] \"Prior to\" can be said shorter: \"Before\" (fix: \"Before\")\n"
    );
    let described = run(folder.path(), &["explain", "wordy-phrase"], b"").stdout;
    assert!(described.contains("\nfrom the plugin wordy"), "{described}");
    let tested = run(folder.path(), &["test", "w.wasm"], b"");
    assert_eq!(tested.code, 0, "{tested:?}");
    let settled = "[plugins]\nwordy = \"w.wasm\"\n[rules.wordy-phrase]\nseverity = \"error\"\n[[override]]\n\
         files = [\"b.txt\"]\nrules.wordy-phrase.severity = \"off\"\n";
    std::fs::write(folder.path().join("lint.toml"), settled).unwrap();
    std::fs::copy(folder.path().join("a.txt"), folder.path().join("b.txt")).unwrap();
    let got = run(folder.path(), &["check", "--format", "concise", "."], b"").stdout;
    assert!(got.starts_with("a.txt:1:1: error[wordy-phrase]") && !got.contains("b.txt"), "{got}");
}

/// A module with one rule, `odd`, whose check is this code; `version` is that of its exports.
fn module(version: u32, check: &str) -> Vec<u8> {
    let mut description = Vec::new();
    for text in ["1.0", ""] {
        put(&mut description, text);
    }
    description.extend(1_u32.to_le_bytes());
    put(&mut description, "odd");
    description.extend([2, 1]);
    description.extend(500_u32.to_le_bytes());
    put(&mut description, "Something odd.");
    description.extend(0_u32.to_le_bytes());
    let data = description.iter().fold(String::new(), |mut data, byte| {
        let _ = write!(data, "\\{byte:02x}");
        data
    });
    let place = 0x400_u64 << 32 | description.len() as u64;
    wat::parse_str(format!(
        r#"(module (memory (export "memory") 20) (data (i32.const 1024) "{data}")
          (func (export "unspin_v{version}_alloc") (param i32) (result i32) (i32.const 131072))
          (func (export "unspin_v{version}_describe") (result i64) (i64.const {place}))
          (func (export "unspin_v{version}_check") (param i32 i32) (result i64) {check}))"#
    ))
    .unwrap()
}

fn put(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u32).to_le_bytes());
    out.extend(text.as_bytes());
}

#[test]
fn a_hostile_plugin_is_told_once_and_changes_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let story = "The boats wait withinside the harbour, and the nets are dried with the aid of using the wind.\n";
    std::fs::write(folder.path().join("story.txt"), story).unwrap();
    let check = |settings: &str| {
        std::fs::write(folder.path().join("lint.toml"), settings).unwrap();
        run(folder.path(), &["check", "--format", "concise", "."], b"").stdout
    };
    let alone = check("");
    assert_eq!(alone.lines().count(), 2, "{alone}");
    let grows =
        "(loop (br_if 0 (i32.ne (memory.grow (i32.const 1024)) (i32.const -1)))) (unreachable)";
    for (version, code, said) in [
        (1, "(loop (br 0)) (i64.const 0)", "fuel"),
        (1, grows, "memory"),
        (1, "(unreachable)", "unreachable"),
        (1, "(i64.const -1)", "the limit"),
        (1, "(i64.const 0x40000000008)", "finding"),
        (2, "(i64.const 0)", "version 2"),
    ] {
        std::fs::write(folder.path().join("bad.wasm"), module(version, code)).unwrap();
        let got = check("[plugins]\nbad = \"bad.wasm\"\n");
        let (about, rest): (Vec<&str>, Vec<&str>) = got
            .lines()
            .partition(|line| line.contains("[internal-error]") || line.contains("[settings]"));
        assert_eq!(rest.join("\n") + "\n", alone, "{code}");
        let [told] = &about[..] else { panic!("{code}: {got}") };
        assert!(told.contains("`bad`") && told.contains(said), "{code}: {told}");
    }
}

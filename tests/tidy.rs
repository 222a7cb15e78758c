//! Conventions of the repository, as tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use unspin_linter::Linter;

use crate::unspin::{files, root};

/// What each crate may depend on, by layer; design in `crates/README.md`.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("lang", &[]),
    ("guest", &["lang"]),
    ("model-data", &[]),
    ("model", &["model-data"]),
    ("lint", &["text"]),
    ("packs", &["lint", "text", "lang"]),
    ("plugins", &["lint", "text"]),
    ("report", &["compare", "lint", "text"]),
    ("apply", &["lint", "text"]),
    ("compare", &["lint", "text", "lang", "model"]),
    ("words", &["lint", "text", "model"]),
    ("containers", &["text"]),
    ("rules-mechanics", &["lint", "text", "lang", "model", "words"]),
    ("rules-fidelity", &["lint", "text", "lang", "model", "words"]),
    ("rules-house", &["lint", "text", "lang"]),
    ("rules-names", &["lint", "text", "lang", "model", "words"]),
    ("rules-phrases", &["lint", "text", "lang", "model", "packs"]),
    ("rules-residue", &["lint", "text", "lang", "model", "words"]),
    ("rules-substitution", &["lint", "text", "lang", "model", "words"]),
    (
        "linter",
        &[
            "text",
            "lang",
            "model",
            "lint",
            "packs",
            "plugins",
            "words",
            "compare",
            "rules-mechanics",
            "rules-fidelity",
            "rules-house",
            "rules-names",
            "rules-phrases",
            "rules-residue",
            "rules-substitution",
        ],
    ),
    ("lsp", &["linter", "apply", "lint", "text"]),
    ("score", &["linter", "containers", "report", "lint", "text"]),
    (
        "python",
        &[
            "cli",
            "apply",
            "compare",
            "containers",
            "lint",
            "linter",
            "packs",
            "report",
            "score",
            "text",
        ],
    ),
    ("web", &["linter", "report", "apply", "compare", "lint", "packs", "containers", "text"]),
    ("train", &["linter", "text", "lang", "model", "lint", "rules-substitution"]),
];

/// Libraries that only one crate may know.
const KEEPERS: &[(&str, &str)] = &[
    ("arrow-json", "score"),
    ("parquet", "score"),
    ("codespan-reporting", "report"),
    ("gen-lsp-types", "lsp"),
    ("lsp-server", "lsp"),
    ("toml_edit", "lsp"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
    ("ignore", "cli"),
    ("indicatif", "cli"),
    ("pyo3", "python"),
    ("arrow-pyarrow", "python"),
    ("wasmi", "plugins"),
    ("wasm-bindgen", "web"),
    ("csv-core", "containers"),
    ("encoding_rs", "containers"),
    ("flate2", "containers"),
    ("quick-xml", "containers"),
    ("rawzip", "containers"),
    ("ruzstd", "containers"),
];

/// Members that `cargo test` leaves out: the builder of the model, and what other languages load.
const APART: &[&str] = &["train", "python", "web"];

fn manifests() -> BTreeMap<String, toml::Table> {
    let mut found = BTreeMap::new();
    for group in ["crates", "rules"] {
        for entry in std::fs::read_dir(root().join(group)).unwrap() {
            let path = entry.unwrap().path().join("Cargo.toml");
            if let Ok(text) = std::fs::read_to_string(&path) {
                let table: toml::Table = text.parse().unwrap();
                let name = table["package"]["name"].as_str().unwrap();
                found.insert(name.strip_prefix("unspin-").unwrap().to_owned(), table);
            }
        }
    }
    found
}

fn dependencies(manifest: &toml::Table) -> BTreeSet<String> {
    ["dependencies", "build-dependencies"]
        .iter()
        .filter_map(|key| manifest.get(*key)?.as_table())
        .flat_map(|table| table.keys().cloned())
        .collect()
}

#[test]
fn crates_depend_only_on_the_layers_below() {
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    for (name, manifest) in manifests() {
        let allowed = arrows
            .get(name.as_str())
            .unwrap_or_else(|| panic!("{name} is not in the table of arrows"));
        for dependency in dependencies(&manifest) {
            let of_root = (dependency == "unspin").then_some("cli");
            if let Some(ours) = of_root.or_else(|| dependency.strip_prefix("unspin-")) {
                assert!(allowed.contains(&ours), "{name} may not depend on {ours}");
            }
            for (library, keeper) in KEEPERS {
                let fine = dependency != *library || name == *keeper || name == "train";
                assert!(fine, "only {keeper} may know {library}, not {name}");
            }
        }
    }
}

#[test]
fn every_member_but_the_builder_and_bindings_is_tested_by_cargo_test() {
    let root: toml::Table =
        std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let listed: BTreeSet<String> = root["workspace"]["default-members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m.as_str().unwrap().replace("crates/", "").replace('/', "-"))
        .collect();
    let mut expected: BTreeSet<String> =
        manifests().into_keys().filter(|name| !APART.contains(&name.as_str())).collect();
    expected.insert(".".into());
    expected.insert("fuzz-invariants".into());
    assert_eq!(listed, expected);
}

/// What the macros of `PyO3` write is unsafe code, so that crate cannot forbid it as all others do; `security.rs` sees
/// that its own has none.
#[test]
fn the_python_package_has_the_lints_of_all_but_that() {
    let lints = |path: &str, of: &dyn Fn(toml::Table) -> toml::Value| {
        of(std::fs::read_to_string(root().join(path)).unwrap().parse().unwrap())
    };
    let mut all = lints("Cargo.toml", &|table| table["workspace"]["lints"].clone());
    all["rust"].as_table_mut().unwrap().remove("unsafe_code");
    let own = lints("crates/python/Cargo.toml", &|table| table["lints"].clone());
    assert_eq!(own, all);
}

/// Everything that a check runs through: what is read of a file, the rules, what is printed. Code alone, without tests.
#[test]
fn the_linter_reads_no_file_no_clock_and_no_environment_and_starts_no_thread() {
    let outside = ["fs", "net", "env", "process", "thread", "time", "os"];
    let linter = ["text", "lang", "model", "lint", "packs", "plugins", "words", "containers"];
    let pure: Vec<_> = linter.iter().chain(&["linter", "report", "compare"]).collect();
    for path in files(root()) {
        let inside = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        let is_pure = pure.iter().any(|name| inside.starts_with(&format!("crates/{name}/src/")));
        let is_rule = inside.starts_with("rules/") && inside.contains("/src/");
        let is_code = path.extension().is_some_and(|e| e == "rs") && !inside.ends_with("tests.rs");
        if !(is_pure || is_rule) || !is_code {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
        // The type that a caught panic comes in starts none.
        let code = code.replace("std::thread::Result", "");
        for module in outside {
            for way in [format!("std::{module}::"), format!("use std::{module};")] {
                assert!(!code.contains(&way), "{inside} uses {way}");
            }
        }
    }
}

#[test]
fn no_file_written_by_hand_is_over_500_lines() {
    for path in files(root()) {
        if path.extension().is_some_and(|e| e == "rs" || e == "py" || e == "sh") {
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 500, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn no_module_is_a_drawer_for_everything() {
    for path in files(root()) {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(
            !["utils", "util", "common", "misc", "helpers"].contains(&stem),
            "{}",
            path.display()
        );
    }
}

#[test]
fn lexicons_have_a_header_and_sorted_rows_without_repeats() {
    for path in files(root()) {
        if path.extension().is_none_or(|e| e != "tsv") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let header: Vec<&str> = text.lines().take_while(|l| l.starts_with('#')).collect();
        for word in ["source", "licence", "columns"] {
            let named = header.iter().any(|l| l.to_lowercase().contains(word));
            assert!(named, "{}: the header does not name its {word}", path.display());
        }
        let rows: Vec<&str> = text.lines().skip(header.len()).collect();
        for pair in rows.windows(2) {
            assert!(pair[0] < pair[1], "{}: {:?} before {:?}", path.display(), pair[0], pair[1]);
        }
    }
}

#[test]
fn the_settings_of_this_repository_name_every_rule_and_key() {
    let text = std::fs::read_to_string(root().join("lint.toml")).unwrap();
    let mut linter = Linter::new();
    assert_eq!(linter.configure(&text), []);
    for state in linter.rules().states() {
        let table = format!("[rules.{}]", state.rule.meta().id);
        assert!(text.contains(&table), "lint.toml does not show {table}");
        for option in state.rule.meta().options.iter() {
            let line = format!("\n{} = ", option.name);
            assert!(text.contains(&line), "lint.toml does not show `{}`", option.name);
        }
    }
    for key in [
        "model = ",
        "packs = ",
        "[plugins]",
        "extends = ",
        "[vocabulary]",
        "accept = ",
        "reject = ",
        "[gate]",
        "[[override]]",
        "files = ",
    ] {
        assert!(text.contains(&format!("\n# {key}")), "lint.toml does not show `{key}`");
    }
    for key in unspin_lint::GATE_KEYS {
        assert!(text.contains(&format!("\n# {key} = ")), "lint.toml does not show gate.{key}");
    }
    for key in unspin_lint::RULE_KEYS {
        assert!(text.contains(&format!("\n{key} = ")), "lint.toml does not show `{key}`");
    }
}

#[test]
fn the_guide_to_settings_names_every_option_with_its_default() {
    let guide = std::fs::read_to_string(root().join("crates/lint/SETTINGS.md")).unwrap();
    for state in Linter::new().rules().states() {
        let meta = state.rule.meta();
        for option in meta.options.iter() {
            let (default, doc) = (option.kind.default(), &option.doc);
            let row = format!("| `{}` | `{}` | `{default}` | {doc} |\n", meta.id, option.name);
            assert!(guide.contains(&row), "SETTINGS.md has no row {row}");
            assert!(
                meta.page.contains(&format!("`{}` (default", option.name)),
                "{}: {}",
                meta.id,
                option.name
            );
        }
    }
    for key in unspin_lint::RULE_KEYS {
        assert!(guide.contains(&format!("\n| `{key}` | ")), "SETTINGS.md has no row for {key}");
    }
}

#[test]
fn every_option_is_taken_at_its_default() {
    for state in Linter::new().rules().states() {
        let meta = state.rule.meta();
        let options = meta.options.iter().map(|o| format!("{} = {}\n", o.name, o.kind.default()));
        let text = format!("[rules.{}]\n{}", meta.id, options.collect::<String>());
        assert_eq!(Linter::new().configure(&text), [], "{text}");
    }
}

#[test]
fn the_catalogue_in_the_guide_is_fresh() {
    let guide = root().join("rules/README.md");
    let text = std::fs::read_to_string(&guide).unwrap();
    let (start, end) = ("<!-- catalogue -->\n", "<!-- /catalogue -->");
    let from = text.find(start).expect("the guide has a catalogue") + start.len();
    let to = text.find(end).expect("the catalogue ends");
    let fresh = catalogue();
    if std::env::var_os("UNSPIN_BLESS").is_some() {
        std::fs::write(&guide, format!("{}{fresh}{}", &text[..from], &text[to..])).unwrap();
    } else {
        assert!(
            text[from..to] == fresh,
            "UNSPIN_BLESS=1 rewrites the catalogue; it should be\n{fresh}"
        );
    }
}

fn catalogue() -> String {
    let mut table =
        String::from("| rule | family | severity | what it finds |\n|---|---|---|---|\n");
    for state in Linter::new().rules().states() {
        let meta = state.rule.meta();
        let summary = unspin_lint::page::summary(&meta.page);
        let _ =
            writeln!(table, "| `{}` | {} | {} | {summary} |", meta.id, meta.family, meta.severity);
    }
    table
}

#[test]
fn guides_hold_no_paths_of_one_machine() {
    for path in files(root()) {
        if path.extension().is_some_and(|e| e == "md") {
            let text = std::fs::read_to_string(&path).unwrap();
            for word in ["/root/", "/work/", "/tmp/"] {
                assert!(!text.contains(word), "{} holds {word}", path.display());
            }
        }
    }
}

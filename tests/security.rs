//! `SECURITY.md` names a test for each threat, and says what no code here does. Both are held to what is there.

use crate::unspin::{files, root};

/// The cells of the rows under `## Threats`, the head left out.
fn rows(page: &str) -> Vec<Vec<&str>> {
    let (_, page) = page.split_once("## Threats").expect("it has the section");
    let section = page.split("\n## ").next().unwrap_or_default();
    let lines = section.lines().filter(|line| line.starts_with('|')).skip(2);
    lines.map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect()).collect()
}

#[test]
fn every_threat_has_a_test_that_is_there() {
    let page = std::fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let rows = rows(&page);
    assert!(rows.len() > 20, "the table is read: {}", rows.len());
    for row in rows {
        let [threat, _, tests] = row[..] else { panic!("three cells: {row:?}") };
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "`{threat}` has no test");
        for test in named {
            let (file, function) = test.split_once("::").unwrap_or_else(|| panic!("{test}"));
            let source = std::fs::read_to_string(root().join(file))
                .unwrap_or_else(|error| panic!("{file}, which `{threat}` names: {error}"));
            let is_there = source.contains(&format!("fn {function}("));
            assert!(is_there, "there is no {function} in {file}, which `{threat}` names");
        }
    }
}

/// Crates in which macros of libraries write unsafe code, which `forbid` would bar; by hand they have none either.
const BINDINGS: [&str; 1] = ["crates/python/Cargo.toml"];

/// Whether a line of code opens what only unsafe code may do.
fn is_unsafe(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    ["{", "fn ", "impl ", "trait ", "extern "]
        .iter()
        .any(|what| code.contains(&format!("unsafe {what}")))
}

#[test]
fn there_is_no_unsafe_code_and_every_crate_of_the_workspace_forbids_it() {
    assert!(is_unsafe("let x = unsafe { y };") && !is_unsafe("// unsafe { y }"));
    let own = file!().replace('\\', "/");
    for path in files(root()) {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        if path.extension().is_some_and(|e| e == "rs") && !own.ends_with(&name) {
            let code = std::fs::read_to_string(&path).unwrap();
            let at = code.lines().position(is_unsafe);
            assert_eq!(at.map(|at| at + 1), None, "{name}");
        }
        // Templates and what stands outside of the workspace have no lints to inherit, and no unsafe code either.
        let is_member = name == "Cargo.toml"
            || name.ends_with("/Cargo.toml")
                && (name.starts_with("crates/") || name.starts_with("rules/"))
                && name.matches('/').count() == 2;
        if is_member {
            let manifest: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
            let inherits = manifest["lints"].get("workspace").and_then(toml::Value::as_bool);
            let writes_by_macro = BINDINGS.contains(&name.as_str());
            assert_eq!(inherits, (!writes_by_macro).then_some(true), "{name}");
        }
    }
    let manifest: toml::Table =
        std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let lints = &manifest["workspace"]["lints"]["rust"];
    assert_eq!(lints["unsafe_code"].as_str(), Some("forbid"));
}

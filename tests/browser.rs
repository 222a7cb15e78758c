//! Pages in headless Chromium: `browser/` is what is done with them there, and `../site/test/` with the site.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::unspin::{files, root};

#[test]
fn pages_are_what_they_should_be_in_a_browser() {
    in_browser("tests/browser", None, &|node| {
        node.env("UNSPIN", env!("CARGO_BIN_EXE_unspin")).env("UNSPIN_ROOT", root());
    });
}

#[test]
fn the_site_does_what_it_should_in_a_browser() {
    in_browser("site", Some("dist/index.html"), &|node| {
        let all = files(&root().join("site/test")).into_iter();
        let tests = all.filter(|path| path.to_string_lossy().ends_with(".test.mjs"));
        node.arg("--test-concurrency=1").args(tests);
    });
}

/// Runs the tests of a folder in Node, or says what is missing for that; `built` is a file in it that .ci/site makes.
fn in_browser(name: &str, built: Option<&str>, prepare: &dyn Fn(&mut Command)) {
    let folder = root().join(name);
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    if let Some(missing) = missing(&folder, &chromium, built) {
        // Written past the test harness, which keeps what a passing test prints to itself.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {name} in a browser: {missing}");
        return;
    }
    let mut node = Command::new("node");
    node.arg("--test").current_dir(&folder).env("CHROMIUM", &chromium);
    prepare(&mut node);
    // Set by whoever runs tests in Node, and taken for a sign to be silent.
    let output = node.env_remove("NODE_TEST_CONTEXT").stdin(Stdio::null()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("# fail 0") && !told.contains("# pass 0"), "{told}");
}

fn missing(folder: &Path, chromium: &str, built: Option<&str>) -> Option<String> {
    let answers = |program: &str| {
        let silent = Command::new(program).arg("--version").stdout(Stdio::null()).status();
        silent.is_ok_and(|status| status.success())
    };
    if !answers("node") {
        Some("there is no `node`".to_owned())
    } else if !answers(chromium) {
        Some(format!("there is no `{chromium}`"))
    } else if !folder.join("node_modules/playwright-core").is_dir() {
        Some("`npm ci` was not run there".to_owned())
    } else if built.is_some_and(|built| !folder.join(built).is_file()) {
        Some("it is not built (.ci/site builds it)".to_owned())
    } else {
        None
    }
}

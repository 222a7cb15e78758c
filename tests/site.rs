//! The site in headless Chromium: `../site/test/` is what is done with it there.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::unspin::{files, root};

#[test]
fn the_site_does_what_it_should_in_a_browser() {
    let folder = root().join("site");
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    let answers = |program: &str| {
        let silent = Command::new(program).arg("--version").stdout(Stdio::null()).status();
        silent.is_ok_and(|status| status.success())
    };
    let missing = if !answers("node") {
        Some("there is no `node`".to_owned())
    } else if !answers(&chromium) {
        Some(format!("there is no `{chromium}`"))
    } else if !folder.join("node_modules/playwright-core").is_dir() {
        Some("`npm ci` was not run in site".to_owned())
    } else if !folder.join("dist/index.html").is_file() {
        Some("it is not built (.ci/site builds it)".to_owned())
    } else {
        None
    };
    if let Some(missing) = missing {
        // Written past the test harness, which keeps what a passing test prints to itself.
        let _ = writeln!(std::io::stderr(), "SKIPPED: the site in a browser: {missing}");
        return;
    }
    let all = files(&folder.join("test")).into_iter();
    let tests = all.filter(|path| path.to_string_lossy().ends_with(".test.mjs"));
    let output = Command::new("node")
        .args(["--test", "--test-concurrency=1"])
        .args(tests)
        .current_dir(&folder)
        .env("CHROMIUM", &chromium)
        // Set by whoever runs tests in Node, and taken for a sign to be silent.
        .env_remove("NODE_TEST_CONTEXT")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("# fail 0") && !told.contains("# pass 0"), "{told}");
}

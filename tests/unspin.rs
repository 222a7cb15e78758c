//! Running the built binary as a user does.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a run printed and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

/// Runs `unspin ARGS` in `folder` with `stdin`; output must be UTF-8.
pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(folder: &Path, args: &[S], stdin: &[u8]) -> Run {
    let Output { stdout, stderr, status } = raw(folder, args, stdin);
    Run {
        stdout: String::from_utf8(stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(stderr).expect("standard error is UTF-8"),
        code: status.code().expect("ended by itself"),
    }
}

fn raw<S: AsRef<std::ffi::OsStr>>(folder: &Path, args: &[S], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_unspin"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut pipe = child.stdin.take().expect("piped");
    let stdin = stdin.to_owned();
    // Written beside the reading, or a large input and a large output would wait for each other.
    let writer = std::thread::spawn(move || drop(pipe.write_all(&stdin)));
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the writer ends");
    output
}

/// A temporary folder of these files, by path and text.
pub(crate) fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// All files under `folder`, sorted, build output and version control left out.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the repository").flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            if path.is_dir() {
                if !["target", ".git", "node_modules", "pkg"]
                    .iter()
                    .any(|left_out| name == *left_out)
                {
                    folders.push(path);
                }
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Compares with a file of expected output, or writes it when `UNSPIN_BLESS` is set.
#[track_caller]
pub(crate) fn expect_file(path: &Path, got: &str) {
    if std::env::var_os("UNSPIN_BLESS").is_some() {
        if got.is_empty() {
            let _ = std::fs::remove_file(path);
        } else {
            std::fs::write(path, got).expect("expected output can be written");
        }
        return;
    }
    let wanted = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        wanted == got,
        "{} differs; UNSPIN_BLESS=1 rewrites it. It should be\n{wanted}\nbut is\n{got}",
        path.display()
    );
}

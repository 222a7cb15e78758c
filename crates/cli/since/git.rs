//! Running git so that nothing but git runs, and nothing is written.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context as _, anyhow, bail};

/// git in a folder of a work tree.
#[derive(Debug)]
pub(super) struct Git {
    folder: PathBuf,
    /// Settings for every call, each `key=value`.
    settings: Vec<String>,
}

impl Git {
    /// The git of a folder, and the folder of its work tree with links resolved.
    pub(super) fn open(folder: &Path) -> anyhow::Result<(Self, PathBuf)> {
        let settings = ["core.fsmonitor=false", "core.hooksPath=/dev/null", "diff.relative=false"];
        let settings = settings.map(str::to_owned).to_vec();
        let mut git = Self { folder: folder.to_owned(), settings };
        let mut root = git.run(&["rev-parse", "--show-toplevel"]).map_err(|error| {
            let is_none = format!("{error:#}").contains("not a git repository");
            if is_none {
                let folder = folder.display();
                anyhow!("{folder} is in no git repository; --since and --changed need one")
            } else {
                error
            }
        })?;
        if root.last() == Some(&b'\n') {
            root.pop();
        }
        let root = path(&root);
        let root = std::fs::canonicalize(&root)
            .with_context(|| format!("cannot open the work tree {}", root.display()))?;
        git.disarm_filters()?;
        Ok((git, root))
    }

    /// A filter is a program that an attribute of a path calls for. One without a command does nothing.
    fn disarm_filters(&mut self) -> anyhow::Result<()> {
        let list = ["config", "--null", "--name-only", "--get-regexp", r"^filter\."];
        let output = self.output(&list)?;
        // It fails where there is none.
        let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        for name in names {
            let name = std::str::from_utf8(name)
                .ok()
                // A setting is given as `key=value`, so no key with `=` can be given.
                .filter(|name| !name.contains('='))
                .context("the git settings name a filter that cannot be turned off; rename it")?;
            let off = if name.ends_with(".required") { "false" } else { "" };
            self.settings.push(format!("{name}={off}"));
        }
        Ok(())
    }

    /// What it prints as a patch: only lines that differ, and the whole names of objects.
    pub(super) fn diff(&self, against: &[&str]) -> anyhow::Result<Vec<u8>> {
        let usual = [
            "diff",
            "--patch",
            "--unified=0",
            "--inter-hunk-context=0",
            "--full-index",
            "--find-renames",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=all",
            "--src-prefix=a/",
            "--dst-prefix=b/",
        ];
        let arguments: Vec<&str> = usual.iter().chain(against).chain(&["--"]).copied().collect();
        self.run(&arguments)
    }

    /// The one line that it prints.
    pub(super) fn line(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let line = String::from_utf8(self.run(arguments)?).context("git printed no text")?;
        Ok(line.trim_end().to_owned())
    }

    /// What it prints.
    pub(super) fn run(&self, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
        let Output { status, stdout, stderr } = self.output(arguments)?;
        if status.success() {
            return Ok(stdout);
        }
        let said = String::from_utf8_lossy(&stderr);
        let said = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it gave no reason");
        let command = arguments.first().copied().unwrap_or_default();
        let said = said.trim_start_matches("fatal: ").trim_start_matches("error: ");
        bail!("git {command} failed: {said}")
    }

    fn output(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        let mut command = Command::new("git");
        command.arg("--no-pager").current_dir(&self.folder);
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        command
            .args(arguments)
            .stdin(std::process::Stdio::null())
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0")
            // A clone with holes would fetch what is missing, with programs that its settings name.
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "")
            .env_remove("GIT_DIFF_OPTS")
            .env_remove("GIT_EXTERNAL_DIFF")
            .env_remove("GIT_TRACE");
        command.output().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound if self.folder.is_dir() => {
                anyhow!("git was not found; --since and --changed need it: install it, or put it on the PATH")
            }
            _ => anyhow!("cannot run git in {}: {error}", self.folder.display()),
        })
    }
}

/// A path as git writes it.
pub(super) fn path(name: &[u8]) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        std::ffi::OsStr::from_bytes(name).into()
    }
    #[cfg(not(unix))]
    {
        // Elsewhere git speaks UTF-8.
        String::from_utf8_lossy(name).into_owned().into()
    }
}

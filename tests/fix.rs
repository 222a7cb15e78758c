//! What `unspin fix` does to files: whole or not at all, whatever happens on the way.
//!
//! `UNSPIN_KILLS=50 UNSPIN_KILL_FILES=1000 cargo test fix::killed` is the long form of the test of killed runs.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::unspin::{root, run};

const BEFORE: &str = "The boats wait withinside the harbour.\n";
const AFTER: &str = "The boats wait in the harbour.\n";

fn unspin(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unspin"));
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null());
    command
}

#[test]
fn a_page_that_is_half_repaired_keeps_its_verdict_and_its_other_findings() {
    let folder = tempfile::tempdir().unwrap();
    let page = fs::read_to_string(root().join("tests/corpus/ferry_spun.txt")).unwrap();
    fs::write(folder.path().join("page.txt"), &page).unwrap();
    let verdict = |json: &str| {
        let report: serde_json::Value = serde_json::from_str(json).unwrap();
        let file = &report["files"][0];
        let rules = file["findings"].as_array().unwrap().len();
        (file["verdict"]["level"].clone(), file["verdict"]["score"].clone(), rules)
    };
    let checked = run(folder.path(), &["check", "--format", "json", "page.txt"], b"");
    let fixed = run(folder.path(), &["fix", "--unsafe-fixes", "--format", "json", "page.txt"], b"");
    let (level, score, found) = verdict(&checked.stdout);
    let (still, still_score, left) = verdict(&fixed.stdout);
    assert_eq!((&level, &score), (&still, &still_score));
    assert_eq!(level, "reworded");
    assert!(left > 0 && left < found, "{found} findings, {left} left");
    assert_eq!(fixed.code, 1);
    let now = fs::read_to_string(folder.path().join("page.txt")).unwrap();
    assert_ne!(now, page);
    // Whoever comes later judges what is there then.
    let again = run(folder.path(), &["check", "--format", "json", "page.txt"], b"");
    assert!(verdict(&again.stdout).2 <= left);
    let second = run(folder.path(), &["fix", "--unsafe-fixes", "--quiet", "page.txt"], b"");
    assert_eq!(fs::read_to_string(folder.path().join("page.txt")).unwrap(), now);
    assert!(!second.stderr.contains("error"), "{}", second.stderr);
}

#[test]
fn clean_pages_are_not_touched() {
    for page in ["ferry_clean.txt", "comedy_clean.txt", "fiction_clean.txt"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(page);
        fs::copy(root().join("tests/corpus").join(page), &path).unwrap();
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        let got = run(folder.path(), &["fix", "--unsafe-fixes", "--quotations", page], b"");
        assert_eq!(got.code, 0, "{}", got.stdout);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before, "{page}");
    }
}

#[test]
fn one_thread_and_eight_repair_the_same() {
    let spun = fs::read_to_string(root().join("tests/corpus/ferry_spun.txt")).unwrap();
    let done = |threads: &str| {
        let folder = tempfile::tempdir().unwrap();
        for (nth, paragraph) in spun.split("\n\n").enumerate() {
            fs::write(folder.path().join(format!("{nth}.txt")), paragraph).unwrap();
        }
        let args = ["fix", "--unsafe-fixes", "--format", "json", "--threads", threads, "."];
        let got = run(folder.path(), &args, b"");
        let texts = crate::unspin::files(folder.path()).into_iter().map(|p| fs::read(p).unwrap());
        (got, texts.collect::<Vec<_>>())
    };
    assert_eq!(done("1"), done("8"));
}

#[test]
fn bytes_that_are_no_utf8_stay_and_utf16_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.txt");
    fs::write(&old, b"The caf\xe9 lies withinside\x94 the harbour.\r\n").unwrap();
    run(folder.path(), &["fix", "--unsafe-fixes", "old.txt"], b"");
    assert_eq!(fs::read(&old).unwrap(), b"The caf\xe9 lies in\x94 the harbour.\r\n");

    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(BEFORE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    fs::write(folder.path().join("wide.txt"), &wide).unwrap();
    for flags in [&[][..], &["--diff"], &["--dry-run"]] {
        let args = [&["fix", "--unsafe-fixes", "wide.txt"], flags].concat();
        let got = run(folder.path(), &args, b"");
        assert_eq!(got.code, 2);
        assert!(got.stderr.contains("save it as UTF-8 to have it repaired"), "{}", got.stderr);
        assert_eq!(fs::read(folder.path().join("wide.txt")).unwrap(), wide);
    }
    // Nothing to repair, nothing to refuse.
    assert_eq!(run(folder.path(), &["fix", "--fail-on", "never", "wide.txt"], b"").code, 0);
    let piped = run_bytes(folder.path(), &["fix", "--unsafe-fixes", "-"], &wide);
    assert_eq!(piped, wide);
}

fn run_bytes(folder: &Path, args: &[&str], stdin: &[u8]) -> Vec<u8> {
    let path = folder.join("stdin");
    fs::write(&path, stdin).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_unspin"))
        .args(args)
        .current_dir(folder)
        .stdin(fs::File::open(path).unwrap())
        .output()
        .unwrap();
    output.stdout
}

#[test]
fn what_cannot_be_written_is_told_and_the_others_are_repaired() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt", "c.txt"] {
        fs::write(folder.path().join(name), BEFORE).unwrap();
    }
    fs::hard_link(folder.path().join("b.txt"), folder.path().join("b.copy")).unwrap();
    let got = run(folder.path(), &["fix", "--unsafe-fixes", "--format", "concise", "."], b"");
    assert_eq!(got.code, 2);
    assert!(got.stdout.starts_with("b.txt:1:16: error[cascade-artifact]"), "{}", got.stdout);
    assert!(got.stderr.contains("b.txt: error: it has 2 names (hard links)"), "{}", got.stderr);
    assert!(got.stderr.ends_with("repaired 2 findings in 2 files\n"), "{}", got.stderr);
    let texts = ["a.txt", "b.txt", "c.txt"].map(|name| read(folder.path(), name));
    assert_eq!(texts, [AFTER, BEFORE, AFTER]);
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The diffs of whole folders are taken by the programs that they are for, where those are there.
#[test]
fn patch_and_git_take_the_diff() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("my desk")).unwrap();
    let files = [
        ("my desk/a.txt", "One.\r\n\r\nThe boats wait withinside the harbour.\r\n"),
        ("b.txt", "The nets dry withinside the shed."),
        ("c.txt", "\u{feff}Caf\u{e9} withinside.\n"),
    ];
    let lay =
        || files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
    lay();
    let diff = run(folder.path(), &["fix", "--unsafe-fixes", "--diff", "."], b"").stdout;
    assert_eq!(read(folder.path(), "b.txt"), files[1].1);
    fs::write(folder.path().join("all.diff"), diff).unwrap();
    run(folder.path(), &["fix", "--unsafe-fixes", "."], b"");
    let wanted = files.map(|(name, _)| read(folder.path(), name));
    assert_eq!(wanted[0], "One.\r\n\r\nThe boats wait in the harbour.\r\n");
    let mut taken = 0;
    for line in ["patch --binary -p1 -i all.diff", "git apply -p1 all.diff"] {
        lay();
        let mut words = line.split(' ');
        let output =
            Command::new(words.next().unwrap()).args(words).current_dir(folder.path()).output();
        // Neither belongs to what a build needs.
        let Ok(output) = output else { continue };
        assert!(output.status.success(), "{line}: {output:?}");
        assert_eq!(files.map(|(name, _)| read(folder.path(), name)), wanted, "{line}");
        taken += 1;
    }
    assert!(taken > 0, "neither patch nor git is here");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};

    use super::*;

    fn is_root() -> bool {
        use std::os::unix::fs::MetadataExt as _;
        fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
    }

    /// Whoever may write everywhere has no such folder, so a superuser's test runs as somebody else.
    #[test]
    fn a_folder_that_cannot_be_written_loses_nothing() {
        const NOBODY: u32 = 65534;
        let folder = tempfile::tempdir().unwrap();
        let desk = folder.path().join("desk");
        fs::create_dir(&desk).unwrap();
        fs::write(desk.join("a.txt"), BEFORE).unwrap();
        let binary = folder.path().join("unspin");
        fs::copy(env!("CARGO_BIN_EXE_unspin"), &binary).unwrap();
        let mut command = Command::new(&binary);
        if is_root() {
            for path in [folder.path(), &desk, &desk.join("a.txt")] {
                chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
            }
            command.uid(NOBODY).gid(NOBODY);
        }
        fs::set_permissions(&desk, fs::Permissions::from_mode(0o555)).unwrap();
        let output = command
            .args(["fix", "--unsafe-fixes", "--format", "concise", "--no-cache", "desk"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        fs::set_permissions(&desk, fs::Permissions::from_mode(0o755)).unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("desk/a.txt: error: writing it failed"), "{told}");
        assert_eq!(read(&desk, "a.txt"), BEFORE);
        assert_eq!(fs::read_dir(&desk).unwrap().count(), 1);
    }

    /// A limit on the size of files is what a full disk is to a write: part of it is done, then it fails.
    #[test]
    fn a_disk_that_is_full_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let large = BEFORE.repeat(200);
        fs::write(folder.path().join("a.txt"), &large).unwrap();
        fs::write(folder.path().join("b.txt"), BEFORE).unwrap();
        let script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" fix --unsafe-fixes --no-cache --format concise .";
        let output = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_unspin")])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("a.txt: error: writing it failed"), "{told}");
        assert_eq!(
            [read(folder.path(), "a.txt"), read(folder.path(), "b.txt")],
            [large, AFTER.into()]
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn killed_runs_leave_each_file_as_it_was_or_repaired() {
        let set = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
        let kills = set("UNSPIN_KILLS").unwrap_or(4);
        let files = set("UNSPIN_KILL_FILES").unwrap_or(120);
        let folder = tempfile::tempdir().unwrap();
        let name = |nth: u64| format!("{nth:05}.txt");
        let lay =
            || (0..files).for_each(|nth| fs::write(folder.path().join(name(nth)), BEFORE).unwrap());
        lay();
        let start = || {
            unspin(folder.path())
                .args(["fix", "--unsafe-fixes", "--quiet", "--format", "concise", "."])
                .spawn()
                .unwrap()
        };
        let (mut ended, mut cut_short, mut strays) = (0, 0, 0);
        let began = std::time::Instant::now();
        assert_eq!(start().wait().unwrap().code(), Some(0));
        let whole = began.elapsed().max(Duration::from_millis(20));
        for kill in 0..kills {
            lay();
            let mut child = start();
            // Spread over the run by a sequence that leaves no gap (the golden ratio's).
            let share = (kill as f64 * 0.618_034 + 0.5).fract();
            std::thread::sleep(whole.mul_f64(share));
            child.kill().unwrap();
            let status = child.wait().unwrap();
            ended += usize::from(status.signal().is_none());
            let texts: Vec<String> =
                (0..files).map(|nth| read(folder.path(), &name(nth))).collect();
            assert!(texts.iter().all(|text| text == BEFORE || text == AFTER), "kill {kill}");
            cut_short +=
                usize::from(texts.iter().any(|t| t == BEFORE) && texts.iter().any(|t| t == AFTER));
            strays += fs::read_dir(folder.path()).unwrap().count() - files as usize;
        }
        // Past the harness, for whoever asked for more than the usual few.
        let _ = writeln!(
            std::io::stderr(),
            "{kills} kills: {cut_short} between two files, {ended} too late, {strays} strays"
        );
        assert_eq!(start().wait().unwrap().code(), Some(0));
        assert!((0..files).all(|nth| read(folder.path(), &name(nth)) == AFTER));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count() as u64, files, "strays are swept");
    }
}

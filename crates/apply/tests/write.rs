//! Files are written whole or not at all, and keep what they are beside their text.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;

use unspin_apply::{WriteError, sweep, write};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("there is room for temporary files")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<_> =
        entries.map(|e| e.expect("readable").file_name().into_string().expect("ours")).collect();
    names.sort();
    names
}

#[test]
fn the_text_changes_and_the_permissions_do_not() {
    let folder = folder();
    let path = folder.path().join("a.txt");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    let owner = fs::metadata(&path).unwrap().uid();
    write(&path, b"old", b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    let meta = fs::metadata(&path).unwrap();
    assert_eq!((meta.permissions().mode() & 0o7777, meta.uid()), (0o640, owner));
    assert_eq!(names(folder.path()), ["a.txt"]);
}

#[test]
fn a_file_that_changed_meanwhile_is_left_as_it_is_now() {
    let folder = folder();
    let path = folder.path().join("a.txt");
    fs::write(&path, "other").unwrap();
    assert!(matches!(write(&path, b"old", b"new"), Err(WriteError::Changed)));
    assert_eq!(fs::read(&path).unwrap(), b"other");
    fs::remove_file(&path).unwrap();
    assert!(matches!(write(&path, b"old", b"new"), Err(WriteError::Removed)));
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_link_stays_and_its_target_is_written() {
    let folder = folder();
    fs::create_dir(folder.path().join("store")).unwrap();
    let (target, link) = (folder.path().join("store/a.txt"), folder.path().join("a.txt"));
    fs::write(&target, "old").unwrap();
    symlink("store/a.txt", &link).unwrap();
    write(&link, b"old", b"new").unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read(&target).unwrap(), b"new");
    assert_eq!((names(folder.path()).len(), names(&folder.path().join("store")).len()), (2, 1));
}

#[test]
fn hard_links_read_only_files_and_what_is_no_file_are_refused() {
    let folder = folder();
    let path = folder.path().join("a.txt");
    fs::write(&path, "old").unwrap();
    fs::hard_link(&path, folder.path().join("b.txt")).unwrap();
    assert!(matches!(write(&path, b"old", b"new"), Err(WriteError::Linked(2))));
    fs::remove_file(folder.path().join("b.txt")).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
    assert!(matches!(write(&path, b"old", b"new"), Err(WriteError::ReadOnly)));
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert!(matches!(write(Path::new("/dev/full"), b"", b"new"), Err(WriteError::Special)));
    assert_eq!(names(folder.path()), ["a.txt"]);
}

#[test]
fn what_a_killed_process_left_is_swept_and_what_a_running_one_holds_is_not() {
    let folder = folder();
    let (left, held) = (".unspin-fix-AbCd12.tmp", ".unspin-fix-XyZ345.tmp");
    for name in [left, held, ".unspin-fix-notes.txt", "a.txt"] {
        fs::write(folder.path().join(name), "x").unwrap();
    }
    let running = fs::File::open(folder.path().join(held)).unwrap();
    running.lock().unwrap();
    sweep(folder.path());
    assert_eq!(names(folder.path()), [".unspin-fix-XyZ345.tmp", ".unspin-fix-notes.txt", "a.txt"]);
    drop(running);
    sweep(folder.path());
    assert_eq!(names(folder.path()), [".unspin-fix-notes.txt", "a.txt"]);
}

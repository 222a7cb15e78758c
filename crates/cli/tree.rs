//! Which files belong together on the disk. A repository is somebody else's work: its settings name files, and its links
//! lead somewhere. Nothing that lies outside of it is shown in a report about it, or a change of the repository could
//! have a server print the keys of whoever runs the check.

use std::path::{Path, PathBuf};

use crate::walk;

/// What is said of a link that leads out of the tree it lies in.
pub(crate) const LEFT: &str =
    "it is a link that leads out of its repository or folder; name the file it leads to";

/// The tree that a folder belongs to, links resolved: the nearest folder upward that git knows as a work tree, or else the
/// folder itself. A repository can make this smaller by what is in it, and never larger.
pub(crate) fn around(folder: &Path) -> PathBuf {
    let folder = walk::resolved(folder);
    let is_root = |folder: &&Path| std::fs::symlink_metadata(folder.join(".git")).is_ok();
    folder.ancestors().find(is_root).unwrap_or(&folder).to_owned()
}

/// Whether a file lies in a tree, wherever the links in its path lead. What git keeps of it is no part of it: servers put
/// the keys there that they fetch with.
pub(crate) fn holds(tree: &Path, file: &Path) -> bool {
    let file = walk::resolved(file);
    file.strip_prefix(tree).is_ok_and(|inside| inside.iter().all(|part| part != ".git"))
}

/// Whether a path names a link that leads out of the tree which the link lies in.
pub(crate) fn is_left_by(path: &Path) -> bool {
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink());
    let folder = walk::absolute(path).parent().map(Path::to_owned);
    is_link && folder.is_some_and(|folder| !holds(&around(&folder), path))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_work_tree_holds_what_really_lies_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let repository = folder.path().join("repository");
        std::fs::create_dir_all(repository.join(".git")).unwrap();
        std::fs::create_dir_all(repository.join("desk/news")).unwrap();
        std::fs::write(folder.path().join("key"), "k").unwrap();
        std::fs::write(repository.join("desk/a.txt"), "a").unwrap();
        symlink("../a.txt", repository.join("desk/news/in.txt")).unwrap();
        symlink("../../../key", repository.join("desk/news/out.txt")).unwrap();
        symlink("../../..", repository.join("desk/news/up")).unwrap();
        let tree = around(&repository.join("desk/news"));
        assert_eq!(tree, std::fs::canonicalize(&repository).unwrap());
        let inside = |name: &str| holds(&tree, &repository.join("desk/news").join(name));
        assert!(inside("in.txt") && inside("not-there.txt") && inside("../a.txt"));
        assert!(!inside("out.txt") && !inside("up/key") && !inside("../../../key"));
        assert!(!inside("../../.git/config") && inside("../../.gitignore"));
        let leaves = |name: &str| is_left_by(&repository.join("desk/news").join(name));
        assert!(leaves("out.txt") && !leaves("in.txt") && !leaves("not-there.txt"));
        // Without git a folder is a tree of its own.
        assert_eq!(around(folder.path()), std::fs::canonicalize(folder.path()).unwrap());
    }
}

//! How a baseline names files.

use std::path::{Component, Path};

/// The path from a folder to a file with `/` between its parts, the same on every system; both absolute, without `.` and
/// `..`. What is no Unicode in it is replaced. A file on another volume keeps its absolute path.
pub fn relative(folder: &Path, file: &Path) -> String {
    let mut parts: Vec<Component<'_>> = file.components().collect();
    let shared = folder.components().zip(&parts).take_while(|(a, b)| a == *b).count();
    let up = folder.components().count() - shared;
    if shared > 0 {
        parts.drain(..shared);
        parts.splice(..0, std::iter::repeat_n(Component::ParentDir, up));
    }
    let parts: Vec<_> = parts.iter().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_from_the_folder_to_the_file() {
        for (folder, file, expected) in [
            ("/news", "/news/ferry.txt", "ferry.txt"),
            ("/news", "/news/may/ferry one.txt", "may/ferry one.txt"),
            ("/news/ci", "/news/may/ferry.txt", "../may/ferry.txt"),
            ("/a/b", "/c", "../../c"),
            ("/", "/c", "c"),
        ] {
            assert_eq!(relative(Path::new(folder), Path::new(file)), expected);
        }
    }
}

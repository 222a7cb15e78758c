//! How a file is named in reports that programs join with a repository: by its path in it, or by a URI.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A path with slashes and without a leading `./`, as repositories write it.
pub(crate) fn repository_path(path: &str) -> Cow<'_, str> {
    slashed(path, cfg!(windows))
}

/// A reference to a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Uri {
    /// Relative to the folder that was checked.
    Relative(String),
    /// With its scheme, `file`.
    Absolute(String),
}

impl Uri {
    /// The URI of a path as given or found.
    pub(crate) fn of(path: &str) -> Self {
        Self::on(path, cfg!(windows))
    }

    fn on(path: &str, windows: bool) -> Self {
        let path = slashed(path, windows);
        if windows && path.as_bytes().get(1) == Some(&b':') {
            let (drive, rest) = path.split_at(2);
            return Self::Absolute(format!("file:///{drive}{}", encoded(rest)));
        }
        match path.strip_prefix("//") {
            Some(share) if windows => Self::Absolute(format!("file://{}", encoded(share))),
            _ if path.starts_with('/') => Self::Absolute(format!("file://{}", encoded(&path))),
            _ => Self::Relative(encoded(&path)),
        }
    }
}

fn slashed(path: &str, windows: bool) -> Cow<'_, str> {
    // Elsewhere a backslash is a character like others.
    let mut path = if windows && path.contains('\\') {
        Cow::Owned(path.replace('\\', "/"))
    } else {
        Cow::Borrowed(path)
    };
    while let Some(rest) = path.strip_prefix("./") {
        let rest = rest.trim_start_matches('/');
        if rest.is_empty() {
            break;
        }
        path = Cow::Owned(rest.to_owned());
    }
    path
}

/// `path` with every byte but slashes and what RFC 3986 calls unreserved as `%` and two digits.
pub(crate) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                out.push(byte as char);
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_relative_or_a_file_uri() {
        let relative = |path: &str| match Uri::on(path, false) {
            Uri::Relative(uri) => uri,
            Uri::Absolute(uri) => panic!("{path} became {uri}"),
        };
        assert_eq!(relative("./news/a b.txt"), "news/a%20b.txt");
        assert_eq!(relative(".//a.txt"), "a.txt");
        assert_eq!(relative("../caf\u{e9}#1?.txt"), "../caf%C3%A9%231%3F.txt");
        assert_eq!(relative("c:odd\\name"), "c%3Aodd%5Cname");
        let absolute = |path: &str, windows| match Uri::on(path, windows) {
            Uri::Absolute(uri) => uri,
            Uri::Relative(uri) => panic!("{path} became {uri}"),
        };
        assert_eq!(absolute("/var/a b.txt", false), "file:///var/a%20b.txt");
        assert_eq!(absolute("C:\\texts\\a.txt", true), "file:///C:/texts/a.txt");
        assert_eq!(absolute("\\\\desk\\texts\\a.txt", true), "file://desk/texts/a.txt");
        assert_eq!(Uri::on(".\\news\\a.txt", true), Uri::Relative("news/a.txt".into()));
    }

    #[test]
    fn a_path_is_written_as_repositories_write_it() {
        assert_eq!(slashed("././a.txt", false), "a.txt");
        assert_eq!(slashed("./", false), "./");
        assert_eq!(slashed(".\\a\\b.txt", true), "a/b.txt");
        assert_eq!(slashed("a\\b.txt", false), "a\\b.txt");
    }
}

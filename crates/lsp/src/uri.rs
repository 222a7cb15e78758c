//! Addresses of files (RFC 8089). A client is always answered with the address that it used itself.
//!
//! No crate for URLs does it: those that make paths bring the tables of international domain names, for hosts that an
//! editor never names.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands in an address as it is.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path that an address stands for; `None` for what is no file of this machine, such as a text that was never saved.
pub(crate) fn path(uri: &Uri) -> Option<PathBuf> {
    let (scheme, rest) = uri.0.split_once("://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    if !scheme.eq_ignore_ascii_case("file") || !path.starts_with('/') {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let has_drive =
        matches!(path.as_bytes(), [b'/', drive, b':', ..] if drive.is_ascii_alphabetic());
    Some(PathBuf::from(if cfg!(windows) && has_drive { &path[1..] } else { &path }))
}

/// The address of an absolute path; `None` if it is no Unicode.
pub(crate) fn of_path(path: &Path) -> Option<Uri> {
    let path = path.to_str()?;
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let root = if path.starts_with('/') { "" } else { "/" };
    Some(Uri(format!("file://{root}{}", utf8_percent_encode(&path, KEPT))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn names_with_spaces_and_letters_of_all_kinds_come_back() {
        for name in ["/tmp/a b/caf\u{e9} \u{1f6a2}.md", "/tmp/100%.txt", "/tmp/e\u{301}#1?.txt"] {
            let uri = of_path(Path::new(name)).expect("it is Unicode");
            assert!(uri.0.starts_with("file:///tmp/") && uri.0.is_ascii(), "{uri:?}");
            assert_eq!(path(&uri).as_deref(), Some(Path::new(name)));
        }
        let uri = Uri("file://localhost/tmp/caf\u{e9}.txt".into());
        assert_eq!(path(&uri).as_deref(), Some(Path::new("/tmp/caf\u{e9}.txt")));
    }

    #[test]
    fn what_is_no_file_here_has_no_path() {
        for uri in ["untitled:Untitled-1", "http://example.org/a.txt", "", "file:", "file://host/a"]
        {
            assert_eq!(path(&Uri(uri.to_owned())), None, "{uri}");
        }
    }
}

//! What holds of what is said of a file that somebody wrote: settings, packs.

use std::ops::Range;

use crate::told;

/// Panics unless a problem lies in its file, and is told as a person is told things.
pub(crate) fn check(file: &str, span: Range<usize>, message: &str, help: Option<&str>) {
    assert!(file.get(span.clone()).is_some(), "{message:?} at {span:?} of {} bytes", file.len());
    told::wording(message);
    if let Some(help) = help {
        told::wording(help);
    }
}

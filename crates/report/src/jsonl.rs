//! One JSON object a line and file, for whoever reads while the run goes on.
//!
//! A line is a member of `files` of the [`json`](crate::Json) report, byte by byte, under the same promise. A file that
//! could not be checked is `{"path":..,"error":..}`: whoever wants findings alone skips lines that have an `error`.

use serde::Serialize;

use crate::json::{FileMember, serialize};
use crate::{Failure, FileReport, Format};

/// One object a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLines;

#[derive(Serialize)]
struct FailureLine<'a> {
    path: &'a str,
    error: &'a str,
}

impl Format for JsonLines {
    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        serialize(&FileMember::new(file), out);
        out.push(b'\n');
    }

    fn failed_file(&self, failure: &Failure, out: &mut Vec<u8>) {
        serialize(&FailureLine { path: &failure.path, error: &failure.message }, out);
        out.push(b'\n');
    }

    fn is_followed(&self) -> bool {
        true
    }
}

//! What the client can do, as it said when it began.

use std::path::PathBuf;

use gen_lsp_types::{PositionEncodingKind, Uri};
use serde_json::Value;

use crate::encoding::Encoding;
use crate::uri;

/// See the module.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "abilities, each there or not")]
pub(crate) struct Client {
    pub(crate) encoding: Encoding,
    /// Asks for diagnostics itself, and asks again when it is told to. One that does not the latter is told as others
    /// are: it would never hear of rules that follow when the writer rests.
    pub(crate) pulls: bool,
    /// Tells of changed files, if it is asked to.
    pub(crate) watches: bool,
    /// Can be asked for its settings.
    pub(crate) has_settings: bool,
    /// Shows progress.
    pub(crate) shows_progress: bool,
    /// Opens a file when it is asked to.
    pub(crate) shows_documents: bool,
    /// Takes edits of a text of a version.
    pub(crate) versions_edits: bool,
    /// Beyond the protocol; see `README.md`.
    pub(crate) shows_verdicts: bool,
    pub(crate) shows_pages: bool,
    /// The folders that are open.
    pub(crate) folders: Vec<PathBuf>,
}

impl Client {
    /// Reads what came with `initialize`.
    pub(crate) fn read(params: &Value) -> Self {
        let can = |pointer: &str| params.pointer(&format!("/capabilities{pointer}"));
        let does = |pointer: &str| can(pointer).and_then(Value::as_bool).unwrap_or(false);
        let offers = can("/general/positionEncodings").and_then(Value::as_array);
        let offers: Vec<PositionEncodingKind> = offers
            .into_iter()
            .flatten()
            .filter_map(|kind| serde_json::from_value(kind.clone()).ok())
            .collect();
        Self {
            encoding: Encoding::negotiated(&offers),
            pulls: can("/textDocument/diagnostic").is_some_and(Value::is_object)
                && (does("/workspace/diagnostics/refreshSupport")
                    || does("/workspace/diagnostic/refreshSupport")),
            watches: does("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            has_settings: does("/workspace/configuration"),
            shows_progress: does("/window/workDoneProgress"),
            shows_documents: does("/window/showDocument/support"),
            versions_edits: does("/workspace/workspaceEdit/documentChanges"),
            shows_verdicts: does("/experimental/unspin/verdict"),
            shows_pages: does("/experimental/unspin/rulePage"),
            folders: folders(params),
        }
    }
}

/// The folders of the workspace, or the one folder that older clients name.
fn folders(params: &Value) -> Vec<PathBuf> {
    let path = |value: &Value| value.as_str().and_then(|text| uri::path(&Uri(text.to_owned())));
    match params.get("workspaceFolders").and_then(Value::as_array) {
        Some(folders) => folders.iter().filter_map(|f| path(f.get("uri")?)).collect(),
        None => params.get("rootUri").and_then(path).into_iter().collect(),
    }
}

//! Checking everything that lies in the folders of the workspace, beside whatever else goes on.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender, unbounded};
use gen_lsp_types::{Diagnostic, Uri};
use lsp_server::{ErrorCode, RequestId};
use serde_json::{Value, json};
use unspin_lint::{Diagnosis, Document, Level, Markup};
use unspin_linter::Linter;
use unspin_text::Positions;

use super::{Asked, Server};
use crate::encoding::{Encoding, Places};
use crate::world::Found;
use crate::{World, diagnostics, uri};

/// A check under way.
pub(super) struct Check {
    /// What asked for it.
    pub(super) request: Option<RequestId>,
    /// What the client shows its progress by.
    token: String,
    pub(super) steps: Receiver<Step>,
    is_stopped: Arc<AtomicBool>,
    /// Files, and those that were looked at.
    files: usize,
    done: usize,
    findings: usize,
    reworded: usize,
    failures: Vec<String>,
}

/// What became of one file; `None` in the place of its diagnostics where it cannot be looked at, with the reason.
pub(super) struct Step {
    path: PathBuf,
    result: Result<(Vec<Diagnostic>, bool), String>,
}

impl Check {
    pub(super) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }
}

impl Drop for Check {
    fn drop(&mut self) {
        self.stop();
    }
}

impl<W: World> Server<'_, W> {
    /// Begins a check of all folders. The answer comes when it is done.
    pub(super) fn check_workspace(&mut self, request: RequestId) {
        if self.check.is_some() {
            let message = "the workspace is being checked already";
            return self.refuse(request, ErrorCode::RequestFailed, message);
        }
        let folders = self.client.folders.clone();
        let mut files: Vec<(PathBuf, Arc<Linter>)> = Vec::new();
        let mut failures = Vec::new();
        for found in self.world.texts(&folders) {
            match found {
                Found::Text(path) => {
                    if let Some(governed) = self.world.governed(Some(&path)) {
                        files.push((path, governed.linter));
                    }
                }
                Found::Error(path, why) => failures.push(format!("{}: {why}", path.display())),
            }
        }
        self.tell_faults(false);
        self.take_back(files.iter().map(|(path, _)| path.as_path()));
        let token = format!("unspin/check/{request}");
        let (sender, steps) = unbounded();
        let is_stopped = Arc::new(AtomicBool::new(false));
        let check = Check {
            request: Some(request),
            token: token.clone(),
            steps,
            is_stopped: Arc::clone(&is_stopped),
            files: files.len(),
            done: 0,
            findings: 0,
            reworded: 0,
            failures,
        };
        if self.client.shows_progress {
            let params = json!({ "token": token });
            self.ask("window/workDoneProgress/create", params, Asked::Nothing);
            let begin =
                json!({ "kind": "begin", "title": "unspin", "cancellable": true, "percentage": 0 });
            self.notify("$/progress", json!({ "token": token, "value": begin }));
        }
        self.check = Some(check);
        if files.is_empty() {
            return self.finish_check();
        }
        let asked = (self.client.encoding, self.options.verdict_diagnostic);
        std::thread::spawn(move || run(&files, W::read, asked, &is_stopped, &sender));
    }

    /// Takes back what was told of files that are there no more.
    fn take_back<'f>(&mut self, files: impl Iterator<Item = &'f Path>) {
        let there: HashSet<String> = files.filter_map(uri::of_path).map(|uri| uri.0).collect();
        let mut gone = Vec::new();
        self.told.retain(|uri| {
            there.contains(uri) || {
                gone.push(uri.clone());
                false
            }
        });
        for uri in gone {
            self.push(Uri(uri), None, Vec::new());
        }
    }

    /// Takes what became of a file.
    pub(super) fn checked(&mut self, step: Step) {
        let Some(check) = &mut self.check else { return };
        check.done += 1;
        let message = step.path.display().to_string();
        let percentage = 100 * check.done / check.files.max(1);
        match step.result {
            Ok((diagnostics, is_reworded)) => {
                check.findings += diagnostics.len();
                check.reworded += usize::from(is_reworded);
                // Of a text that is open, its own state says more than its file.
                if let Some(uri) = uri::of_path(&step.path)
                    && !self.drafts.values().any(|draft| draft.path.as_ref() == Some(&step.path))
                {
                    let was_told = self.told.remove(&uri.0);
                    if !diagnostics.is_empty() {
                        self.told.insert(uri.0.clone());
                    }
                    if was_told || !diagnostics.is_empty() {
                        self.push(uri, None, diagnostics);
                    }
                }
            }
            Err(why) => check.failures.push(format!("{}: {why}", step.path.display())),
        }
        let Some(check) = &self.check else { return };
        if self.client.shows_progress {
            let report = json!({ "kind": "report", "message": message, "percentage": percentage });
            self.notify("$/progress", json!({ "token": check.token, "value": report }));
        }
        if check.done == check.files {
            self.finish_check();
        }
    }

    /// Ends the check, whole or not, and answers who asked for it.
    pub(super) fn finish_check(&mut self) {
        let Some(mut check) = self.check.take() else { return };
        let is_whole = check.done == check.files;
        let message = format!("{} of {} files", check.done, check.files);
        if self.client.shows_progress {
            let end = json!({ "kind": "end", "message": message });
            self.notify("$/progress", json!({ "token": check.token, "value": end }));
        }
        for failure in &check.failures {
            self.log(gen_lsp_types::MessageType::Warning, failure);
        }
        let Some(request) = check.request.take() else { return };
        if is_whole {
            self.reply(
                request,
                json!({
                    "files": check.files,
                    "findings": check.findings,
                    "reworded": check.reworded,
                    "failures": check.failures.len(),
                }),
            );
        } else {
            self.refuse(request, ErrorCode::RequestCanceled, &format!("stopped after {message}"));
        }
    }

    /// Stops the check whose progress the client wants to see no more.
    pub(super) fn stop_check(&mut self, params: &Value) {
        let token = params.get("token").and_then(Value::as_str);
        if let Some(check) = self.check.as_ref().filter(|check| token == Some(check.token.as_str()))
        {
            check.stop();
        }
    }
}

/// Looks at one file after another until it is stopped. The end of the channel says that it was.
fn run(
    files: &[(PathBuf, Arc<Linter>)],
    read: fn(&Path) -> Result<Vec<u8>, String>,
    (encoding, tells_verdict): (Encoding, bool),
    is_stopped: &AtomicBool,
    steps: &Sender<Step>,
) {
    for (path, linter) in files {
        if is_stopped.load(Ordering::Relaxed) {
            return;
        }
        let look = || {
            let bytes = read(path)?;
            let markup = Markup::of(path.extension().and_then(|e| e.to_str()), &bytes);
            let document = Document::read(&bytes, markup);
            let report = linter.check(&document);
            let diagnosis = Diagnosis::new(&document, &report);
            let positions = Positions::new(document.source());
            let places = Places { text: document.source(), positions: &positions, encoding };
            let is_reworded = report.verdict.level == Level::Reworded;
            Ok((diagnostics::of_text(&diagnosis, places, tells_verdict), is_reworded))
        };
        let looked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(look));
        let failed = || Err("unspin failed at this file".to_owned());
        let result = looked.unwrap_or_else(|_| failed());
        if steps.send(Step { path: path.clone(), result }).is_err() {
            return;
        }
    }
}

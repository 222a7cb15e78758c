//! An editor, as far as a language server can tell: it starts the built binary, speaks with it over its standard input
//! and output, and keeps texts of its own.

#![expect(clippy::needless_pass_by_value, reason = "a message is made where it is sent")]

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::text::{Unit, edited};

/// How long a message may take before a test is given up. A guard against a server that hangs, and no measure.
const PATIENCE: Duration = Duration::from_secs(120);

/// A text that is open.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    pub(crate) text: String,
    pub(crate) version: i64,
}

/// See the module.
pub(crate) struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Value>,
    requests: i64,
    /// What is to be sent in one go.
    breath: Option<Vec<u8>>,
    pub(crate) unit: Unit,
    /// What the server said of itself.
    pub(crate) about: Value,
    pub(crate) open: BTreeMap<String, Open>,
    /// What was published last, by address.
    pub(crate) published: BTreeMap<String, Value>,
    /// The last verdict of each text.
    pub(crate) verdicts: BTreeMap<String, Value>,
    /// All notifications and requests of the server, in order.
    pub(crate) heard: Vec<Value>,
    answers: HashMap<i64, Value>,
    /// What is answered where the server asks for the section `unspin`.
    pub(crate) settings: Value,
}

/// What an editor with everything can do, diagnostics that it pulls left out.
pub(crate) fn abilities(unit: Unit) -> Value {
    json!({
        "general": { "positionEncodings": [unit.name()] },
        "textDocument": { "publishDiagnostics": { "versionSupport": true } },
        "window": { "workDoneProgress": true },
        "workspace": {
            "configuration": true,
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": { "documentChanges": true },
            "diagnostics": { "refreshSupport": true },
            "workspaceFolders": true,
        },
        "experimental": { "unspin": { "verdict": true, "rulePage": true } },
    })
}

/// The address of a path that is made of letters that an address may hold as they are.
pub(crate) fn address(path: &Path) -> String {
    let mut uri = String::from("file://");
    for byte in path.to_str().unwrap().bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte as char),
            byte if byte.is_ascii_alphanumeric() => uri.push(byte as char),
            byte => uri.extend(['%', hex(byte >> 4), hex(byte & 15)]),
        }
    }
    uri
}

fn hex(digit: u8) -> char {
    char::from_digit(digit.into(), 16).expect("below 16").to_ascii_uppercase()
}

impl Client {
    /// Starts the server in a folder, without a word to it.
    pub(crate) fn silent(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_unspin"))
            .arg("lsp")
            .current_dir(folder)
            .env("XDG_CACHE_HOME", folder.join(".cache"))
            .env_remove("RUST_BACKTRACE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().expect("piped");
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            stdin,
            messages,
            requests: 0,
            breath: None,
            unit: Unit::Utf16,
            about: Value::Null,
            open: BTreeMap::new(),
            published: BTreeMap::new(),
            verdicts: BTreeMap::new(),
            heard: Vec::new(),
            answers: HashMap::new(),
            settings: Value::Null,
        }
    }

    /// Starts the server in a folder, which is the one that is open, with all abilities.
    pub(crate) fn start(folder: &Path, unit: Unit) -> Self {
        Self::with(folder, &abilities(unit), Value::Null)
    }

    /// Starts the server with these abilities and settings.
    pub(crate) fn with(folder: &Path, abilities: &Value, options: Value) -> Self {
        let folders = json!([{ "uri": address(folder), "name": "desk" }]);
        let mut client = Self::silent(folder);
        client.initialize(json!({
            "processId": null,
            "rootUri": null,
            "workspaceFolders": folders,
            "capabilities": abilities,
            "initializationOptions": options,
        }));
        client
    }

    /// Begins.
    pub(crate) fn initialize(&mut self, params: Value) {
        let about = self.request("initialize", params);
        self.unit = match about["capabilities"]["positionEncoding"].as_str() {
            Some("utf-8") => Unit::Utf8,
            Some("utf-32") => Unit::Utf32,
            Some("utf-16") | None => Unit::Utf16,
            Some(other) => panic!("nobody offered {other}"),
        };
        self.about = about;
        self.notify("initialized", json!({}));
    }

    /// Sends everything that is said meanwhile in one go, so that the server cannot be done with the first of it before
    /// the last is there.
    pub(crate) fn in_one_breath<R>(&mut self, say: impl FnOnce(&mut Self) -> R) -> R {
        self.breath = Some(Vec::new());
        let said = say(self);
        let breath = self.breath.take().unwrap_or_default();
        self.send_bytes(&breath);
        said
    }

    /// Sends bytes as they are.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        if let Some(breath) = &mut self.breath {
            return breath.extend_from_slice(bytes);
        }
        let stdin = self.stdin.as_mut().expect("still open");
        stdin.write_all(bytes).and_then(|()| stdin.flush()).expect("the server listens");
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks without waiting for the answer, and returns the number of the request.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Waits for the answer to a request: the whole message.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.wait(&format!("the answer to request {id}"), |client| {
            client.answers.contains_key(&id)
        });
        self.answers.remove(&id).unwrap()
    }

    /// Asks, and returns the result.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method} fails: {answer}");
        answer["result"].clone()
    }

    /// Asks for what must be refused, and returns the code.
    pub(crate) fn refused(&mut self, method: &str, params: Value) -> i64 {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(!answer["error"]["message"].as_str().unwrap_or_default().is_empty(), "{answer}");
        answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("{method} is answered: {answer}"))
    }

    pub(crate) fn command(&mut self, command: &str, arguments: Value) -> Value {
        let params = json!({ "command": command, "arguments": arguments });
        self.request("workspace/executeCommand", params)
    }

    /// Takes what comes until something holds.
    #[track_caller]
    pub(crate) fn wait(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            let left = end.saturating_duration_since(Instant::now());
            match self.messages.recv_timeout(left) {
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Timeout) => self.give_up(what, "nothing comes any more"),
                Err(RecvTimeoutError::Disconnected) => self.give_up(what, "the server is gone"),
            }
        }
    }

    #[track_caller]
    fn give_up(&mut self, what: &str, why: &str) -> ! {
        let _ = self.child.kill();
        let heard = self.heard.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
        panic!("waiting for {what}: {why}\n{}\n{heard}", self.errors());
    }

    /// What the server wrote on standard error, up to its end.
    fn errors(&mut self) -> String {
        let mut text = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            let _ = stderr.read_to_string(&mut text);
        }
        text
    }

    fn take(&mut self, message: Value) {
        let method = message["method"].as_str().map(str::to_owned);
        match (method, message.get("id").cloned()) {
            (None, Some(id)) => {
                self.answers.insert(id.as_i64().unwrap_or(-1), message);
            }
            (Some(method), Some(id)) => {
                let result = self.serve(&method, &message["params"]);
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
                self.heard.push(message);
            }
            (method, None) => {
                let params = &message["params"];
                let uri = params["uri"].as_str().unwrap_or_default().to_owned();
                match method.as_deref() {
                    Some("textDocument/publishDiagnostics") => {
                        self.published.insert(uri, params.clone());
                    }
                    Some("unspin/verdict") => {
                        self.verdicts.insert(uri, params.clone());
                    }
                    _ => {}
                }
                self.heard.push(message);
            }
        }
    }

    /// Does what the server asks for.
    fn serve(&mut self, method: &str, params: &Value) -> Value {
        match method {
            "workspace/configuration" => json!([self.settings]),
            "workspace/applyEdit" => {
                self.apply(&params["edit"]);
                json!({ "applied": true })
            }
            "window/showDocument" => json!({ "success": true }),
            _ => Value::Null,
        }
    }

    /// Makes an edit of open texts, and tells the server of it.
    #[track_caller]
    pub(crate) fn apply(&mut self, edit: &Value) {
        let mut all: Vec<(String, Vec<Value>)> = Vec::new();
        for (uri, edits) in edit["changes"].as_object().into_iter().flatten() {
            all.push((uri.clone(), edits.as_array().unwrap().clone()));
        }
        for change in edit["documentChanges"].as_array().into_iter().flatten() {
            let (uri, version) =
                (&change["textDocument"]["uri"], &change["textDocument"]["version"]);
            let uri = uri.as_str().unwrap().to_owned();
            assert_eq!(version.as_i64(), Some(self.open[&uri].version), "of another state: {edit}");
            all.push((uri, change["edits"].as_array().unwrap().clone()));
        }
        assert!(!all.is_empty(), "an edit of nothing: {edit}");
        for (uri, edits) in all {
            let open = self.open.get_mut(&uri).unwrap_or_else(|| panic!("{uri} is not open"));
            let changes: Vec<Value> = {
                // From the last to the first, so that each names places of a text in which they still are.
                let mut edits: Vec<&Value> = edits.iter().collect();
                let place = |edit: &Value| {
                    let start = &edit["range"]["start"];
                    (start["line"].as_u64(), start["character"].as_u64())
                };
                edits.sort_by_key(|edit| std::cmp::Reverse(place(edit)));
                let change =
                    |edit: &Value| json!({ "range": edit["range"], "text": edit["newText"] });
                edits.into_iter().map(change).collect()
            };
            open.text = edited(&open.text, self.unit, &edits);
            open.version += 1;
            let about = json!({ "uri": uri, "version": open.version });
            let params = json!({ "textDocument": about, "contentChanges": changes });
            self.notify("textDocument/didChange", params);
        }
    }

    /// Opens a text.
    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) {
        self.open.insert(uri.to_owned(), Open { text: text.to_owned(), version: 1 });
        let item = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.open.remove(uri);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Puts a text in the place of some bytes, as one change.
    pub(crate) fn replace(&mut self, uri: &str, start: usize, end: usize, new: &str) {
        self.replace_all(uri, &[(start, end, new)]);
    }

    /// Makes several replacements one after another, told as one change of the document.
    pub(crate) fn replace_all(&mut self, uri: &str, replacements: &[(usize, usize, &str)]) {
        let (unit, open) = (self.unit, self.open.get_mut(uri).expect("open"));
        let mut changes = Vec::new();
        for &(start, end, new) in replacements {
            changes.push(json!({ "range": unit.range(&open.text, start, end), "text": new }));
            open.text.replace_range(start..end, new);
        }
        open.version += 1;
        let about = json!({ "uri": uri, "version": open.version });
        let params = json!({ "textDocument": about, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    /// Puts another text in the place of the whole.
    pub(crate) fn rewrite(&mut self, uri: &str, text: &str) {
        let open = self.open.get_mut(uri).expect("open");
        text.clone_into(&mut open.text);
        open.version += 1;
        let about = json!({ "uri": uri, "version": open.version });
        let params = json!({ "textDocument": about, "contentChanges": [{ "text": text }] });
        self.notify("textDocument/didChange", params);
    }

    /// Tells that files were changed on the disk.
    pub(crate) fn changed_on_disk(&mut self, uri: &str) {
        let params = json!({ "changes": [{ "uri": uri, "type": 2 }] });
        self.notify("workspace/didChangeWatchedFiles", params);
    }

    /// Waits until the present state of a text was weighed, and returns what is published of it.
    #[track_caller]
    pub(crate) fn rest(&mut self, uri: &str) -> Vec<Value> {
        let version = self.open[uri].version;
        let has_weighed =
            |c: &Self| c.verdicts.get(uri).is_some_and(|v| v["version"].as_i64() == Some(version));
        self.wait("the verdict", has_weighed);
        let published = &self.published[uri];
        assert_eq!(published["version"].as_i64(), Some(version), "{published}");
        published["diagnostics"].as_array().unwrap().clone()
    }

    /// Has the text weighed once more before [`Client::rest`] is content, as after other settings.
    pub(crate) fn forget_verdict(&mut self, uri: &str) {
        self.verdicts.remove(uri);
    }

    /// What is published of a file by now.
    pub(crate) fn diagnostics(&self, uri: &str) -> Vec<Value> {
        let published = self.published.get(uri).map(|p| p["diagnostics"].as_array().unwrap());
        published.cloned().unwrap_or_default()
    }

    /// Notifications and requests of this method that came.
    pub(crate) fn heard(&self, method: &str) -> Vec<&Value> {
        let of = |m: &&Value| m["method"] == method;
        self.heard.iter().filter(of).map(|message| &message["params"]).collect()
    }

    /// The menu at a range, by title.
    pub(crate) fn actions(&mut self, uri: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let mut context = json!({ "diagnostics": [] });
        if let Some(kind) = only {
            context["only"] = json!([kind]);
        }
        let about = json!({ "uri": uri });
        let params = json!({ "textDocument": about, "range": range, "context": context });
        self.request("textDocument/codeAction", params).as_array().unwrap().clone()
    }

    /// Says goodbye, and returns the exit status.
    #[track_caller]
    pub(crate) fn leave(mut self) -> i32 {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
        let (status, errors) = self.end();
        assert_eq!(errors, "", "nothing goes to standard error");
        status
    }

    /// Closes the server's input and waits for its end: the exit status, and what it wrote on standard error.
    #[track_caller]
    pub(crate) fn end(&mut self) -> (i32, String) {
        self.stdin = None;
        // Its output ends when it does; what is in it is of no interest any more.
        let end = Instant::now() + PATIENCE;
        loop {
            match self.messages.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => self.give_up("the end", "the server stays"),
            }
        }
        let errors = self.errors();
        let status = self.child.wait().expect("it ends");
        (status.code().expect("it ends by itself"), errors)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Of a test that failed no server is to stay behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads a message; `None` at the end.
fn read(stdout: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => {
                if let Some(value) = header.strip_prefix("Content-Length: ") {
                    length = value.parse().ok();
                }
            }
        }
    }
    let mut body = vec![0; length.expect("every message has a length")];
    stdout.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("every message is JSON"))
}

//! An editor that drives the built program, and what the kernel says of that.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

/// A place of a text: line and column in UTF-16 units, from 0.
pub(crate) type Place = (usize, usize);

/// The last diagnostics that were published of each text.
type Published = Arc<Mutex<HashMap<String, Value>>>;

/// A language server, and all that it said.
pub(crate) struct Server {
    child: Child,
    to: ChildStdin,
    /// Bytes that it wrote.
    written: Arc<AtomicUsize>,
    published: Published,
    /// One for each answer.
    answers: Receiver<()>,
    version: i32,
}

impl Server {
    /// Starts the program that `UNSPIN_PROGRAM` names, else the built one; it looks at a whole text so many milliseconds
    /// after the last key.
    pub(crate) fn start(delay: u64) -> Self {
        let program = std::env::var("UNSPIN_PROGRAM");
        let program = program.unwrap_or_else(|_| env!("CARGO_BIN_EXE_unspin").to_owned());
        let mut child = Command::new(program)
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program is built");
        let to = child.stdin.take().expect("it is piped");
        let from = child.stdout.take().expect("it is piped");
        let written = Arc::new(AtomicUsize::new(0));
        let published = Published::default();
        let (counted, heard) = (Arc::clone(&written), Arc::clone(&published));
        let (answered, answers) = channel();
        std::thread::spawn(move || {
            let mut from = BufReader::new(from);
            let mut line = String::new();
            while from.read_line(&mut line).is_ok_and(|n| n > 0) {
                if let Some(length) = line.strip_prefix("Content-Length: ") {
                    let length: usize = length.trim().parse().expect("a number");
                    from.read_line(&mut line).expect("an empty line");
                    let mut body = vec![0; length];
                    from.read_exact(&mut body).expect("a whole message");
                    if hear(&body, &heard) {
                        let _ = answered.send(());
                    }
                    counted.fetch_add(length, Ordering::Relaxed);
                }
                line.clear();
            }
        });
        let mut server = Self { child, to, written, published, answers, version: 1 };
        let options = json!({ "delay": delay, "noConfig": true });
        let params = json!({ "capabilities": {}, "initializationOptions": options });
        server
            .send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }));
        server.answers.recv().expect("it begins");
        server.notify("initialized", &json!({}));
        server.rest();
        server
    }

    /// Waits until it has written more than `before` bytes, and then until it rests.
    fn hear(&self, before: usize) -> u64 {
        while self.written() <= before {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.rest()
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("it reads");
        self.to.flush().expect("it reads");
    }

    /// Tells it something.
    pub(crate) fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks what is known of a text, and waits for the answer: all that was told before is taken by then.
    pub(crate) fn ask(&mut self, uri: &str) {
        let (document, position) = (json!({ "uri": uri }), json!({ "line": 0, "character": 0 }));
        let params = json!({ "textDocument": document, "position": position });
        self.send(
            &json!({ "jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": params }),
        );
        self.answers.recv().expect("it answers");
    }

    /// Opens a text, and waits until it is looked at.
    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": text });
        let before = self.written();
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
        self.hear(before);
    }

    /// Replaces what stands between two places of a text.
    pub(crate) fn edit(&mut self, uri: &str, (start, end): (Place, Place), text: &str) {
        self.version += 1;
        let document = json!({ "uri": uri, "version": self.version });
        let at = |(line, character): Place| json!({ "line": line, "character": character });
        let range = json!({ "start": at(start), "end": at(end) });
        let changes = json!([{ "range": range, "text": text }]);
        self.notify(
            "textDocument/didChange",
            &json!({ "textDocument": document, "contentChanges": changes }),
        );
    }

    /// Nanoseconds of processor time of all its threads.
    pub(crate) fn cpu(&self) -> u64 {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.child.id()));
        let spent = |thread: std::fs::DirEntry| {
            let told = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
            told.split(' ').next()?.parse::<u64>().ok()
        };
        threads.into_iter().flatten().flatten().filter_map(spent).sum()
    }

    /// Waits until it does nothing any more; the processor time by then, in nanoseconds.
    pub(crate) fn rest(&self) -> u64 {
        let (mut last, mut still) = (0, 0);
        while still < 6 {
            std::thread::sleep(Duration::from_millis(2));
            let now = self.cpu();
            still = if now == last { still + 1 } else { 0 };
            last = now;
        }
        last
    }

    /// Bytes that it wrote by now.
    pub(crate) fn written(&self) -> usize {
        self.written.load(Ordering::Relaxed)
    }

    /// What was published of a text last: its version and its diagnostics.
    pub(crate) fn published(&self, uri: &str) -> Value {
        let published = self.published.lock().expect("nobody panics with it");
        published.get(uri).cloned().unwrap_or_default()
    }

    /// Memory of its own in kB: not the pages of the program's file, in which the model lies.
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Keeps what is published; whether it is an answer.
fn hear(body: &[u8], published: &Published) -> bool {
    let message: Value = serde_json::from_slice(body).expect("it speaks JSON");
    if message["method"] == "textDocument/publishDiagnostics" {
        let params = &message["params"];
        let uri = params["uri"].as_str().unwrap_or_default().to_owned();
        published.lock().expect("nobody panics with it").insert(uri, params.clone());
    }
    message.get("id").is_some() && message.get("method").is_none()
}

/// Numbers that look drawn by lot, and are the same each time (Knuth's MMIX generator).
pub(crate) struct Lot(pub(crate) u64);

impl Lot {
    /// Below `most`; 0 where that is 0.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

/// A number that a variable of the environment sets.
pub(crate) fn number(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// The files that a bench was given; what begins with `--` is cargo's.
pub(crate) fn files() -> Vec<String> {
    std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect()
}

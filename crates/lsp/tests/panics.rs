//! Nothing that fails inside ends the server: not a rule, not what governs a text.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use lsp_server::{Connection, Message, Notification, Request, Response};
use serde_json::{Value, json};
use unspin_lint::{Context, Document, Finding, Problem, Rule, RuleMeta, RuleSet, rule};
use unspin_linter::Linter;
use unspin_lsp::{Faulty, Found, Governed, Options, World};

rule! {
    /// A word that its sentence makes it fall over.
    SENTENCE: "falls-in-sentences" in "test", Warning, min_confidence 0.5, scope Sentence
}

rule! {
    /// A word that a text makes it fall over.
    TEXT: "falls-in-texts" in "test", Warning, min_confidence 0.5, scope Document
}

rule! {
    /// Falls over what others found.
    AFTER: "falls-after-others" in "test", Warning, min_confidence 0.5, scope Document
}

struct Falls(&'static RuleMeta, &'static str);

impl Rule for Falls {
    fn meta(&self) -> &RuleMeta {
        self.0
    }

    fn check(&self, cx: &Context<'_>, _: &mut Vec<Finding>) {
        assert!(!cx.document().text().contains(self.1), "it is meant to");
    }

    fn concludes(&self) -> bool {
        self.0.id == AFTER.id
    }

    fn conclude(&self, document: &Document<'_>, _: &[Finding], _: &mut Vec<Finding>) {
        assert!(!document.text().contains("\u{e9}clair"), "it is meant to");
    }
}

/// The rules, and a file that nothing can be said of.
struct House(Arc<Linter>);

impl House {
    fn new() -> Self {
        let mut linter = Linter::new();
        let rules: [Arc<dyn Rule>; 3] = [
            Arc::new(Falls(&SENTENCE, "caf\u{e9}")),
            Arc::new(Falls(&TEXT, "pier\u{301}")),
            Arc::new(Falls(&AFTER, "nothing at all")),
        ];
        assert_eq!(linter.add(rules), []);
        Self(Arc::new(linter))
    }
}

impl World for House {
    fn reload(&mut self, options: &Options) -> anyhow::Result<()> {
        assert!(!options.select.iter().any(|name| name == "cursed"), "it is meant to");
        Ok(())
    }

    fn governed(&mut self, path: Option<&Path>) -> Option<Governed> {
        assert!(path.is_none_or(|path| !path.ends_with("cursed.txt")), "it is meant to");
        Some(Governed { linter: Arc::clone(&self.0), lint_toml: None, digest: [0; 32] })
    }

    fn unknown_names(&mut self) -> Option<String> {
        None
    }

    fn faults(&mut self) -> Vec<Faulty> {
        Vec::new()
    }

    fn overlay(&mut self, _: &Path, _: Option<String>) {}

    fn inspect(&mut self, _: &Path, text: &str) -> (Vec<Problem>, Arc<RuleSet>) {
        assert!(!text.contains("cursed"), "it is meant to");
        (Vec::new(), Arc::new(self.0.rules().clone()))
    }

    fn texts(&mut self, _: &[PathBuf]) -> Vec<Found> {
        ["caf\u{e9}.txt", "b.txt", "\u{e9}clair.txt"].map(|name| Found::Text(name.into())).into()
    }

    fn read(path: &Path) -> Result<Vec<u8>, String> {
        let word = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        Ok(format!("The {word} lies withinside the bay. \u{1f6a2}\r\n").into_bytes())
    }

    fn write(&mut self, _: &Path, _: &str, _: &str) -> anyhow::Result<()> {
        panic!("it is meant to")
    }

    fn is_settings(&self, _: &Path) -> bool {
        false
    }

    fn show(&mut self, _: &str, _: &str) -> anyhow::Result<PathBuf> {
        panic!("it is meant to")
    }
}

/// An editor in the same process.
struct Editor {
    connection: Connection,
    server: Option<JoinHandle<anyhow::Result<()>>>,
    requests: i32,
    /// What the server said unasked.
    heard: Vec<Notification>,
}

impl Editor {
    fn start() -> Self {
        let (connection, other) = Connection::memory();
        let server = std::thread::spawn(move || unspin_lsp::serve(&other, House::new()));
        let mut editor = Self { connection, server: Some(server), requests: 0, heard: Vec::new() };
        let window = json!({ "showDocument": { "support": true } });
        let unspin = json!({ "unspin": { "verdict": true } });
        let workspace = json!({ "configuration": true });
        let abilities = json!({ "window": window, "experimental": unspin, "workspace": workspace });
        let started = editor.ask("initialize", json!({ "capabilities": abilities }));
        assert!(started.is_ok(), "{started:?}");
        editor.notify("initialized", json!({}));
        editor
    }

    fn notify(&self, method: &str, params: Value) {
        let notification = Notification::new(method.to_owned(), params);
        self.connection.sender.send(notification.into()).expect("the server listens");
    }

    /// Has the client's settings answered.
    fn configure(&mut self, settings: &Value) {
        let id = loop {
            if let Message::Request(request) = self.next()
                && request.method == "workspace/configuration"
            {
                break request.id;
            }
        };
        let answer = Response::new_ok(id, json!([settings]));
        self.connection.sender.send(answer.into()).expect("the server listens");
    }

    /// What the log says next.
    fn logged(&mut self) -> String {
        loop {
            if let Message::Notification(notification) = self.next()
                && notification.method == "window/logMessage"
            {
                return notification.params["message"].as_str().unwrap_or_default().to_owned();
            }
        }
    }

    fn open(&self, uri: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    fn next(&mut self) -> Message {
        // A guard against a server that hangs.
        self.connection.receiver.recv_timeout(Duration::from_secs(120)).expect("it speaks")
    }

    /// The result, or the code of the error.
    fn ask(&mut self, method: &str, params: Value) -> Result<Value, i32> {
        self.requests += 1;
        let request = Request::new(self.requests.into(), method.to_owned(), params);
        self.connection.sender.send(request.into()).expect("the server listens");
        loop {
            match self.next() {
                Message::Response(response) => {
                    return response.response_result.map_err(|error| error.code);
                }
                Message::Notification(notification) => self.heard.push(notification),
                Message::Request(_) => {}
            }
        }
    }

    /// What is published of a text once its verdict was told, or what the log says instead.
    fn rest(&mut self, uri: &str) -> Result<Vec<String>, String> {
        loop {
            let of = |method: &str| {
                let all = self.heard.iter().rev().filter(move |n| n.method == method);
                all.map(|n| &n.params).find(|p| p["uri"] == uri || p.get("uri").is_none())
            };
            if of("unspin/verdict").is_some() {
                let told = of("textDocument/publishDiagnostics").expect("told before");
                let codes = told["diagnostics"].as_array().expect("a list").iter();
                return Ok(codes
                    .map(|d| d["code"].as_str().unwrap_or_default().to_owned())
                    .collect());
            }
            if let Some(logged) = of("window/logMessage") {
                return Err(logged["message"].to_string());
            }
            if let Message::Notification(notification) = self.next() {
                self.heard.push(notification);
            }
        }
    }

    fn leave(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Ok(Value::Null));
        self.notify("exit", Value::Null);
        let ended = self.server.take().expect("it was started").join().expect("it does not panic");
        assert!(ended.is_ok(), "{ended:?}");
    }
}

#[test]
fn a_rule_that_panics_is_told_of_and_the_others_speak() {
    let mut editor = Editor::start();
    for (uri, word) in [("untitled:1", "caf\u{e9}"), ("untitled:2", "pier\u{301}")] {
        editor.heard.clear();
        editor.open(uri, &format!("\u{1f6a2} The {word} lies withinside the bay.\r\n"));
        let told = editor.rest(uri);
        assert_eq!(told, Ok(vec!["internal-error".into(), "cascade-artifact".into()]), "{word}");
        // Once the word is gone it works again.
        editor.heard.clear();
        let whole = json!([{ "text": "\u{1f6a2} The shed lies withinside the bay.\r\n" }]);
        let about = json!({ "uri": uri, "version": 2 });
        let change = json!({ "textDocument": about, "contentChanges": whole });
        editor.notify("textDocument/didChange", change);
        assert_eq!(editor.rest(uri), Ok(vec!["cascade-artifact".into()]));
    }
    editor.leave();
}

#[test]
fn where_a_whole_look_fails_that_is_logged_and_the_next_text_is_looked_at() {
    let mut editor = Editor::start();
    editor.open("untitled:1", "\u{1f6a2} The \u{e9}clair lies withinside the bay.\r\n");
    let logged = editor.rest("untitled:1").expect_err("the look fails");
    assert!(logged.contains("unspin failed at untitled:1"), "{logged}");
    editor.heard.clear();
    editor.open("untitled:2", "\u{1f6a2} The shed lies withinside the bay.\r\n");
    assert_eq!(editor.rest("untitled:2"), Ok(vec!["cascade-artifact".into()]));

    // The same of files of the workspace, each by itself.
    let check = json!({ "command": "unspin.checkWorkspace", "arguments": [] });
    let checked = editor.ask("workspace/executeCommand", check);
    let wanted = json!({ "files": 3, "findings": 3, "reworded": 0, "failures": 1 });
    assert_eq!(checked, Ok(wanted));
    editor.leave();
}

#[test]
fn where_settings_or_an_answer_fail_the_next_message_is_taken() {
    let mut editor = Editor::start();
    editor.open("file:///desk/cursed.txt", "\u{1f6a2} The shed lies withinside the caf\u{e9}.\r\n");
    let show = json!({ "command": "unspin.openRule", "arguments": ["cascade-artifact"] });
    assert_eq!(editor.ask("workspace/executeCommand", show), Err(-32_603), "an internal error");
    let logged: Vec<&Value> = editor.heard.iter().map(|n| &n.params["message"]).collect();
    assert_eq!(logged, [&json!("unspin failed at `textDocument/didOpen`")]);
    editor.heard.clear();
    editor.open("untitled:2", "\u{1f6a2} The shed lies withinside the bay.\r\n");
    assert_eq!(editor.rest("untitled:2"), Ok(vec!["cascade-artifact".into()]));
    editor.leave();
}

#[test]
fn where_what_is_done_between_messages_fails_the_server_goes_on() {
    let mut editor = Editor::start();
    editor.configure(&json!({ "select": ["cursed"] }));
    assert_eq!(editor.logged(), "unspin failed at the settings of the editor");
    // Changed settings are looked at once all messages were taken.
    let uri = "file:///desk/lint.toml";
    editor.open(uri, "[vocabulary]\n");
    let about = json!({ "uri": uri, "version": 2 });
    let change = json!({ "textDocument": about, "contentChanges": [{ "text": "cursed" }] });
    editor.notify("textDocument/didChange", change);
    assert_eq!(editor.logged(), "unspin failed at what changed");
    editor.open("untitled:2", "\u{1f6a2} The shed lies withinside the bay.\r\n");
    assert_eq!(editor.rest("untitled:2"), Ok(vec!["cascade-artifact".into()]));
    editor.leave();
}

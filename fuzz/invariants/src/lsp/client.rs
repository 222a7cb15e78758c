//! A client in the same process, which keeps account of what it sent.

use std::collections::{BTreeMap, BTreeSet};
use std::thread::JoinHandle;
use std::time::Duration;

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use super::house::{House, hash};
use super::texts::{self, Encoding, Range};

/// A guard against a server that hangs.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Client {
    connection: Connection,
    server: Option<JoinHandle<anyhow::Result<()>>>,
    encoding: Encoding,
    /// Open texts by address, as they must be by now.
    open: BTreeMap<&'static str, String>,
    version: i32,
    requests: i32,
    /// Requests without an answer.
    waiting: BTreeSet<RequestId>,
    heard: Vec<Notification>,
}

impl Client {
    pub(super) fn start(encoding: Encoding, pulls: bool) -> Self {
        let (connection, other) = Connection::memory();
        let server = std::thread::spawn(move || unspin_lsp::serve(&other, House));
        let mut client = Self {
            connection,
            server: Some(server),
            encoding,
            open: BTreeMap::new(),
            version: 0,
            requests: 0,
            waiting: BTreeSet::new(),
            heard: Vec::new(),
        };
        let mut abilities = json!({
            "general": { "positionEncodings": [encoding.name()] },
            "window": { "showDocument": { "support": true }, "workDoneProgress": true },
            "workspace": { "workspaceEdit": { "documentChanges": true } },
            "experimental": { "unspin": { "verdict": true } },
        });
        if pulls {
            abilities["textDocument"] = json!({ "diagnostic": {} });
            abilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
        }
        let options = json!({ "delay": 0 });
        let id = client.request(
            "initialize",
            json!({ "capabilities": abilities, "initializationOptions": options }),
        );
        let told = client.answer(&id);
        let agreed = told.response_result.expect("it begins");
        assert_eq!(agreed.pointer("/capabilities/positionEncoding"), Some(&json!(encoding.name())));
        client.notify("initialized", json!({}));
        client
    }

    fn send(&self, message: Message) {
        self.connection.sender.send(message).expect("the server listens");
    }

    pub(super) fn notify(&self, method: &str, params: Value) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    pub(super) fn request(&mut self, method: &str, params: Value) -> RequestId {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.waiting.insert(id.clone());
        self.send(Request::new(id.clone(), method.to_owned(), params).into());
        id
    }

    /// Answers something that was perhaps never asked.
    pub(super) fn answer_nothing(&self, id: i32) {
        self.send(Response::new_ok(RequestId::from(id), json!([{ "delay": 0 }])).into());
    }

    pub(super) fn open(&mut self, uri: &'static str, text: &str) {
        self.version += 1;
        let language = if is_settings(uri) { "toml" } else { "plaintext" };
        let item =
            json!({ "uri": uri, "languageId": language, "version": self.version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
        self.open.insert(uri, text.to_owned());
    }

    /// Changes a text, be it open or not.
    pub(super) fn change(&mut self, uri: &'static str, changes: Vec<(Option<Range>, String)>) {
        self.version += 1;
        let at = |(line, character): (u32, u32)| json!({ "line": line, "character": character });
        let sent: Vec<Value> = changes
            .iter()
            .map(|(range, text)| match range {
                Some((start, end)) => {
                    json!({ "range": { "start": at(*start), "end": at(*end) }, "text": text })
                }
                None => json!({ "text": text }),
            })
            .collect();
        let about = json!({ "uri": uri, "version": self.version });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": about, "contentChanges": sent }),
        );
        if let Some(text) = self.open.get_mut(uri) {
            for (range, by) in changes {
                texts::change(text, self.encoding, range, &by);
            }
        }
    }

    pub(super) fn close(&mut self, uri: &'static str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        self.open.remove(uri);
    }

    fn next(&mut self) -> Option<Response> {
        match self.connection.receiver.recv_timeout(PATIENCE).expect("the server speaks") {
            Message::Response(response) => {
                assert!(self.waiting.remove(&response.id), "{response:?} answers nothing");
                return Some(response);
            }
            Message::Notification(notification) => {
                let told = notification.params["message"].as_str().unwrap_or_default();
                assert!(!told.starts_with("unspin failed at"), "{told}");
                self.heard.push(notification);
            }
            Message::Request(request) => {
                self.send(Response::new_ok(request.id, Value::Null).into());
            }
        }
        None
    }

    /// The answer to a request; those to others are heard meanwhile.
    fn answer(&mut self, id: &RequestId) -> Response {
        loop {
            if let Some(response) = self.next().filter(|response| response.id == *id) {
                return response;
            }
        }
    }

    /// Panics unless the server has each open text as it is here, and tells it so at rest.
    pub(super) fn compare(&mut self) {
        let texts: Vec<(&str, String)> =
            self.open.iter().map(|(uri, text)| (*uri, hash(text))).collect();
        for (uri, expected) in texts {
            if !is_settings(uri) {
                self.rest(uri);
            }
            let asked = json!({ "textDocument": { "uri": uri } });
            let id = self.request("textDocument/diagnostic", asked);
            let told = self.answer(&id).response_result.expect("it is a sound request");
            let items = told["items"].as_array().expect("a list");
            let is_there = items.iter().any(|item| {
                item["message"].as_str().is_some_and(|message| message.contains(&expected))
            });
            assert!(is_there, "{uri} is not {expected}: {items:?}");
        }
    }

    /// Waits until the verdict on the last version of a text is told.
    fn rest(&mut self, uri: &str) {
        let version = self.told_version(uri);
        let is_it = |n: &Notification| {
            n.method == "unspin/verdict" && n.params["uri"] == uri && n.params["version"] == version
        };
        while !self.heard.iter().any(is_it) {
            // Whatever is answered meanwhile was asked before.
            let _ = self.next();
        }
    }

    /// Changes nothing of a text, under a version that no look at it had before.
    fn told_version(&mut self, uri: &str) -> i32 {
        self.version += 1;
        let start = json!({ "line": 0, "character": 0 });
        let nothing = json!({ "range": { "start": start, "end": start }, "text": "" });
        let about = json!({ "uri": uri, "version": self.version });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": about, "contentChanges": [nothing] }),
        );
        self.version
    }

    /// Says goodbye; panics unless everything that was asked is answered by then.
    pub(super) fn leave(mut self) {
        let id = self.request("shutdown", Value::Null);
        assert!(self.answer(&id).response_result.is_ok());
        let late = self.request("textDocument/hover", json!({}));
        assert!(self.answer(&late).response_result.is_err(), "it was shut down");
        assert_eq!(self.waiting, BTreeSet::new(), "requests without an answer");
        self.notify("exit", Value::Null);
        let ended = self.server.take().expect("it was started").join();
        assert!(ended.is_ok_and(|ended| ended.is_ok()), "it goes as it should");
    }
}

fn is_settings(uri: &str) -> bool {
    uri.ends_with("/lint.toml")
}

//! The message loop of the language server: a client that sends anything, in any order.

mod client;
mod house;
mod texts;

use serde_json::{Value, json};

use crate::choices::Choices;
use client::Client;
use texts::Encoding;

/// What is open or not: a text, Markdown, one that was never saved, settings.
const FILES: [&str; 4] =
    ["file:///desk/story.txt", "file:///desk/caf%C3%A9.md", "untitled:1", "file:///desk/lint.toml"];
/// What is typed or pasted.
const PIECES: [&str; 16] = [
    "",
    "x",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\u{1f6a2}",
    "e\u{301}",
    "The boats wait withinside the the harbour.\n\n",
    "[rules.doubled-word]\nseverity = \"off\"\n",
    "\u{201c}",
    "`",
    "# ",
    // Not one that hides what the rule of the house tells.
    "<!-- note -->",
    "\0",
    "a old ferry",
];
const REQUESTS: [&str; 6] = [
    "textDocument/diagnostic",
    "textDocument/codeAction",
    "textDocument/hover",
    "textDocument/completion",
    "workspace/executeCommand",
    "textDocument/nosuch",
];
const NOTIFICATIONS: [&str; 8] = [
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "$/cancelRequest",
];
const COMMANDS: [&str; 7] = [
    "unspin.checkWorkspace",
    "unspin.fixFile",
    "unspin.explainRule",
    "unspin.openRule",
    "unspin.addToVocabulary",
    "unspin.verdict",
    "nosuch",
];

/// The input is a script of messages. At its end each open text must be known to the server as the client has it, every
/// request have been answered once, and the server go when it is asked to.
pub fn check(bytes: &[u8]) {
    const MOST: usize = 32;
    let mut choices = Choices::new(bytes);
    let encoding = choices.one(&[Encoding::Utf16, Encoding::Utf8, Encoding::Utf32]);
    let pulls = choices.byte() & 1 == 1;
    let mut client = Client::start(encoding, pulls);
    for _ in 0..MOST {
        if choices.is_empty() {
            break;
        }
        step(&mut client, &mut choices);
    }
    client.compare();
    client.leave();
}

fn step(client: &mut Client, choices: &mut Choices<'_>) {
    let how = choices.byte();
    let uri = choices.one(&FILES);
    match how % 8 {
        0 => client.open(uri, &text(choices)),
        1..=3 => {
            let count = 1 + choices.byte() % 3;
            let changes = (0..count).map(|_| change(choices)).collect();
            client.change(uri, changes);
        }
        4 => {
            let params = asked(uri, choices);
            client.request(choices.one(&REQUESTS), params);
        }
        5 => {
            // Malformed, unknown, or about nothing that is there; of no text that is compared in the end.
            let params = [
                json!({}),
                Value::Null,
                json!([uri]),
                json!({ "textDocument": { "uri": "file:///desk/other.txt", "version": "1" } }),
                json!({ "textDocument": { "uri": "", "version": -5 }, "contentChanges": [{}] }),
                json!({ "settings": { "unspin": { "delay": "soon" } } }),
                json!({ "changes": [{ "uri": FILES[3], "type": 2 }] }),
                json!({ "event": { "added": [{ "uri": "file:///desk" }], "removed": 5 } }),
                json!({ "id": choices.byte() }),
            ];
            client.notify(choices.one(&NOTIFICATIONS), params[choices.below(params.len())].clone());
        }
        6 => client.close(uri),
        _ => client.answer_nothing(i32::from(choices.byte())),
    }
}

/// A text of some pieces.
fn text(choices: &mut Choices<'_>) -> String {
    let count = choices.byte() % 6;
    (0..count).map(|_| choices.one(&PIECES)).collect()
}

/// A place, in or beyond a small text.
fn place(choices: &mut Choices<'_>) -> (u32, u32) {
    let number = |byte: u8| if byte == 255 { u32::MAX } else { u32::from(byte % 50) };
    (number(choices.byte()) % 7, number(choices.byte()))
}

/// What is replaced, and by what; all of it where nothing is said.
fn change(choices: &mut Choices<'_>) -> (Option<texts::Range>, String) {
    let range = (!choices.byte().is_multiple_of(8)).then(|| (place(choices), place(choices)));
    (range, text(choices))
}

/// The parameters of a request that may fit it.
fn asked(uri: &str, choices: &mut Choices<'_>) -> Value {
    let (start, end) = (place(choices), place(choices));
    let at = |(line, character): (u32, u32)| json!({ "line": line, "character": character });
    let first = [uri, "doubled-word", ""];
    let only = [json!(null), json!(["quickfix"]), json!(["source.fixAll"]), json!([5])];
    json!({
        "textDocument": { "uri": uri },
        "position": at(start),
        "range": { "start": at(start), "end": at(end) },
        "context": { "diagnostics": [], "only": only[choices.below(only.len())] },
        "command": choices.one(&COMMANDS),
        "arguments": [first[choices.below(first.len())], uri],
    })
}

//! The language server: what is found in a text while somebody writes it.
//!
//! [`stdio`] serves one editor. Files and settings come through its [`World`]; everything else is here, and nothing
//! outside of this crate knows the Language Server Protocol. `README.md` tells what is offered.
//!
//! | module | what it does |
//! |---|---|
//! | `server` | takes messages one after another: `hear` what the client tells, `answer` what it asks, `commands` |
//! | `open_text`, `draft` | an open text, and what is known of it at each key |
//! | `worker` | the thread that looks at whole texts |
//! | `transport` | messages over standard input and output, within bounds |
//! | `encoding`, `uri`, `diagnostics`, `actions`, `hover` | into the protocol's terms and back |
//! | `lint_toml`, `vocabulary`, `suppress` | help with settings and comments: functions of texts, without the protocol |

mod actions;
mod client;
mod diagnostics;
mod draft;
mod encoding;
mod hover;
pub mod lint_toml;
mod open_text;
mod options;
mod panic;
mod server;
pub mod suppress;
mod transport;
mod uri;
pub mod vocabulary;
mod worker;
mod world;

use std::io::Write as _;

use anyhow::Context as _;
use lsp_server::{Connection, Response};
use serde_json::{Value, json};

use client::Client;
use server::{COMMANDS, Server};

pub use options::Options;
pub use world::{Faulty, Found, Governed, World};

/// Serves an editor over standard input and output until it goes.
///
/// # Errors
/// If it does not keep to the protocol, or goes without having said so.
pub fn stdio(world: impl World) -> anyhow::Result<()> {
    panic::keep_quiet(|place| {
        // An editor may have closed it.
        let _ = writeln!(std::io::stderr(), "unspin failed at {place}");
    });
    let (connection, threads) = transport::stdio();
    if let Err(error) = serve(&connection, world) {
        // Where the editor sent what nobody can read, that is why it seems to have gone.
        return Err(threads.fault().map_or(error, |fault| {
            anyhow::Error::new(fault).context("cannot read what the editor sends")
        }));
    }
    // The writing thread ends when nothing can send to it any more.
    drop(connection);
    threads.join().context("cannot speak to the editor")
}

/// Serves an editor over a connection until it goes.
///
/// # Errors
/// As [`stdio`].
pub fn serve(connection: &Connection, mut world: impl World) -> anyhow::Result<()> {
    let (id, params) = connection.initialize_start()?;
    let client = Client::read(&params);
    let sent = params.get("initializationOptions").unwrap_or(&Value::Null);
    let read = Options::read(sent).and_then(|options| match world.reload(&options) {
        Ok(()) => Ok(options),
        Err(error) => Err(format!("{error:#}")),
    });
    // Those that cannot be obeyed are not kept: every later look at the settings would fail at them again.
    let (options, refused) = match read {
        Ok(options) => (options, None),
        Err(message) => {
            let options = Options { trusted: Options::trust(sent, true), ..Options::default() };
            // With nothing but that they can be obeyed.
            let _ = world.reload(&options);
            (options, Some(message))
        }
    };
    let about = json!({ "name": "unspin", "version": env!("CARGO_PKG_VERSION") });
    let result = json!({ "capabilities": capabilities(&client), "serverInfo": about });
    // Whatever a client sends before it says that it heard this is taken in its turn.
    connection.sender.send(Response::new_ok(id, result).into())?;
    let mut server = Server::new(connection, client, world, options);
    server.run(refused.as_deref())
}

/// What the server can do for this client.
fn capabilities(client: &Client) -> Value {
    let mut capabilities = json!({
        "positionEncoding": client.encoding.kind(),
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "hoverProvider": true,
        "completionProvider": { "triggerCharacters": ["[", ".", "\"", "=", "{", ","] },
        "codeActionProvider": { "codeActionKinds": ["quickfix", actions::FIX_ALL] },
        "executeCommandProvider": { "commands": COMMANDS },
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
    });
    if client.pulls {
        let how = json!({ "identifier": "unspin", "interFileDependencies": false, "workspaceDiagnostics": false });
        capabilities["diagnosticProvider"] = how;
    }
    capabilities
}

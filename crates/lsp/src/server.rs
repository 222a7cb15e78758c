//! The loop that takes what the client sends, what the worker found and what the clock says, one after another.

mod answer;
mod commands;
mod hear;
mod publish;
mod settings;
mod tell;
mod workspace;

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, after, never, select, unbounded};
use gen_lsp_types::{MessageType, Uri};
use lsp_server::{Connection, ErrorCode, Message, Notification, ReqQueue, RequestId, Response};
use serde_json::{Value, json};

use crate::client::Client;
use crate::draft::Draft;
use crate::worker::{Done, Worker};
use crate::{Options, World};

pub(crate) use commands::COMMANDS;
use settings::SettingsText;
use workspace::Check;

/// What an answer of the client is to.
enum Asked {
    /// Its settings.
    Settings,
    /// Anything whose answer says nothing.
    Nothing,
}

/// Whether to go on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    On,
    /// The client said goodbye.
    End,
}

/// See the module.
pub(crate) struct Server<'c, W> {
    connection: &'c Connection,
    /// What the client sends, as fast as it comes: the channel of the connection holds nothing, so that one would hardly
    /// ever find two messages there, and a client that writes much before it reads would wait for the server for ever.
    incoming: Receiver<Message>,
    client: Client,
    world: W,
    options: Options,
    /// Open texts, by address.
    drafts: BTreeMap<String, Draft>,
    /// Open settings files, by address.
    settings: BTreeMap<String, SettingsText>,
    /// Files of settings and packs that something is said of: the path, and the address it was told by.
    faulty: BTreeMap<PathBuf, Uri>,
    worker: Worker,
    /// What came and was not looked at yet.
    inbox: VecDeque<Message>,
    outgoing: ReqQueue<(), Asked>,
    /// The check of the workspace that is under way.
    check: Option<Check>,
    /// Closed files of which the last check of the workspace told something.
    told: HashSet<String>,
    /// When settings that are being edited are to be obeyed.
    reload_due: Option<Instant>,
    /// Whether the client asked for the end, and only has to go.
    is_shut_down: bool,
}

impl<'c, W: World> Server<'c, W> {
    pub(crate) fn new(
        connection: &'c Connection,
        client: Client,
        world: W,
        options: Options,
    ) -> Self {
        let (queue, incoming) = unbounded();
        let receiver = connection.receiver.clone();
        // Ends with the connection.
        std::thread::spawn(move || {
            receiver.into_iter().try_for_each(|message| queue.send(message))
        });
        Self {
            connection,
            incoming,
            client,
            world,
            options,
            drafts: BTreeMap::new(),
            settings: BTreeMap::new(),
            faulty: BTreeMap::new(),
            worker: Worker::start(),
            inbox: VecDeque::new(),
            outgoing: ReqQueue::default(),
            check: None,
            told: HashSet::new(),
            reload_due: None,
            is_shut_down: false,
        }
    }

    /// Serves until the client goes, which is first told why its settings were refused, if they were.
    ///
    /// # Errors
    /// If it goes without having said so.
    pub(crate) fn run(&mut self, refused: Option<&str>) -> anyhow::Result<()> {
        if let Some(message) = refused {
            self.show(MessageType::Error, message);
        }
        loop {
            if self.wait()? == Flow::End {
                return Ok(());
            }
            while let Some(message) = self.inbox.pop_front() {
                if self.take(message)? == Flow::End {
                    return Ok(());
                }
                self.drain();
            }
            self.guard("what changed", Self::turn);
        }
    }

    /// Does one thing. Whatever goes wrong in it, the next one is done: what is due is taken off the list before it is
    /// done, so that nothing fails for ever.
    fn guard(&mut self, at: &str, act: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| act(self))).is_err() {
            self.log(MessageType::Error, &format!("unspin failed at {at}"));
        }
    }

    /// What the client is asked for once it listens.
    fn begin(&mut self) {
        if self.client.watches {
            let watchers =
                ["**/*.toml", "**/*.wasm", "**/*.model"].map(|glob| json!({ "globPattern": glob }));
            self.ask(
                "client/registerCapability",
                json!({ "registrations": [{
                    "id": "unspin-settings",
                    "method": "workspace/didChangeWatchedFiles",
                    "registerOptions": { "watchers": watchers },
                }] }),
                Asked::Nothing,
            );
        }
        if self.client.has_settings {
            self.ask_for_settings();
        }
    }

    /// Waits for something to do. Of the client's messages all that are there are taken, so that a burst of keys costs
    /// one look.
    fn wait(&mut self) -> anyhow::Result<Flow> {
        let clock = match self.next_due() {
            Some(due) => after(due.saturating_duration_since(Instant::now())),
            None => never(),
        };
        let results: &Receiver<_> = &self.worker.results;
        let checked = self.check.as_ref().map_or_else(never, |check| check.steps.clone());
        select! {
            recv(self.incoming) -> message => {
                let Ok(message) = message else {
                    anyhow::ensure!(self.is_shut_down, "the editor went without a word");
                    return Ok(Flow::End);
                };
                self.inbox.push_back(message);
                self.drain();
            }
            recv(results) -> done => if let Ok(done) = done {
                self.guard("what it found in a text", |server| server.settled(done));
            },
            recv(checked) -> step => match step {
                Ok(step) => self.guard("a file of the workspace", |server| server.checked(step)),
                Err(_) => self.finish_check(),
            },
            recv(clock) -> _ => {}
        }
        Ok(Flow::On)
    }

    /// Takes what has come meanwhile, and leaves out what the client wants no more.
    fn drain(&mut self) {
        while let Ok(message) = self.incoming.try_recv() {
            match message {
                Message::Notification(n) if n.method == "$/cancelRequest" => self.cancel(&n),
                message => self.inbox.push_back(message),
            }
        }
    }

    fn cancel(&mut self, notification: &Notification) {
        let id: Option<RequestId> =
            notification.params.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
        let Some(id) = id else { return };
        let is_it = |m: &Message| matches!(m, Message::Request(request) if request.id == id);
        if let Some(at) = self.inbox.iter().position(is_it) {
            self.inbox.remove(at);
            self.refuse(id, ErrorCode::RequestCanceled, "cancelled by the client");
        } else if let Some(check) = self.check.as_ref().filter(|check| check.request == Some(id)) {
            check.stop();
        }
    }

    fn take(&mut self, message: Message) -> anyhow::Result<Flow> {
        match message {
            Message::Request(request) if self.is_shut_down => {
                self.refuse(request.id, ErrorCode::InvalidRequest, "the server was shut down");
            }
            Message::Request(request) if request.method == "shutdown" => {
                self.is_shut_down = true;
                // Whoever asked for it is answered too.
                self.finish_check();
                self.reply(request.id, Value::Null);
            }
            Message::Request(request) => {
                let id = request.id.clone();
                // Whatever goes wrong in an answer, the next question is answered.
                let answered = catch_unwind(AssertUnwindSafe(|| self.answer(request)));
                if answered.is_err() {
                    self.refuse(id, ErrorCode::InternalError, "unspin failed at this request");
                }
            }
            Message::Notification(notification) if notification.method == "$/cancelRequest" => {
                self.cancel(&notification);
            }
            Message::Notification(notification) if notification.method == "exit" => {
                anyhow::ensure!(self.is_shut_down, "the editor left without shutting down");
                return Ok(Flow::End);
            }
            Message::Notification(notification) => {
                let method = format!("`{}`", notification.method);
                self.guard(&method, |server| server.hear(notification));
            }
            Message::Response(response) => {
                // One that has no such section leaves what came with `initialize` as it is.
                if let Some(Asked::Settings) = self.outgoing.outgoing.complete(response.id.clone())
                    && let Ok(Value::Array(sections)) = &response.response_result
                    && let Some(section) = sections.first().filter(|section| !section.is_null())
                {
                    self.guard("the settings of the editor", |server| server.set_options(section));
                }
            }
        }
        Ok(Flow::On)
    }

    /// When the clock is to wake the loop.
    fn next_due(&self) -> Option<Instant> {
        self.drafts.values().filter_map(|draft| draft.due).chain(self.reload_due).min()
    }

    /// Does what is due once all that came was taken: looks at what changed, and has what rests looked at whole.
    fn turn(&mut self) {
        self.look_at_changed_settings();
        let now = Instant::now();
        if self.reload_due.is_some_and(|due| due <= now) {
            self.reload();
        }
        let mut new = Vec::new();
        for (uri, draft) in &mut self.drafts {
            if let Some(diagnostics) = draft.glance() {
                new.push((uri.clone(), diagnostics));
            }
            if draft.due.is_some_and(|due| due <= now) {
                self.worker.settle(draft.job());
            }
        }
        for (uri, diagnostics) in new {
            self.publish(&uri, diagnostics);
        }
    }

    /// Takes what the worker found.
    fn settled(&mut self, done: Result<Box<Done>, Uri>) {
        let done = match done {
            Ok(done) => done,
            Err(uri) => {
                let message = format!("unspin failed at {} and says nothing of it", uri.0);
                return self.log(MessageType::Error, &message);
            }
        };
        let (uri, version) = (done.uri.0.clone(), done.version);
        let Some(draft) = self.drafts.get_mut(&uri) else { return };
        if draft.accept(*done) {
            let diagnostics = if self.client.pulls { Vec::new() } else { self.diagnostics(&uri) };
            self.publish(&uri, diagnostics);
            self.tell_verdict(&uri, version);
        }
    }

    fn delay(&self) -> Duration {
        Duration::from_millis(self.options.delay.min(60_000))
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, message: &str) {
        self.send(Response::new_err(id, code as i32, message.to_owned()).into());
    }
}

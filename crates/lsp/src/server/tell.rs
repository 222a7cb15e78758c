//! Sending to the client.

use gen_lsp_types::MessageType;
use lsp_server::{Message, Notification, RequestId, Response};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Asked, Server};
use crate::World;

impl<W: World> Server<'_, W> {
    /// Sends a message. A client that is gone is noticed where its next one is waited for.
    pub(super) fn send(&self, message: Message) {
        let _ = self.connection.sender.send(message);
    }

    pub(super) fn notify(&self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    pub(super) fn reply(&self, id: RequestId, result: impl Serialize) {
        self.send(Response::new_ok(id, result).into());
    }

    pub(super) fn ask(&mut self, method: &str, params: Value, about: Asked) {
        let request = self.outgoing.outgoing.register(method.to_owned(), params, about);
        self.send(request.into());
    }

    /// For the log of the editor.
    pub(super) fn log(&self, kind: MessageType, message: &str) {
        self.notify("window/logMessage", json!({ "type": kind, "message": message }));
    }

    /// For the person before it.
    pub(super) fn show(&self, kind: MessageType, message: &str) {
        self.notify("window/showMessage", json!({ "type": kind, "message": message }));
    }
}

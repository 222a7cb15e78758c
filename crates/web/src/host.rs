//! What the host calls.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use crate::engine::{self, Engine};
use crate::session::Session;
use crate::{entries, fault};

/// An error of JavaScript.
fn thrown(message: impl AsRef<str>) -> JsError {
    JsError::new(message.as_ref())
}

/// Runs when an instance begins.
#[wasm_bindgen(start)]
pub fn begin() {
    fault::note_panics();
}

/// Opens the model, once. `verified` says that the host has compared it with its digest.
#[wasm_bindgen]
pub fn start(model: Vec<u8>, verified: bool) -> Result<(), JsError> {
    engine::start(model, verified).map_err(thrown)
}

/// The version of the program.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

/// The digest of the model.
#[wasm_bindgen]
pub fn digest() -> Result<String, JsError> {
    engine::model().map(|model| model.digest()).map_err(thrown)
}

/// Where the id of the rule at work stands in memory, up to a NUL.
#[wasm_bindgen]
pub fn place_of_rule() -> usize {
    fault::RULE.place()
}

/// Where stands what a panic said, up to a NUL.
#[wasm_bindgen]
pub fn place_of_panic() -> usize {
    fault::PANIC.place()
}

/// The texts of a file, by its name, as JSON.
#[wasm_bindgen]
pub fn entries_of(name: &str, bytes: &[u8]) -> String {
    entries::entries(name, bytes)
}

/// Rules under settings. Options are JSON, and so is what comes back.
#[wasm_bindgen]
pub struct Host(Rc<Engine>);

/// A text that is being written.
#[wasm_bindgen]
pub struct Writing(Session, Rc<Engine>);

#[wasm_bindgen]
impl Writing {
    /// What is said of it at a key.
    pub fn glance(&mut self, text: &[u8]) -> Result<String, JsError> {
        self.0.glance(&self.1, text).map_err(thrown)
    }

    /// What is said of it when the writer rests.
    pub fn settle(&mut self, text: &[u8]) -> Result<String, JsError> {
        self.0.settle(&self.1, text).map_err(thrown)
    }
}

#[wasm_bindgen]
impl Host {
    /// Under these options.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<Self, JsError> {
        Engine::new(options).map(|engine| Self(Rc::new(engine))).map_err(thrown)
    }

    /// A text that is going to be written.
    pub fn session(&self, options: &str) -> Result<Writing, JsError> {
        let session = Session::new(&self.0, options).map_err(thrown)?;
        Ok(Writing(session, Rc::clone(&self.0)))
    }

    /// What is wrong in settings and packs.
    pub fn problems(&self) -> String {
        serde_json::to_string(self.0.problems()).unwrap_or_default()
    }

    /// A member of `files`.
    pub fn check(&self, text: &[u8], options: &str) -> Result<String, JsError> {
        self.0.check(text, options).map_err(thrown)
    }

    /// Members of `files`, or why there is none.
    pub fn check_file(&self, name: &str, bytes: &[u8]) -> String {
        self.0.check_file(name, bytes)
    }

    /// A report in a format.
    pub fn render(&self, text: &[u8], format: &str, options: &str) -> Result<String, JsError> {
        self.0.render(text, format, options).map_err(thrown)
    }

    /// The text, repaired.
    pub fn fix(&self, text: &[u8], options: &str) -> Result<String, JsError> {
        self.0.fix(text, options).map_err(thrown)
    }

    /// A report on two texts, in a format.
    pub fn compare(
        &self,
        original: &[u8],
        reworded: &[u8],
        format: &str,
        options: &str,
    ) -> Result<String, JsError> {
        self.0.compare(original, reworded, format, options).map_err(thrown)
    }

    /// The rules.
    pub fn rules(&self) -> String {
        self.0.rules()
    }

    /// What came of the examples of packs.
    pub fn test(&self) -> String {
        self.0.test()
    }
}

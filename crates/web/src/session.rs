//! A text that somebody is writing in a page.
//!
//! At a key only the paragraphs that changed are looked at again, and what was seen of the whole is carried to where
//! its words stand now; when the writer rests, all of it is checked, and told as a check of the text alone would tell
//! it. The language server does the same (`unspin-lsp`), with threads.

use std::rc::Rc;

use unspin_lint::{Change, Diagnosis, Document, Held, Local, Memory, Raw, Seen};
use unspin_linter::{Linter, Settled};

use crate::engine::Engine;
use crate::options::CheckOptions;
use crate::text::Text;

/// What is known of a text while it is written.
pub struct Session {
    linter: Rc<Linter>,
    options: CheckOptions,
    seen: Seen,
    memory: Memory,
    whole: Option<Whole>,
}

/// What the last look at all of it came to.
struct Whole {
    /// The prose that it is about, by now: what follows is carried along.
    prose: String,
    rest: Raw,
    held: Held,
}

impl Session {
    /// # Errors
    /// If the options cannot be read.
    pub fn new(engine: &Engine, options: &str) -> Result<Self, String> {
        let options = CheckOptions::read(options)?;
        let linter = engine.for_file(options.name());
        let (seen, memory, whole) = Default::default();
        Ok(Self { linter, options, seen, memory, whole })
    }

    /// What is said of the text as it stands, under the verdict of the last look at all of it, as a member of `files`;
    /// the first time as [`Session::settle`].
    ///
    /// # Errors
    /// If the text is too large.
    pub fn glance(&mut self, engine: &Engine, bytes: &[u8]) -> Result<String, String> {
        let Some(whole) = &mut self.whole else { return self.settle(engine, bytes) };
        let text = Text::new(bytes, &self.options)?;
        let document = Document::read(bytes, text.markup);
        let local = self.linter.glance(&document, &mut self.seen);
        let prose = document.text();
        if let Some(change) = Change::between(&whole.prose, prose) {
            change.carry(&mut whole.rest, prose);
            prose.clone_into(&mut whole.prose);
        }
        let report = self.linter.unsettled(&document, &local, &whole.rest, &whole.held);
        Ok(text.member(engine, &Diagnosis::new(&document, &report)))
    }

    /// What is said of the text by a look at all of it: as [`Engine::check`] says it.
    ///
    /// # Errors
    /// If the text is too large.
    pub fn settle(&mut self, engine: &Engine, bytes: &[u8]) -> Result<String, String> {
        let text = Text::new(bytes, &self.options)?;
        let document = Document::read(bytes, text.markup);
        let local: Local = self.linter.glance(&document, &mut self.seen);
        let settled = self.linter.settle(&document, &local, &self.memory, None, &|| false);
        let Settled { rest, report, held } = settled.expect("nobody cancels it");
        let said = text.member(engine, &Diagnosis::new(&document, &report));
        self.whole = Some(Whole { prose: document.text().to_owned(), rest, held });
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine;

    #[test]
    fn at_rest_it_says_what_a_check_says_and_at_a_key_no_less_of_the_paragraph() {
        engine::start_embedded();
        let engine = Engine::new("").unwrap();
        let mut session = Session::new(&engine, "").unwrap();
        let mut text = String::new();
        for piece in
            ["A fleet of ", "7.four boats lay", " at the quay.\n\n", "It lay withinside the bay."]
        {
            text.push_str(piece);
            session.glance(&engine, text.as_bytes()).unwrap();
            let settled = session.settle(&engine, text.as_bytes()).unwrap();
            assert_eq!(settled, engine.check(text.as_bytes(), "").unwrap());
        }
        text.insert_str(0, "Some 9.two crews were there.\n\n");
        let glanced = session.glance(&engine, text.as_bytes()).unwrap();
        assert_eq!(glanced.matches("\"damaged-number\"").count(), 2, "{glanced}");
    }
}

//! What a rule returns.

use crate::Span;
use crate::wire::{put_text, put_u32};

/// How far a fix may be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Safety {
    /// May be applied without a look.
    Safe,
    /// Probably right; somebody should look.
    Unsafe,
    /// Shown only, never applied.
    Display,
}

/// One passage that bears a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub span: Span,
    /// How much likelier the sight is in reworded than in clean text: its natural logarithm, in thousandths.
    pub evidence_milli: i32,
    /// What is wrong: lower case, one sentence, no final stop.
    pub message: String,
    /// Why it is thought so.
    pub notes: Vec<String>,
    /// Remedies, best first.
    pub fixes: Vec<Fix>,
}

/// A remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an editor's menu shows it.
    pub title: String,
    /// How far it may be trusted.
    pub safety: Safety,
    /// What goes and what comes; sorted, none overlapping another, one at least.
    pub edits: Vec<(Span, String)>,
}

impl Finding {
    /// A finding without evidence, notes or fixes yet.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        let (notes, fixes) = (Vec::new(), Vec::new());
        Self { span, evidence_milli: 0, message: message.into(), notes, fixes }
    }

    /// Sets the evidence, in nats: 5 to 6 is nearly impossible in clean English, 3 is odd, 1 is a hint.
    #[must_use]
    pub fn evidence(mut self, nats: f64) -> Self {
        self.evidence_milli = (nats * 1000.0).round() as i32;
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a fix of several edits after those it has.
    #[must_use]
    pub fn fix(
        mut self,
        title: impl Into<String>,
        safety: Safety,
        edits: Vec<(Span, String)>,
    ) -> Self {
        self.fixes.push(Fix { title: title.into(), safety, edits });
        self
    }

    /// Adds a fix that replaces the finding's own span.
    #[must_use]
    pub fn replace(self, text: impl Into<String>, safety: Safety) -> Self {
        let (span, text) = (self.span, text.into());
        let title = if text.is_empty() {
            "remove it".to_owned()
        } else {
            format!("replace with \"{text}\"")
        };
        self.fix(title, safety, vec![(span, text)])
    }

    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        put_span(out, self.span);
        out.extend_from_slice(&self.evidence_milli.to_le_bytes());
        put_text(out, &self.message);
        put_texts(out, &self.notes);
        put_u32(out, self.fixes.len() as u32);
        for fix in &self.fixes {
            put_text(out, &fix.title);
            out.push(match fix.safety {
                Safety::Safe => 0,
                Safety::Unsafe => 1,
                Safety::Display => 2,
            });
            put_replacements(out, &fix.edits);
        }
    }
}

/// What a rule says of some words when somebody asks why they are or are not marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The words; `None` for the document.
    pub words: Option<Span>,
    /// What may have stood there, and what it would replace, likeliest first.
    pub alternatives: Vec<(Span, String)>,
    /// What the judgement rests on: lower case, one sentence each, no final stop.
    pub notes: Vec<String>,
}

impl Explanation {
    /// Of some words; says nothing yet.
    pub fn of_words(words: Span) -> Self {
        Self { words: Some(words), ..Self::default() }
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds words that may have stood in the place of others.
    #[must_use]
    pub fn alternative(mut self, replaces: Span, text: impl Into<String>) -> Self {
        self.alternatives.push((replaces, text.into()));
        self
    }

    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.words.is_some()));
        put_span(out, self.words.unwrap_or(Span { start: 0, end: 0 }));
        put_replacements(out, &self.alternatives);
        put_texts(out, &self.notes);
    }
}

fn put_span(out: &mut Vec<u8>, span: Span) {
    put_u32(out, span.start);
    put_u32(out, span.end);
}

fn put_texts(out: &mut Vec<u8>, texts: &[String]) {
    put_u32(out, texts.len() as u32);
    for text in texts {
        put_text(out, text);
    }
}

fn put_replacements(out: &mut Vec<u8>, list: &[(Span, String)]) {
    put_u32(out, list.len() as u32);
    for (span, text) in list {
        put_span(out, *span);
        put_text(out, text);
    }
}

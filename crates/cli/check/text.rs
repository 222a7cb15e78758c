//! What is said of one text: worked out, or kept from an earlier run over the same bytes under the same settings.

use unspin_lint::{Diagnosis, Document, Markup};

use crate::cache::{Cache, Key};
use crate::settings::Governed;

/// Whoever has fewer files waits longer for the cache than for the check.
const LEAST_FILES: usize = 16;
/// Whoever has a shorter text, in bytes, does so too.
const LEAST_BYTES: usize = 512;

/// Checks texts, or remembers what was said of them.
pub(crate) struct Memory {
    cache: Option<Cache>,
}

impl Memory {
    /// A memory for a run over so many files.
    pub(crate) fn new(wanted: bool, files: usize) -> Self {
        Self { cache: (wanted && files >= LEAST_FILES).then(|| Cache::new(true)) }
    }

    /// Forgets what nobody asked for in a long time.
    pub(crate) fn sweep(&self) {
        self.cache.iter().for_each(Cache::sweep);
    }

    /// What is to be said of a text in a file of its own.
    pub(crate) fn check(&self, bytes: &[u8], markup: Markup, governed: &Governed) -> Diagnosis {
        let Some(cache) = self.cache.as_ref().filter(|_| bytes.len() >= LEAST_BYTES) else {
            return check(bytes, markup, governed);
        };
        let format = format!("{markup:?}");
        let key = Key::new("check", [&governed.digest[..], format.as_bytes(), bytes]);
        let kept = cache.get(&key).and_then(|kept| said(&kept, bytes));
        kept.unwrap_or_else(|| {
            let said = check(bytes, markup, governed);
            // What a plugin's fuel or a fault of a rule left out is tried again.
            let is_whole = said.diagnostics.iter().all(|d| d.rule != unspin_lint::INTERNAL_ERROR);
            if let Some(bytes) = is_whole.then(|| serde_json::to_vec(&said).ok()).flatten() {
                cache.put(&key, &bytes);
            }
            said
        })
    }
}

/// What an entry of the cache says of a text; nothing if it is none, or speaks of another text.
pub(crate) fn said(kept: &[u8], bytes: &[u8]) -> Option<Diagnosis> {
    let said: Diagnosis = serde_json::from_slice(kept).ok()?;
    let (source, ..) = unspin_text::source::decode(bytes);
    said.lies_in(&source).then_some(said)
}

/// What is to be said of a text, worked out.
pub(crate) fn check(bytes: &[u8], markup: Markup, governed: &Governed) -> Diagnosis {
    let document = Document::read(bytes, markup);
    Diagnosis::new(&document, &governed.linter.check(&document))
}

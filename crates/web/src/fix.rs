//! Repairing one text.

use std::fmt::Write as _;

use unspin_apply::fix::{Policy, refusal, repair};
use unspin_lint::{Diagnosis, Document, Held};
use unspin_report::JsonLines;

use crate::engine::Engine;
use crate::options::CheckOptions;
use crate::text::Text;

impl Engine {
    /// A text with the fixes made that the options allow, how many these are, and what is said of it then.
    ///
    /// # Errors
    /// If the options cannot be read, or the text is too large.
    pub fn fix(&self, bytes: &[u8], options: &str) -> Result<String, String> {
        let options = CheckOptions::read(options)?;
        let text = Text::new(bytes, &options)?;
        let linter = self.for_file(text.name);
        let check = |bytes: &[u8], held: Option<&Held>| {
            let document = Document::read(bytes, text.markup);
            let (report, held) = linter.check_held(&document, held);
            (Diagnosis::new(&document, &report), held)
        };
        let refused = refusal(bytes);
        let (repaired, applied, left) = if refused.is_some() {
            (bytes.to_vec(), 0, check(bytes, None).0)
        } else {
            let CheckOptions { unsafe_fixes, quotations, .. } = options;
            let mut repair = repair(bytes, Policy { unsafe_fixes, quotations }, check);
            repair.note_held_back();
            (repair.text, repair.made.len(), repair.left)
        };
        let report = text.report(self, &repaired, &left, &JsonLines);
        let mut out = String::from("{\"text\":");
        out.push_str(&quoted(&String::from_utf8_lossy(&repaired)));
        let _ = write!(out, ",\"applied\":{applied},\"refused\":");
        out.push_str(&refused.map_or_else(|| "null".to_owned(), quoted));
        let _ = write!(out, ",\"report\":{}}}", report.trim_end());
        Ok(out)
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

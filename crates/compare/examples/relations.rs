//! How pairs of texts are related: for each line `ORIGINAL TAB REWORDED` of standard input, the relation, the common share,
//! the share of sentences that are linked, and the changes. `crates/compare/COMPARING.md` says what was measured by it.

use std::io::{BufRead as _, Write as _, stdin, stdout};

use unspin_model::Model;
use unspin_text::Document;

fn main() -> std::io::Result<()> {
    for line in stdin().lock().lines() {
        let line = line?;
        let Some((original, reworded)) = line.split_once('\t') else { continue };
        let (a, b) = (std::fs::read(original)?, std::fs::read(reworded)?);
        let (a, b) = (Document::new(&a), Document::new(&b));
        let found = unspin_compare::compare(&a, &b, &Model::embedded());
        let linked = found.links.iter().filter(|link| !link.original.is_empty()).count();
        let share = linked as f64 / found.links.len().max(1) as f64;
        let relation = found.relation.as_str();
        let (common, changes) = (found.common, found.changes.len());
        writeln!(stdout(), "{relation}\t{common:.4}\t{share:.3}\t{changes}\t{line}")?;
    }
    Ok(())
}

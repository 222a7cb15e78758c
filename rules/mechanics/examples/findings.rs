//! Lists what the rules of this family see in texts, before any text is weighed: `findings RULE|all FILE...`.
//!
//! One line a finding with its evidence and context, then the number of findings of each rule and the rate per million
//! words: what grading a rule's evidence needs.

use std::collections::BTreeMap;
use std::io::Write;

use unspin_lint::{Document, page};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let wanted = arguments.next().ok_or("usage: findings RULE|all FILE...")?;
    let (mut words, mut counts) = (0, BTreeMap::new());
    let mut out = std::io::stdout().lock();
    for path in arguments {
        let bytes = std::fs::read(&path)?;
        let document = Document::new(&bytes);
        words += document.word_count();
        for rule in unspin_rules_mechanics::rules() {
            let id = rule.meta().id.clone();
            if wanted != "all" && wanted != id {
                continue;
            }
            for found in page::raw(rule.as_ref(), &document) {
                let (start, end) = (found.span.start as usize, found.span.end as usize);
                let text = document.text();
                let from = (0..=start.saturating_sub(40))
                    .rev()
                    .find(|at| text.is_char_boundary(*at))
                    .unwrap_or(0);
                let to = (end + 40..text.len())
                    .find(|at| text.is_char_boundary(*at))
                    .unwrap_or(text.len());
                let context =
                    format!("{}[[{}]]{}", &text[from..start], &text[start..end], &text[end..to]);
                let context = context.split_whitespace().collect::<Vec<_>>().join(" ");
                writeln!(
                    out,
                    "{id}\t{}\t{}\t{context}\t{path}",
                    found.evidence.milli(),
                    found.message
                )?;
                *counts.entry(id.clone()).or_insert(0) += 1;
            }
        }
    }
    for (id, count) in counts {
        let rate = f64::from(count) * 1e6 / words as f64;
        writeln!(out, "# {id}\t{count}\t{rate:.2} per million of {words} words")?;
    }
    Ok(())
}

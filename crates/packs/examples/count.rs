//! Counts what the phrases of a rule match in a corpus: `count RULE.toml TEXT...`.
//!
//! A text file is read as one document a line. Prints, commonest first, each matched text (folded) with its count, its
//! rate per million words and one place in context: what a rule's author needs to grade a phrase's evidence.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};

use unspin_packs::{Pack, compile};
use unspin_text::{Document, Span};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: count RULE.toml TEXT...")?;
    let toml = std::fs::read_to_string(&path)?;
    let table = compile(&toml).map_err(|error| error.render(&path, &toml))?;
    let pack = Pack::from_bytes(table)?;
    let mut counts: BTreeMap<String, (u32, String)> = BTreeMap::new();
    let mut words = 0;
    for text in arguments {
        for line in BufReader::new(std::fs::File::open(text)?).split(b'\n') {
            let line = line?;
            let document = Document::new(&line);
            words += document.word_count();
            for found in pack.scan(&document).of_rule(0) {
                let fold = |text: &str| {
                    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
                };
                let entry = counts.entry(fold(document.slice(found.span)));
                entry.or_insert_with(|| (0, context(&document, found.span))).0 += 1;
            }
        }
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let mut out = std::io::stdout().lock();
    writeln!(out, "# {words} words, {} phrases", pack.phrase_count())?;
    for (text, (count, place)) in rows {
        let rate = f64::from(count) * 1e6 / words as f64;
        writeln!(out, "{count}\t{rate:.3}\t{text}\t{place}")?;
    }
    Ok(())
}

fn context(document: &Document<'_>, span: Span) -> String {
    let text = document.text();
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let start = (0..=(span.start as usize).saturating_sub(40)).rev().find(is_boundary).unwrap_or(0);
    let end = (span.end as usize + 40..text.len()).find(is_boundary).unwrap_or(text.len());
    text[start..end].split_whitespace().collect::<Vec<_>>().join(" ")
}

//! What a search tells, for people and for programs.

use std::fmt::Write as _;
use std::io::Write as _;

use serde_json::{Value, json};
use unspin_compare::search::Ranked;
use unspin_report::{Failure, printable};

use super::Place;

/// How many of each kind are told by name.
const MOST_TOLD: usize = 6;
/// Characters of a quotation that are told.
const MOST_QUOTED: usize = 60;

/// The result of a search.
pub(super) struct Answer<'a> {
    pub(super) query: String,
    pub(super) documents: usize,
    pub(super) ranked: Vec<(&'a Place, Ranked)>,
    pub(super) failures: &'a [Failure],
}

impl Answer<'_> {
    /// For people. Every text is on a line of its own, with the reasons below it.
    pub(super) fn text(&self) -> String {
        let texts = if self.documents == 1 { "text" } else { "texts" };
        if self.ranked.is_empty() {
            return format!("no likely original among {} {texts}\n", self.documents);
        }
        let mut out = String::new();
        for (at, (place, ranked)) in self.ranked.iter().enumerate() {
            let note = match ranked {
                Ranked { is_identical: true, .. } => ", identical",
                Ranked { is_likely: false, .. } => ", not likely",
                _ => "",
            };
            let name = match &place.entry {
                Some(entry) => format!("{} ({entry})", place.path),
                None => place.path.clone(),
            };
            let (name, score) = (printable(&name), nats(ranked));
            let _ = writeln!(out, "{:>2}  {score:>7.1}  {name}{note}", at + 1);
            for reason in reasons(ranked) {
                let _ = writeln!(out, "             {}", printable(&reason));
            }
        }
        let _ = writeln!(out, "searched {} {texts}", self.documents);
        out
    }

    /// For programs.
    pub(super) fn json(&self) -> String {
        let ranked: Vec<Value> = self
            .ranked
            .iter()
            .map(|(place, ranked)| {
                let shared = &ranked.shared;
                json!({
                    "path": place.path,
                    "entry": place.entry,
                    "score": nats(ranked),
                    "likely": ranked.is_likely,
                    "identical": ranked.is_identical,
                    "shared": {
                        "names": shared.names,
                        "numbers": shared.numbers,
                        "quotations": shared.quotations,
                        "words": shared.words,
                    },
                })
            })
            .collect();
        let errors: Vec<Value> = self
            .failures
            .iter()
            .map(|failure| json!({ "path": failure.path, "message": failure.message }))
            .collect();
        let tool = json!({ "name": "unspin", "version": env!("CARGO_PKG_VERSION") });
        let search = json!({ "query": self.query, "documents": self.documents, "ranked": ranked });
        let whole = json!({ "schema": 1, "tool": tool, "search": search, "errors": errors });
        format!("{whole}\n")
    }

    /// Tells what could not be read on standard error.
    pub(super) fn complain(&self) {
        for Failure { path, message } in self.failures {
            let line = format!("{path}: {message}");
            // Nothing is left to tell anybody if standard error is closed.
            let _ = writeln!(std::io::stderr(), "error: {}", printable(&line));
        }
    }
}

fn nats(ranked: &Ranked) -> f64 {
    ranked.score as f64 / 1e3
}

/// What a text shares, a line a kind: `17 names: Anna Holt, Fernby, ...`.
fn reasons(ranked: &Ranked) -> Vec<String> {
    let shared = &ranked.shared;
    let kinds = [
        ("name", &shared.names),
        ("number", &shared.numbers),
        ("quotation", &shared.quotations),
        ("rare word", &shared.words),
    ];
    let told = kinds.into_iter().filter(|(_, all)| !all.is_empty()).map(|(kind, all)| {
        let plural = if all.len() == 1 { "" } else { "s" };
        let mut named: Vec<String> = all.iter().take(MOST_TOLD).map(|one| shortened(one)).collect();
        if all.len() > MOST_TOLD {
            named.push("...".into());
        }
        format!("{} {kind}{plural}: {}", all.len(), named.join(", "))
    });
    told.collect()
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_QUOTED) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

//! What was kept and what was rejected, and why.

use std::fmt::Write as _;

use unspin_compare::learn::{Choice, Entry, Gate, Lesson, Provenance, Reason, Rejected};

use crate::test::counted;

/// Lines of each part, unless all are asked for.
const TOLD: usize = 40;
/// Words of clean text below which a phrase may lack there by chance.
const MUCH: usize = 100_000;

/// The report, for people.
pub(super) fn told(
    provenance: &Provenance<'_>,
    choice: &Choice,
    lessons: &[Lesson],
    all: bool,
) -> String {
    let mut out = String::new();
    let pairs = counted(lessons.len(), "pair");
    let documents = counted(provenance.documents, "document");
    let _ = writeln!(out, "{pairs} of texts, {documents} that have nothing to do with each other");
    match provenance.clean {
        None => out += "no clean texts: what was learned may be good English\n",
        Some((texts, words)) => {
            let _ =
                writeln!(out, "{}, {}, all clean", counted(texts, "text"), counted(words, "word"));
            if words < MUCH {
                let _ = writeln!(
                    out,
                    "note: that is little; with less than {MUCH} words much is missing by chance"
                );
            }
        }
    }
    let most = if all { usize::MAX } else { TOLD };
    for (what, entries) in [("kept", &choice.entries), ("kept beside those", &choice.beside)] {
        let mut entries: Vec<&Entry> = entries.iter().collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.suggestions[0].documents));
        list(&mut out, most, what, entries.iter().map(|entry| kept(entry)));
    }
    list(&mut out, most, "rejected", choice.rejected.iter().map(rejected));
    let (few, least) = (choice.few.len(), provenance.least);
    if all {
        let few = choice.few.iter();
        let few = few.map(|f| {
            format!("\"{}\" for \"{}\" in {}", f.found, f.wording, counted(f.documents, "document"))
        });
        list(&mut out, most, "too few", few);
    } else if few > 0 {
        let _ = writeln!(out, "too few: {few} more, in fewer than {}", counted(least, "document"));
    }
    let unsaid: usize = lessons.iter().map(Lesson::unsaid).sum();
    if unsaid > 0 {
        let _ = writeln!(
            out,
            "{} hold figures or marks, or are long: a pack cannot say them",
            counted(unsaid, "change")
        );
    }
    let (kept, beside) = (choice.entries.len(), choice.beside.len());
    let rejected = choice.rejected.len();
    let _ = writeln!(out, "{kept} kept, {beside} beside those, {rejected} rejected");
    out
}

fn list(out: &mut String, most: usize, what: &str, lines: impl ExactSizeIterator<Item = String>) {
    let more = lines.len().saturating_sub(most);
    for line in lines.take(most) {
        let _ = writeln!(out, "{what}: {line}");
    }
    if more > 0 {
        let _ = writeln!(out, "and {more} more; --all tells them");
    }
}

fn kept(entry: &Entry) -> String {
    let suggestions = entry.suggestions.iter().map(|suggestion| {
        let (text, times) = (&suggestion.text, counted(suggestion.sights.len(), "time"));
        format!("for \"{text}\" in {} ({times})", counted(suggestion.documents, "document"))
    });
    format!("\"{}\" {}", entry.phrase, suggestions.collect::<Vec<_>>().join(", "))
}

fn rejected(rejected: &Rejected) -> String {
    let Rejected { found, wording, documents, times, reason, gate, in_part } = rejected;
    let why = match (reason, gate) {
        (Reason::Clean, Gate::Hit(count, place)) => {
            format!("clean texts and originals have it {}, first {place}", counted(*count, "time"))
        }
        (Reason::Clean, _) => "clean texts have it".to_owned(),
        (Reason::Usual, _) => "the language model knows it as good English".to_owned(),
        (Reason::FunctionWords, _) => "it is only words that stand everywhere".to_owned(),
        (Reason::Spelling, _) => "it is one word in two spellings".to_owned(),
        (Reason::Unsayable, _) => "a pack cannot say it".to_owned(),
    };
    let (documents, times) = (counted(*documents, "document"), counted(*times, "time"));
    let part = if *in_part { "; some places are kept with a word beside it" } else { "" };
    format!("\"{found}\" for \"{wording}\" in {documents} ({times}): {why}{part}")
}

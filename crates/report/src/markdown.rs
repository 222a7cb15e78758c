//! A summary for a pull request.
//!
//! Whatever comes from a text, a path or a rule stands in code spans: there neither Markdown nor the services that show
//! it see markup, a mention (`@name`), a reference (`#12`), a link or an emoji. So a text cannot speak to anybody
//! through a comment that quotes it.

mod code;

use std::fmt::Write as _;

use unspin_lint::{Diagnostic, Level, Verdict};

use crate::advice::advice;
use crate::clip::{clipped_end, clipped_start};
use crate::wording::{closing, counted, figures, marks, shown};
use crate::{Ending, Failure, FileReport, Format};
use code::code;

/// GitHub takes 65,536 characters, and no character is less than a byte.
const MOST: usize = 65_000;
/// Bytes set aside for what is not about one file.
const MOST_AROUND: usize = 4_000;
/// Characters shown of a phrase, and of the sentence on each side of it.
const PHRASE: usize = 80;
const SIDE: usize = 120;
/// Characters shown of a path or a message.
const NAME: usize = 300;
/// Most suggestions shown, and characters of each.
const SUGGESTIONS: usize = 4;
const SUGGESTION: usize = 60;
/// Most files named that could not be checked.
const FAILURES: usize = 5;

/// The summary, of at most 65,000 bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Markdown;

impl Format for Markdown {
    fn file(&self, _file: &FileReport<'_>, _out: &mut Vec<u8>) {}

    /// The heading of the file, and each finding; nothing where there is nothing to tell.
    fn kept(&self, file: &FileReport<'_>) -> Vec<Vec<u8>> {
        let verdict = file.verdict().and_then(sentence);
        if file.diagnostics().is_empty() && verdict.is_none() {
            return Vec::new();
        }
        let mut heading = format!("\n### {}\n\n", code(&clipped_end(&file.name(), NAME)));
        if let Some(verdict) = verdict {
            let _ = write!(heading, "{verdict}\n\n");
        }
        let mut pieces = vec![heading.into_bytes()];
        let mut room = MOST - MOST_AROUND;
        for found in file.diagnostics() {
            let piece = item(file, found).into_bytes();
            match room.checked_sub(piece.len()) {
                Some(left) => room = left,
                None => break,
            }
            pieces.push(piece);
        }
        // So many there are of which some may not be shown.
        pieces.push(file.diagnostics().len().to_string().into_bytes());
        pieces
    }

    fn most_kept(&self) -> usize {
        16 * MOST
    }

    fn end(&self, ending: &Ending<'_>, out: &mut Vec<u8>) {
        let mut text = format!("## unspin\n\n{}", closing(ending.summary));
        let told = ending.kept.len();
        let (body, shown, files) = body(ending.kept);
        let not_shown = ending.summary.findings - shown;
        text.push_str(&body);
        if not_shown > 0 {
            let whole = told.max(ending.summary.files_with_findings) - files;
            let whole = match whole {
                0 => String::new(),
                n => format!(", {} among them with all of theirs", counted(n, "file")),
            };
            let _ = writeln!(text, "\nNot shown here: {}{whole}.", counted(not_shown, "finding"));
        }
        failures(&mut text, ending.failures);
        out.extend_from_slice(text.as_bytes());
    }
}

/// As many findings of as many files as there is room for: the text, and how many of each.
fn body(kept: &[Vec<Vec<u8>>]) -> (String, usize, usize) {
    let (mut text, mut findings, mut files) = (Vec::new(), 0, 0);
    let mut room = MOST - MOST_AROUND;
    for (at, pieces) in kept.iter().enumerate() {
        let [heading, items @ .., count] = pieces.as_slice() else { continue };
        // Each file has its share, and what one does not need is left to those after it.
        let mut share = (room / (kept.len() - at)).max(room.min(2_000));
        let least = heading.len() + items.first().map_or(0, Vec::len) + 100;
        if least > share {
            continue;
        }
        let before = text.len();
        text.extend_from_slice(heading);
        share -= heading.len() + 100;
        let fitting = items.iter().take_while(|item| match share.checked_sub(item.len()) {
            Some(left) => {
                share = left;
                true
            }
            None => false,
        });
        let fitting = fitting.count();
        items[..fitting].iter().for_each(|item| text.extend_from_slice(item));
        let all = std::str::from_utf8(count).ok().and_then(|n| n.parse().ok()).unwrap_or(fitting);
        if fitting < all {
            text.extend_from_slice(format!("- and {} more\n", all - fitting).as_bytes());
        }
        findings += fitting;
        files += 1;
        room -= text.len() - before;
    }
    (String::from_utf8(text).unwrap_or_default(), findings, files)
}

/// What is said of the whole text, where there is something to tell.
fn sentence(verdict: &Verdict) -> Option<String> {
    let what = match (verdict.level, marks(verdict.level)?) {
        (Level::Reworded, _) => "Marks of automatic rewording",
        _ => "Marks of automatic rewording, too few to be sure",
    };
    Some(format!("{what} ({}).", figures(verdict)))
}

fn item(file: &FileReport<'_>, found: &Diagnostic) -> String {
    let at = file.position(found.span.start);
    let mut item = format!("- line {}, column {}: ", at.line, at.column);
    if !found.text.is_empty() {
        let _ = write!(item, "**{}** ", code(&clipped_end(&found.text, PHRASE)));
    }
    let _ = write!(item, "({} {}", found.severity, code(&clipped_end(&found.rule, PHRASE)));
    if found.evidence != unspin_lint::LogOdds::EVEN {
        let _ = write!(item, ", confidence {:.2}", shown(found.posterior));
    }
    item.push_str("). ");
    if found.suggestions.is_empty() {
        let _ = write!(item, "{}", code(&clipped_end(&found.message, NAME)));
        if let Some(advice) = advice(found) {
            let _ = write!(item, ": {}", code(&clipped_end(&advice, NAME)));
        }
    } else {
        item.push_str("Try ");
        suggestions(&mut item, &found.suggestions);
    }
    item.push_str(".\n");
    context(&mut item, file, found);
    item
}

fn suggestions(out: &mut String, suggestions: &[String]) {
    for (nth, by) in suggestions.iter().take(SUGGESTIONS).enumerate() {
        out.push_str(if nth > 0 { ", " } else { "" });
        if by.is_empty() {
            out.push_str("nothing in its place");
        } else {
            out.push_str(&code(&clipped_end(by, SUGGESTION)));
        }
    }
    if suggestions.len() > SUGGESTIONS {
        let _ = write!(out, " or {} more", suggestions.len() - SUGGESTIONS);
    }
}

/// The sentence, with the phrase in it marked; nothing where it is the whole sentence.
fn context(out: &mut String, file: &FileReport<'_>, found: &Diagnostic) {
    let part = |from: u32, to: u32| file.source().get(from as usize..to as usize).unwrap_or("");
    let before = part(found.sentence.start, found.span.start);
    let after = part(found.span.end, found.sentence.end);
    if before.is_empty() && after.is_empty() {
        return;
    }
    out.push_str("  In: ");
    // A space beside the phrase stands outside, since code spans drop some of those within.
    let (trimmed, gap) = (before.trim_end(), before.ends_with(char::is_whitespace));
    if !trimmed.is_empty() {
        out.push_str(&code(&clipped_start(trimmed, SIDE)));
    }
    if gap && !trimmed.is_empty() {
        out.push(' ');
    }
    let phrase = part(found.span.start, found.span.end);
    if phrase.is_empty() {
        out.push_str("**(here)**");
    } else {
        let _ = write!(out, "**{}**", code(&clipped_end(phrase, PHRASE)));
    }
    let trimmed = after.trim_start();
    if trimmed.len() < after.len() && !trimmed.is_empty() {
        out.push(' ');
    }
    if !trimmed.is_empty() {
        out.push_str(&code(&clipped_end(trimmed.trim_end(), SIDE)));
    }
    out.push('\n');
}

fn failures(out: &mut String, failures: &[Failure]) {
    if failures.is_empty() {
        return;
    }
    out.push_str("\nCould not be checked:\n\n");
    for Failure { path, message } in failures.iter().take(FAILURES) {
        let (path, message) = (clipped_end(path, PHRASE), clipped_end(message, PHRASE));
        let _ = writeln!(out, "- {}: {}", code(&path), code(&message));
    }
    if failures.len() > FAILURES {
        let _ = writeln!(out, "- and {} more", counted(failures.len() - FAILURES, "file"));
    }
}

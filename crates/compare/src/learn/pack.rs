//! What was learned, as the TOML of a pack.

use std::fmt::Write as _;

use super::{Candidate, Choice, Entry, Lesson, Sight, Suggestion};

/// Places of an entry that its comment names.
const PLACES: usize = 3;

/// Where a pack comes from.
#[derive(Clone, Copy, Debug)]
pub struct Provenance<'p> {
    /// The name of the pack, and the id of its first rule.
    pub name: &'p str,
    /// What the reworded text of each lesson is called.
    pub texts: &'p [String],
    /// In how many documents the texts are.
    pub documents: usize,
    /// How many documents an entry is in at least.
    pub least: usize,
    /// The texts in which no entry stands, besides the originals, and their words.
    pub clean: Option<(usize, usize)>,
}

/// A text that shows what a rule does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Example {
    /// With what is found marked `[[so]]`, and as the fixes leave it.
    Bad(String, String),
    /// In which nothing is found.
    Good(String),
}

/// What the second rule of a pack is called, of good English beside a mark.
pub fn beside(name: &str) -> String {
    format!("{name}-beside")
}

/// The pack: a rule of marks, and one of what is told beside them, with a comment on each entry that says where it was
/// seen. `examples` are those of each rule.
pub fn pack(
    provenance: &Provenance<'_>,
    lessons: &[Lesson],
    choice: &Choice,
    examples: [&[Example]; 2],
) -> String {
    let Provenance { name, texts, documents, least, clean } = *provenance;
    let pairs = texts.len();
    let mut out = format!(
        "# Made by `unspin learn` of {pairs} pairs of an original and a reworded text, {documents} documents that have\n\
         # nothing to do with each other. Each phrase stands in {least} reworded documents or more where the original\n\
         # has what it suggests. Those of `{name}` stand in no original.\n"
    );
    let _ = match clean {
        Some((texts, words)) => {
            writeln!(out, "# They stand in none of {texts} clean texts of {words} words.")
        }
        None => writeln!(out, "# They were tried on no clean texts: expect false alarms."),
    };
    let _ = write!(
        out,
        "# The comments and examples are words of the pairs: mind whose they are before you share this.\n\n\
         [pack]\nname = {}\nversion = \"0.1.0\"\nlicense = \"\"\nunspin = \"0.1\"\ndescription = {}\n",
        quoted(name),
        quoted(&format!("Wording that was put for other wording in {documents} documents")),
    );
    let note = "texts of which the original is known have it in place of other words";
    out += &rule(name, note, "", (&choice.entries, lessons, texts), examples[0]);
    if !choice.beside.is_empty() {
        let marks: Vec<String> =
            choice.entries.iter().map(|mark| format!("  {},\n", quoted(&mark.phrase))).collect();
        let condition = format!(
            "# Good English, told only in a text with a mark.\ndocument-contains = [\n{}]\n",
            marks.concat()
        );
        let note = "the text has a mark of rewording, and texts that have it have this in place of other words";
        out +=
            &rule(&beside(name), note, &condition, (&choice.beside, lessons, texts), examples[1]);
    }
    out
}

fn rule(
    id: &str,
    note: &str,
    condition: &str,
    (entries, lessons, texts): (&[Entry], &[Lesson], &[String]),
    examples: &[Example],
) -> String {
    let mut out = format!(
        "\n[[rule]]\nid = {}\nkind = \"substitution\"\nnote = {}\n{condition}\n[rule.phrases]\n",
        quoted(id),
        quoted(note)
    );
    for entry in entries {
        for suggestion in &entry.suggestions {
            out += &comment(&evidence(suggestion, lessons, texts));
        }
        if let Some(sight) = sights(entry, lessons).next() {
            out += &comment(&sight.context);
        }
        let _ = writeln!(out, "{} = {}", quoted(&entry.phrase), suggested(entry));
    }
    for example in examples {
        out += "\n[[rule.examples]]\n";
        let _ = match example {
            Example::Bad(marked, fixed) => {
                writeln!(out, "bad = {}\nfixed = {}", quoted(marked), quoted(fixed))
            }
            Example::Good(text) => writeln!(out, "good = {}", quoted(text)),
        };
    }
    out
}

/// A pack with a rule for each candidate, so that none hides another: `c0`, `c1` and so on, from a number.
pub fn trial(candidates: &[Candidate], first: usize) -> String {
    let mut out = String::from("[pack]\nname = \"trial\"\nversion = \"0\"\n");
    for (at, candidate) in candidates.iter().enumerate() {
        let _ = write!(
            out,
            "[[rule]]\nid = \"c{}\"\nkind = \"substitution\"\n[rule.phrases]\n{} = {}\n",
            first + at,
            quoted(&candidate.phrase),
            quoted(&candidate.suggestion)
        );
    }
    out
}

/// The sights of an entry.
fn sights<'l>(entry: &'l Entry, lessons: &'l [Lesson]) -> impl Iterator<Item = &'l Sight> {
    let all = entry.suggestions.iter().flat_map(|suggestion| &suggestion.sights);
    all.map(|&(lesson, sight)| &lessons[lesson].sights[sight])
}

fn evidence(suggestion: &Suggestion, lessons: &[Lesson], texts: &[String]) -> String {
    let Suggestion { text, documents, sights } = suggestion;
    let mut places: Vec<String> = Vec::new();
    let mut last = usize::MAX;
    for &(lesson, sight) in sights {
        // A place of each text first: the next of the same says little more.
        if lesson != last && places.len() < PLACES {
            let (line, column) = lessons[lesson].sights[sight].place;
            places.push(format!("{}:{line}:{column}", texts[lesson]));
        }
        last = lesson;
    }
    let times = match sights.len() {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    format!("for \"{text}\" {times} in {documents} documents: {}", places.join(", "))
}

fn suggested(entry: &Entry) -> String {
    match &entry.suggestions[..] {
        [only] => quoted(&only.text),
        several => {
            let texts: Vec<String> = several.iter().map(|s| quoted(&s.text)).collect();
            format!("[{}]", texts.join(", "))
        }
    }
}

/// One line, whatever the text holds: TOML allows no control character in a comment.
fn comment(text: &str) -> String {
    let text = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    format!("# {}\n", text.collect::<String>())
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_of_toml_holds_anything() {
        assert_eq!(
            quoted("a \"b\" \\ c\n\u{1b}\u{85}"),
            "\"a \\\"b\\\" \\\\ c\\u000A\\u001B\\u0085\""
        );
    }

    #[test]
    fn a_comment_is_one_line() {
        assert_eq!(comment("a\nb = 1"), "# a b = 1\n");
    }
}

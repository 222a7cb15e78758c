//! Lists of phrases and what they should be, from elsewhere, as a pack.
//!
//! A list is a table of tab-separated columns: the phrase first, what is expected in its place second, the rest is not
//! read. A first row that names its columns (`phrase`, `expected`) may order them otherwise. Lines that begin with `#`
//! are its head. Rows that the pack grammar cannot say, or that match what a row before them matches, are left out and
//! told. With operators, a column `notes` may hold `PPS context: ...` and `PPS proximity ~N`, as tables made of those lists
//! have them: they belong to the phrase.

mod query;

use std::collections::HashSet;
use std::fmt::Write as _;

use query::Query;

use crate::pattern::{Element, Pattern, Sets};

/// How the phrases of a list are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Operators {
    /// Words, and nothing else.
    #[default]
    None,
    /// Queries as the lists of the Problematic Paper Screener have them: `"a b" AND "c"`, `a b NOT c`, `"a b"~5`, `a~5 b`.
    /// What stands before the first `AND` or `NOT` is found, what follows is asked of the document.
    Pps,
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its line, from 1.
    pub line: usize,
    /// Why: lower case, one sentence, no final stop.
    pub why: String,
}

/// A pack made of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The pack, as TOML.
    pub toml: String,
    /// How many rows are in it.
    pub rows: usize,
    /// Those that are not.
    pub left_out: Vec<LeftOut>,
}

/// Makes a pack of a list. `name` is the pack's name and the id of its rule, in kebab-case; `source` names the list in
/// the pack's description.
pub fn import_tsv(name: &str, source: &str, tsv: &str, operators: Operators) -> Imported {
    let (mut columns, mut notes) = ((0, 1), usize::MAX);
    let mut suggested = String::new();
    let mut found = String::new();
    let mut left_out = Vec::new();
    let (mut rows, mut known) = (0, HashSet::new());
    let lines = tsv.lines().map(|line| line.trim_start_matches('\u{feff}'));
    let mut is_first = true;
    for (at, line) in lines.enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if std::mem::take(&mut is_first) {
            let place = |name: &str| cells.iter().position(|cell| cell.eq_ignore_ascii_case(name));
            if let Some(phrase) = place("phrase") {
                columns = (phrase, place("expected").unwrap_or(usize::MAX));
                notes = place("notes").unwrap_or(usize::MAX);
                continue;
            }
        }
        let phrase = cells.get(columns.0).copied().unwrap_or_default();
        let expected = cells.get(columns.1).copied().unwrap_or_default();
        let query = match operators {
            Operators::None => query::plain(phrase),
            Operators::Pps => {
                query::parse(&noted(phrase, cells.get(notes).copied().unwrap_or_default()))
            }
        };
        let row = query.and_then(|query| {
            if let Some(odd) = expected.find(['<', '{', '*', '|']) {
                return Err(format!("`{}` has a meaning in suggestions", &expected[odd..=odd]));
            }
            entries(&query, expected, &mut known)
        });
        match row {
            Ok(entries) => {
                rows += 1;
                let table = if expected.is_empty() { &mut found } else { &mut suggested };
                table.push_str(&entries);
            }
            Err(why) => left_out.push(LeftOut { line: at + 1, why }),
        }
    }
    Imported { toml: pack(name, source, &suggested, &found), rows, left_out }
}

/// A phrase with what the notes of its row say of it.
fn noted(phrase: &str, notes: &str) -> String {
    let mut query = phrase.to_owned();
    for note in notes.split(';').map(str::trim) {
        if let Some(words) = note.strip_prefix("PPS proximity ") {
            query = format!("\"{phrase}\"{words}");
        }
    }
    for note in notes.split(';').map(str::trim) {
        if let Some(clause) = note.strip_prefix("PPS context: ") {
            query = format!("{query} {clause}");
        }
    }
    query
}

/// The lines of a row: one for each of its patterns.
fn entries(
    query: &Query,
    expected: &str,
    known: &mut HashSet<Vec<Element>>,
) -> Result<String, String> {
    let mut conditions = String::new();
    let mut list = |key: &str, phrases: &[String]| {
        if !phrases.is_empty() {
            let phrases: Vec<String> = phrases.iter().map(|phrase| quoted(phrase)).collect();
            let _ = write!(conditions, ", {key} = [{}]", phrases.join(", "));
        }
    };
    list("document-contains", &query.any);
    list("document-contains-all", &query.all);
    list("document-lacks", &query.none);
    if let Some((phrase, words)) = &query.near {
        let _ = write!(conditions, ", near = {{ any = [{}], words = {words} }}", quoted(phrase));
    }
    let mut out = String::new();
    let mut own = Vec::new();
    for pattern in &query.patterns {
        let parsed = Pattern::parse(pattern, &Sets::new()).map_err(|error| error.message)?;
        let expansions: Vec<_> = parsed.expand().into_iter().map(|e| e.elements).collect();
        // Of two rows for the same words the first holds.
        if expansions.iter().any(|elements| known.contains(elements) || own.contains(elements)) {
            return Err(format!("a row before it matches what `{pattern}` matches"));
        }
        own.extend(expansions);
        if parsed.is_wordless() {
            return Err(format!("`{pattern}` holds no word"));
        }
        let key = quoted(pattern);
        let _ = match (expected.is_empty(), conditions.is_empty()) {
            (true, true) => writeln!(out, "{key} = {{}}"),
            (true, false) => writeln!(out, "{key} = {{ {} }}", &conditions[2..]),
            (false, true) => writeln!(out, "{key} = {}", quoted(expected)),
            (false, false) => {
                writeln!(out, "{key} = {{ suggest = {}{conditions} }}", quoted(expected))
            }
        };
    }
    // Only now, since a row that is left out claims nothing.
    known.extend(own);
    Ok(out)
}

fn pack(name: &str, source: &str, suggested: &str, found: &str) -> String {
    let mut out = format!(
        "# Made of {source} by `unspin packs import`. Look at what it finds in texts of your own before you rely on it:\n\
         # `unspin test PACK --corpus FOLDER`.\n\n[pack]\nname = {}\nversion = \"0.1.0\"\nlicense = \"\"\nunspin = \"0.1\"\n\
         description = {}\n",
        quoted(name),
        quoted(&format!("Phrases of {source}")),
    );
    for (id, kind, phrases) in [
        (name.to_owned(), "substitution", suggested),
        (format!("{name}-phrase"), "existence", found),
    ] {
        if !phrases.is_empty() {
            let _ = write!(
                out,
                "\n[[rule]]\nid = {}\nkind = \"{kind}\"\n\n[rule.phrases]\n{phrases}",
                quoted(&id)
            );
        }
    }
    out
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(tsv: &str, operators: Operators) -> Vec<String> {
        let imported = import_tsv("list", "list.tsv", tsv, operators);
        let phrases = imported.toml.lines().filter(|line| line.starts_with(['"', '\'']));
        let why = imported.left_out.iter().map(|row| format!("{}: {}", row.line, row.why));
        phrases.map(str::to_owned).chain(why).collect()
    }

    #[test]
    fn a_plain_list_becomes_entries() {
        assert_eq!(
            lines(
                "# head\nlowest line\tbottom line\textra\nodd phrase\t\nlowest line\tx\n",
                Operators::None
            ),
            [
                "\"lowest line\" = \"bottom line\"",
                "\"odd phrase\" = {}",
                "4: a row before it matches what `lowest line` matches",
            ]
        );
        assert_eq!(
            lines("expected\tphrase\nbottom line\tlowest line\n", Operators::None),
            ["\"lowest line\" = \"bottom line\""],
            "columns by name"
        );
        assert_eq!(
            lines("what (now)\tx\nlow line\t{b}\n", Operators::None),
            ["1: `(` has a meaning in patterns", "2: `{` has a meaning in suggestions"]
        );
    }

    #[test]
    fn operators_become_conditions() {
        let of = |row: &str| lines(&format!("{row}\tright words\n"), Operators::Pps).join("\n");
        assert_eq!(of("odd words"), "\"odd words\" = \"right words\"");
        assert_eq!(
            of("\"odd words\" AND \"acid\" AND \"base\""),
            "\"odd words\" = { suggest = \"right words\", document-contains-all = [\"acid\", \"base\"] }"
        );
        assert_eq!(
            of("odd words NOT \"very odd words\""),
            "\"odd words\" = { suggest = \"right words\", document-lacks = [\"very odd words\"] }"
        );
        assert_eq!(
            of("(\"odd words\" OR \"mad words\") AND (\"acid\" OR \"base\")"),
            "\"odd words\" = { suggest = \"right words\", document-contains = [\"acid\", \"base\"] }\n\
             \"mad words\" = { suggest = \"right words\", document-contains = [\"acid\", \"base\"] }"
        );
        assert_eq!(
            of("odd words (OW)"),
            "\"odd words\" = { suggest = \"right words\", near = { any = [\"OW\"], words = 3 } }"
        );
        assert_eq!(of("256~5 pieces"), "\"256 *{0,5} pieces\" = \"right words\"");
        assert_eq!(
            of("\"odd words\"~3"),
            "\"odd *{0,3} words\" = \"right words\"\n\"words *{0,1} odd\" = \"right words\""
        );
        assert_eq!(
            of("\"odd words\" AND \"odd words far away\"~100"),
            "\"odd words\" = { suggest = \"right words\", near = { any = [\"far away\"], words = 100 } }"
        );
    }

    #[test]
    fn notes_of_a_table_belong_to_the_phrase() {
        let rows = "phrase\texpected\tnotes\nodd words\tright\tPPS context: AND \"acid\"; papers 3\n\
                    mad words\tright\tPPS proximity ~1; papers 4\n";
        assert_eq!(
            lines(rows, Operators::Pps),
            [
                "\"odd words\" = { suggest = \"right\", document-contains-all = [\"acid\"] }",
                "\"mad *{0,1} words\" = \"right\"",
            ]
        );
        assert_eq!(lines(rows, Operators::None)[0], "\"odd words\" = \"right\"");
    }

    #[test]
    fn what_cannot_be_said_is_told() {
        let of = |row: &str| lines(&format!("{row}\tx\n"), Operators::Pps).join("\n");
        assert_eq!(of("odd~40 words"), "1: at most 8 words can stand between two words, not 40");
        assert_eq!(of("odd* words"), "1: `*` has a meaning in patterns");
        assert_eq!(of("NOT odd"), "1: nothing stands before `NOT`");
        assert_eq!(of("odd AND"), "1: nothing stands after `AND`");
        assert_eq!(of("\"odd words"), "1: a quotation mark is never closed");
        assert_eq!(of("(odd AND mad) NOT bad"), "1: `AND` inside brackets is not understood");
    }
}

//! Thins gold rows out to those that the regular rules get wrong: `exceptions inflections|lemmas|articles < GOLD`.
//! See `data/README.md`. With `rate` after the table's name it prints the share of gold rows that the rules get right,
//! with `round-trip` that of gold spellings that the whole crate takes both ways.

mod agree;

use agree::{article_right, reads_right, wrong_cells};
use std::io::{self, Read, Write};
use unspin_lang::{Form, inflect, lemmas};

fn main() -> io::Result<()> {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let (table, mode) =
        (arguments.first().map(String::as_str), arguments.get(1).map(String::as_str));
    let mut gold = String::new();
    io::stdin().read_to_string(&mut gold)?;
    let mut out = io::stdout().lock();
    if mode == Some("round-trip") {
        return round_trip(&gold, &mut out);
    }
    let kept: fn(&str, &str) -> String = match table {
        Some("inflections") => |lemma, row| wrong_cells(lemma, row).join(" "),
        Some("lemmas") => {
            |word, row| if reads_right(word, row) { String::new() } else { row.to_owned() }
        }
        Some("articles") => {
            |word, row| if article_right(word, row) { String::new() } else { row.to_owned() }
        }
        _ => return Err(io::Error::other("name a table: inflections, lemmas or articles")),
    };
    let (mut right, mut all) = (0, 0);
    for line in gold.lines() {
        let Some((key, value)) = line.split_once('\t') else {
            if mode.is_none() {
                writeln!(out, "{line}")?;
            }
            continue;
        };
        let wrong = kept(key, value);
        all += 1;
        right += u32::from(wrong.is_empty());
        if mode.is_none() && !wrong.is_empty() {
            writeln!(out, "{key}\t{wrong}")?;
        }
    }
    if mode.is_some() {
        writeln!(out, "{right} of {all}: {:.2} %", percent(right, all))?;
    }
    Ok(())
}

fn round_trip(gold: &str, out: &mut impl Write) -> io::Result<()> {
    let (mut forward, mut back, mut all) = (0, 0, 0);
    for (lemma, row) in gold.lines().filter_map(|line| line.split_once('\t')) {
        for (letter, spellings) in row.split(' ').filter_map(|cell| cell.split_once(':')) {
            let Some(form) = letter.chars().next().and_then(Form::from_letter) else { continue };
            let preferred = spellings.split('|').next().unwrap_or_default();
            if preferred == "-" || preferred == lemma {
                continue;
            }
            let word = inflect(lemma, form);
            all += 1;
            forward += u32::from(word == preferred);
            back += u32::from(lemmas(&word).any(|reading| reading.lemma.is(lemma)));
        }
    }
    writeln!(out, "inflect agrees with gold: {:.2} % of {all}", percent(forward, all))?;
    writeln!(out, "lemmas finds the way back: {:.2} %", percent(back, all))
}

fn percent(part: u32, whole: u32) -> f64 {
    100.0 * f64::from(part) / f64::from(whole.max(1))
}

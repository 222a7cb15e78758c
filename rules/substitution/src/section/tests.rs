use unspin_lint::Context;
use unspin_model::{Model, WordId};

use super::*;
use crate::score::{ODD, WordScores};
use crate::units;

#[test]
fn sections_share_sentence_ends_and_nothing_else() {
    let lexicon = Model::embedded().statistics().expect("it has them").lexicon;
    let paragraph = "The ferry left the pier at nine. Nobody on the quay had seen it go.\n\n";
    let text = paragraph.repeat(WHOLE / 10);
    let document = Document::new(text.as_bytes());
    let units = units(&document, &lexicon);
    let sections = sections(&document, &units);
    assert!(sections.len() > 10);
    assert_eq!((sections[0].start, sections[sections.len() - 1].end), (0, units.len()));
    for pair in sections.windows(2) {
        assert_eq!(pair[0].end, pair[1].start + 1);
        assert_eq!(units[pair[1].start].id, WordId::STOP);
        assert!(pair[0].len() >= SECTION && pair[0].len() < SECTION + 40);
    }
    let short = Document::new(paragraph.as_bytes());
    let few = crate::units(&short, &lexicon);
    let whole = super::sections(&short, &few);
    assert!(whole.len() == 1 && whole[0] == (0..few.len()));
}

/// What reads as put in, with the spelling of what would be put back first.
fn odd(document: &Document<'_>) -> Vec<(String, Option<String>)> {
    let scores = Context::new(document).get::<WordScores>();
    let text = |unit: usize| {
        document.token_text(&document.tokens()[scores.units[unit].token as usize]).to_owned()
    };
    let lexicon = Model::embedded().statistics().expect("it has them").lexicon;
    let odd = scores.words.iter().filter(|word| word.score >= ODD);
    odd.map(|word| {
        let first = scores.offers(word).first().map(|offer| offer.repair);
        let first = first
            .map(|r| format!("{} for {}", lexicon.spelling(r.original), text(r.first as usize)));
        (text(word.unit), first)
    })
    .collect()
}

#[test]
fn a_section_of_a_long_text_reads_as_it_does_alone() {
    let clean = "The ferry left the pier at nine. Nobody on the quay had seen it go.\n\n";
    let around = clean.repeat(WHOLE / 20);
    let reworded = include_str!("../../benches/reworded.sentences").replace('\n', "\n\n");
    let reworded = reworded.repeat(3);
    let long = format!("{around}{reworded}{around}");
    let document = Document::new(long.as_bytes());
    let lexicon = Model::embedded().statistics().expect("it has them").lexicon;
    let units = units(&document, &lexicon);
    let sections = sections(&document, &units);
    assert!(sections.len() > 2);
    // The sections that hold any of it, as texts of their own.
    let place = around.len() as u32..(around.len() + reworded.len()) as u32;
    let start = |unit: usize| {
        let token = document.tokens().get(units[unit].token as usize);
        token.map_or(long.len(), |token| token.span.start as usize)
    };
    let mut alone = Vec::new();
    for section in &sections {
        let span = start(section.start)..start(section.end - 1);
        if (span.start as u32) < place.end && span.end as u32 > place.start {
            alone.extend(odd(&Document::new(long[span].as_bytes())));
        }
    }
    assert!(alone.len() > 20, "{alone:?}");
    assert_eq!(odd(&document), alone);
}

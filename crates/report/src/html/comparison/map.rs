//! Which part of the reworded text comes from which of the original, and where the changes lie, as a chart.

use std::collections::HashSet;

use unspin_text::Span;

use super::rows::{ORIGINAL, REWORDED};
use super::{Page, Shown};
use crate::html::chart::{Place, ribbons, strip};
use crate::html::markup::Markup;
use crate::wording::{counted, grouped};

/// Places of a strip beyond which those that fall together are drawn once.
const PLACES: u64 = 1000;

/// Sentences up to which each is drawn by itself.
const SENTENCES: usize = 300;

/// Writes it.
pub(super) fn write(out: &mut Markup, page: &Page<'_>) {
    let links = &page.exhibit.report.comparison.links;
    let documents = [ORIGINAL, REWORDED].map(|side| page.texts[side].document);
    let bytes = documents.map(|document| document.text().len());
    if bytes.contains(&0) {
        return;
    }
    let runs = runs(page);
    let linked: HashSet<u32> =
        links.iter().flat_map(|link| &link.original).map(|span| span.start).collect();
    let all = documents[ORIGINAL].sentences().len();
    let own = documents[REWORDED].sentences().len();
    let added = |span: &Span| {
        let sentences = documents[REWORDED].sentences().iter();
        sentences.filter(|sentence| span.contains(sentence.span)).count()
    };
    let added: usize = links
        .iter()
        .filter(|link| link.original.is_empty())
        .map(|link| added(&link.reworded))
        .sum();
    let is_in_order = runs.windows(2).all(|pair| pair[0][0].start < pair[1][0].start);
    let label = format!(
        "{} of {} of the original stand in the reworded text, {}; {} of its {} come from none",
        grouped(linked.len()),
        counted(all, "sentence"),
        if is_in_order { "in their order" } else { "not all in their order" },
        grouped(added),
        counted(own, "sentence"),
    );
    out.raw("<figure class=\"map\">\n");
    for side in [ORIGINAL, REWORDED] {
        let mut places: Vec<Place> = places(page, side, bytes[side]);
        // The gravest is seen.
        places.sort_by_key(|place| rank(place.class));
        let name = ["the original", "the reworded text"][side];
        strip(out, bytes[side], &places, &format!("Changes in {name}"));
        if side == ORIGINAL {
            out.raw("\n");
            ribbons(out, bytes, &runs, &label);
        }
        out.raw("\n");
    }
    out.raw("<figcaption><span>Above the original, below the reworded text.</span> <span class=\"label\">");
    out.text(&label).raw(".</span></figcaption>\n</figure>\n");
}

/// Stretches of both texts that belong to each other, in the order of the reworded text: sentence by sentence, and where
/// there are many as far as they follow on in both.
fn runs(page: &Page<'_>) -> Vec<[Span; 2]> {
    let comparison = page.exhibit.report.comparison;
    let original = page.texts[ORIGINAL].document;
    let is_long = comparison.links.len() > SENTENCES;
    let mut runs: Vec<[Span; 2]> = Vec::new();
    let mut last = None;
    for link in &comparison.links {
        let mut begins = !is_long;
        for span in &link.original {
            let own = original.sentence_at(span.start);
            let follows = last.is_some() && (own == last || own == last.map(|last| last + 1));
            match runs.last_mut().filter(|_| follows && !begins) {
                Some(both) => *both = [both[0].cover(*span), both[1].cover(link.reworded)],
                None => runs.push([*span, link.reworded]),
            }
            (last, begins) = (own, false);
        }
    }
    runs
}

fn rank(class: &str) -> usize {
    ["info", "warning", "error"].iter().position(|own| *own == class).unwrap_or_default()
}

fn places(page: &Page<'_>, side: usize, bytes: usize) -> Vec<Place> {
    let mut drawn = HashSet::new();
    let own = |shown: &Shown<'_>| [shown.change.original, shown.change.reworded][side];
    let mut places = Vec::new();
    for shown in &page.shown {
        let Span { start, end } = own(shown);
        let class = shown.severity.as_str();
        let unit = |byte: u32| PLACES * u64::from(byte) / bytes as u64;
        if start < end && drawn.insert((unit(start), unit(end), class)) {
            places.push(Place { start, end, class, target: Some(shown.id()) });
        }
    }
    places
}

//! What the scorer says of a line: the screen, the gate, and the score of each word with what it rests on.

use unspin_lint::{
    Accepted, Alternative, Context, Explanation, Figure, LogOdds, RuleMeta, Span, Subject, windows,
};
use unspin_model::{Gate, Statistics, Trees, WordId};
use unspin_text::{Document, TokenKind};
use unspin_words::model;

use crate::attribution::Reference;
use crate::candidates::All;
use crate::features::Rows;
use crate::prose::is_prose;
use crate::ranking::{self, Pool};
use crate::score::{ODD, ScoredWord, Scoring, WordScores, score};
use crate::screen::may_pass;
use crate::section::sections;
use crate::votes::ENOUGH;
use crate::{screening_score, units};

/// Most candidates told of a word.
const MOST: usize = 3;

/// Appends what the family has to say of the words in `span`, in the name of the rule `meta`.
pub(crate) fn explain(cx: &Context<'_>, span: Span, meta: &RuleMeta, out: &mut Vec<Explanation>) {
    let model = model(cx);
    let parts = model.statistics().zip(model.scorer()).zip(model.gate());
    let Some(((statistics, trees), gate)) = parts else {
        let said = Explanation::new(meta, Subject::Document);
        return out.push(said.note("the model has no scorer, so no word is scored"));
    };
    let document = cx.document();
    let all = units(document, &statistics.lexicon);
    // The section that the span begins in, which is all of a text that is not long.
    let first = document.tokens_in(span).start as u32;
    let sections = sections(document, &all);
    let section = sections.iter().rev().find(|s| all[s.start].token <= first);
    let units = all[section.cloned().unwrap_or(0..all.len())].to_vec();
    // Scored whatever the screen says: the question is what would have been said.
    let ranker = model.ranker();
    let scores = Scoring { cx, statistics, trees, ranker }.whole(&gate, units);
    let units = &scores.units[..];
    page(document, &statistics, &gate, &scores, span, meta, out);
    if sections.len() > 1
        && let Some(page) = out.pop()
    {
        out.push(page.note(
            "a text of this length is screened and scored section by section: the figures are those of the section",
        ));
    }

    let (rows, milli) = score(document, &statistics, &trees, units);
    let row = |word: &ScoredWord| rows.units.binary_search(&(word.unit as u32)).ok();
    let is_odd = |word: &&ScoredWord| word.score >= ODD;
    let odd: Vec<usize> = scores.words.iter().filter(is_odd).filter_map(row).collect();
    let unit_span = |unit: usize| document.tokens()[units[unit].token as usize].span;
    let asked = |word: &&ScoredWord| unit_span(word.unit).overlaps(span);
    let asked = scores.words.iter().filter(|w| !is_odd(w)).filter(asked).filter_map(row);
    // The ranker compares a word with the others that read as put in, so these are asked about together.
    let mut pools = Vec::new();
    let scored = (&rows, &milli[..]);
    ranking::pools(document, &statistics, units, scored, &odd, &All, |pool| pools.push(pool));
    for word in asked {
        let alone = [word];
        ranking::pools(document, &statistics, units, scored, &alone, &All, |p| pools.push(p));
    }
    let scorer = Scorer {
        document,
        statistics: &statistics,
        trees: &trees,
        ranker,
        reference: Reference::of(&statistics),
        rows,
        scores: &scores,
        pools,
    };
    let (is_prose, accepted) = (is_prose(document), cx.get::<Accepted>());
    for token in document.tokens_in(span) {
        let kind = document.tokens()[token].kind;
        // A sentence end bears the number of the token after it.
        let unit = units.partition_point(|u| (u.token as usize) < token);
        let unit = (unit..units.len())
            .take_while(|&at| units[at].token as usize == token)
            .find(|&at| units[at].id != WordId::STOP);
        let Some(unit) = unit.filter(|_| matches!(kind, TokenKind::Word | TokenKind::Clitic))
        else {
            continue;
        };
        let said = Explanation::new(meta, Subject::Words(document.tokens()[token].span));
        out.push(match scores.words.binary_search_by_key(&unit, |word| word.unit) {
            Ok(at) => scorer.word(&scores.words[at], said),
            Err(_) => said.note(match units[unit].id {
                _ if !is_prose[token] => "not scored: it stands in code or in a table",
                _ if accepted.covers(token) => "not scored: the vocabulary accepts it",
                WordId::NAME => "not scored: it reads as a name, or its word is not in the lexicon",
                _ => "not scored: it is not in the lexicon",
            }),
        });
    }
}

/// What the screen made of the page, and the gate of it and of the windows that `span` lies in.
fn page(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    gate: &Gate<'_>,
    scores: &WordScores,
    span: Span,
    meta: &RuleMeta,
    out: &mut Vec<Explanation>,
) {
    let evidence = |nats| Figure::nats("evidence", nats).at_least(f64::from(ENOUGH) / 1000.0);
    let passed = may_pass(statistics, gate, &scores.units);
    // Hundredths of hundredths of log10.
    let log10 = |score: i32| f64::from(score) / 10_000.0;
    let screen = Figure {
        name: "screen",
        value: log10(screening_score(statistics, &scores.units)),
        threshold: Some(log10(gate.screen())),
        unit: "log10 a word",
    };
    let said = Explanation::new(meta, Subject::Document).figure(screen);
    out.push(said.figure(evidence(scores.reading.document)).note(if passed {
        "the screen let the page through to the scorer"
    } else {
        "the screen let the page go as clean, so the check scored no word: the evidence and the words below are what \
         the scorer would have said"
    }));
    for (window, &nats) in windows(document).into_iter().zip(&scores.reading.windows) {
        if window.overlaps(span) {
            out.push(Explanation::new(meta, Subject::Window(window)).figure(evidence(nats)));
        }
    }
}

struct Scorer<'a> {
    document: &'a Document<'a>,
    statistics: &'a Statistics<'a>,
    trees: &'a Trees<'a>,
    reference: Reference,
    ranker: Option<Trees<'a>>,
    rows: Rows,
    scores: &'a WordScores,
    /// Of the words that read as put in, and of those asked about.
    pools: Vec<Pool>,
}

impl Scorer<'_> {
    fn word(&self, word: &ScoredWord, said: Explanation) -> Explanation {
        let row = self.rows.units.binary_search(&(word.unit as u32)).ok();
        let attributions = row.map(|i| self.reference.attributions(self.trees, self.rows.row(i)));
        Explanation {
            attributions: attributions.unwrap_or_default(),
            alternatives: self.alternatives(word),
            ..said.figure(Figure::nats("score", word.score).at_least(ODD.nats()))
        }
    }

    /// What may be put back for a word, the likeliest first.
    fn alternatives(&self, word: &ScoredWord) -> Vec<Alternative> {
        let row = |pool: &Pool| self.rows.units[pool.word] as usize;
        let Some(pool) = self.pools.iter().find(|pool| row(pool) == word.unit) else {
            return Vec::new();
        };
        let Some(ranker) = self.ranker else { return Vec::new() };
        let span =
            |unit: usize| self.document.tokens()[self.scores.units[unit].token as usize].span;
        let alternative = |(i, odds): (usize, LogOdds)| {
            let repair = &pool.repairs[i];
            let stretch = repair.stretch();
            let figure = |name| log10(name, pool.value(i, name));
            Alternative {
                text: self.statistics.lexicon.spelling(repair.original).to_owned(),
                replaces: span(stretch.start).cover(span(stretch.end - 1)),
                figures: vec![
                    Figure::nats("right", odds),
                    figure("odds"),
                    figure("gain-left"),
                    figure("gain-right"),
                    figure("prior"),
                ],
            }
        };
        pool.rank(&ranker).into_iter().take(MOST).map(alternative).collect()
    }
}

/// A figure of candidates, from hundredths.
fn log10(name: &'static str, hundredths: i16) -> Figure {
    Figure { name, value: f64::from(hundredths) / 100.0, threshold: None, unit: "log10" }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use unspin_lint::{AcceptedTerms, RuleSet, Term, Terms};

    use super::*;

    const TEXT: &str = "The boats usher in food, and Ms Ellingsen saw the qwzx. Write `till` as till.\n\nThe ferry \
                        is late with the aid of using the tide.";

    /// What is said of each word of a text that accepts "ferry".
    fn said(document: &Document<'_>) -> Vec<Explanation> {
        let mut rules = RuleSet::new(crate::rules());
        let accepted = vec![Term { text: "ferry".into(), ..Term::default() }];
        rules.provide(AcceptedTerms(Arc::new(Terms::new(accepted, None))));
        rules.explain(document, Span::new(0, document.text().len() as u32))
    }

    fn of<'s>(said: &'s [Explanation], document: &Document<'_>, word: &str) -> &'s Explanation {
        let is_it = |e: &&Explanation| match e.subject {
            Subject::Words(span) => document.slice(span) == word,
            Subject::Document | Subject::Window(_) => false,
        };
        said.iter().find(is_it).unwrap_or_else(|| panic!("nothing is said of {word}"))
    }

    #[test]
    fn each_word_is_scored_or_told_why_not() {
        let document = Document::new(TEXT.as_bytes());
        let said = said(&document);
        for (word, why) in [
            ("Ellingsen", "a name"),
            ("qwzx", "not in the lexicon"),
            ("till", "in code"),
            ("ferry", "vocabulary"),
        ] {
            let one = of(&said, &document, word);
            assert!(one.figures.is_empty() && one.notes[0].contains(why), "{one:?}");
        }
        let words = document.tokens().iter().filter(|t| t.kind == TokenKind::Word).count();
        assert_eq!(said.len(), 1 + words, "the page and each word");
    }

    #[test]
    fn what_is_said_is_what_the_scorer_saw() {
        let document = Document::new(TEXT.as_bytes());
        let said = said(&document);
        let model = unspin_model::Model::embedded();
        let (statistics, trees) = (model.statistics().unwrap(), model.scorer().unwrap());
        let units = units(&document, &statistics.lexicon);
        let (rows, scores) = score(&document, &statistics, &trees, &units);
        let whole = |value: f64| value.round() as i32;
        let mut known = 0;
        for (i, &unit) in rows.units.iter().enumerate() {
            let word = document.token_text(&document.tokens()[units[unit as usize].token as usize]);
            if document.text().matches(word).count() > 1 || word == "ferry" {
                continue;
            }
            let one = of(&said, &document, word);
            assert_eq!(whole(one.figures[0].value * 1000.0), scores[i], "{word}");
            known += usize::from(!one.alternatives.is_empty());
            let sure: Vec<f64> = one.alternatives.iter().map(|a| a.figures[0].value).collect();
            assert!(sure.is_sorted_by(|a, b| a >= b), "{word}: {sure:?}");
        }
        assert!(known > 5, "{known}");
        let is_long = |a: &Alternative| document.slice(a.replaces).contains("aid of");
        assert!(of(&said, &document, "aid").alternatives.iter().any(is_long));
    }
}

//! What the scorer says of a line: the screen, the gate, and the score of each word with what it rests on.

use unspin_lint::{
    Accepted, Alternative, Context, Explanation, Figure, RuleMeta, Span, Subject, windows,
};
use unspin_model::{Gate, Lexicon, Original, Statistics, Trees, WordId};
use unspin_text::{Document, TokenKind};

use crate::association::association;
use crate::attribution::Reference;
use crate::candidates::prior;
use crate::features::Rows;
use crate::inversions::Inversion;
use crate::prose::is_prose;
use crate::score::{ENOUGH, ODD, ScoredWord, WordScores, score};
use crate::screen::may_pass;
use crate::{Unit, screening_score, units};

/// Most candidates told of a word.
const MOST: usize = 3;

/// Appends what the family has to say of the words in `span`, in the name of the rule `meta`.
pub(crate) fn explain(cx: &Context<'_>, span: Span, meta: &RuleMeta, out: &mut Vec<Explanation>) {
    let model = unspin_words::model(cx);
    let parts = model.statistics().zip(model.scorer()).zip(model.gate());
    let Some(((statistics, trees), gate)) = parts else {
        let said = Explanation::new(meta, Subject::Document);
        return out.push(said.note("the model has no scorer, so no word is scored"));
    };
    let document = cx.document();
    let units = units(document, &statistics.lexicon);
    // Scored whatever the screen says: the question is what would have been said.
    let scores = WordScores::unscreened(cx, &statistics, &trees, &gate, units.clone());
    page(document, &statistics, &gate, &scores, span, meta, out);

    let scorer = Scorer {
        document,
        statistics: &statistics,
        trees: &trees,
        reference: Reference::of(&statistics),
        rows: score(document, &statistics, &trees, &units).0,
        scores: &scores,
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
    rows: Rows,
    scores: &'a WordScores,
}

impl Scorer<'_> {
    fn word(&self, word: &ScoredWord, said: Explanation) -> Explanation {
        let row = self.rows.units.binary_search(&(word.unit as u32)).ok();
        let attributions = row.map(|i| self.reference.attributions(self.trees, self.rows.row(i)));
        Explanation {
            attributions: attributions.unwrap_or_default(),
            alternatives: self.alternatives(word),
            ..said
                .figure(Figure::nats("score", word.score).at_least(ODD.nats()))
                .figure(Figure::nats("company", word.company))
        }
    }

    /// The candidates for a word by their odds, then the word that an expression around it may stand for.
    fn alternatives(&self, word: &ScoredWord) -> Vec<Alternative> {
        let Statistics { lexicon, bigrams, channel, .. } = self.statistics;
        let units = &self.scores.units;
        let [before, own, after] = [word.unit - 1, word.unit, word.unit + 1].map(|i| units[i].id);
        let fit = |first, second| association(lexicon, bigrams, first, second).score;
        let weigh = |original: Original| {
            let left = fit(before, original.id) - fit(before, own);
            let right = fit(original.id, after) - fit(own, after);
            (original.id, [left, right, prior(lexicon, original, own)])
        };
        let mut candidates: Vec<_> = channel.originals(own).map(weigh).collect();
        candidates.sort_by_key(|(_, parts)| std::cmp::Reverse(parts.iter().sum::<i32>()));
        let mut told: Vec<Alternative> = candidates
            .into_iter()
            .take(MOST)
            .map(|(id, [left, right, prior])| Alternative {
                text: lexicon.spelling(id).to_owned(),
                replaces: self.scores.span(self.document, word),
                figures: vec![
                    log10("odds", left + right + prior),
                    log10("gain-left", left),
                    log10("gain-right", right),
                    log10("prior", prior),
                ],
            })
            .collect();
        told.extend(expression(self.document, lexicon, units, &word.inversion));
        told
    }
}

/// The expression that a word is part of, if it may have been put in for one word.
fn expression(
    document: &Document<'_>,
    lexicon: &Lexicon<'_>,
    units: &[Unit],
    inversion: &Inversion,
) -> Option<Alternative> {
    let first = inversion.first as usize;
    let last = first + usize::from(inversion.length).checked_sub(1)?;
    let span = |unit: usize| document.tokens()[units[unit].token as usize].span;
    Some(Alternative {
        text: lexicon.spelling(inversion.original).to_owned(),
        replaces: span(first).cover(span(last)),
        figures: vec![
            log10("odds", inversion.odds()),
            log10("gain", inversion.gain),
            log10("prior", inversion.prior),
        ],
    })
}

/// A figure of candidates, from hundredths.
fn log10(name: &'static str, hundredths: i32) -> Figure {
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
            if rows.best[i].is_known() {
                let best = &one.alternatives[0];
                assert_eq!(best.text, statistics.lexicon.spelling(rows.best[i].id), "{word}");
                assert_eq!(whole(best.figures[0].value * 100.0), rows.best[i].odds(), "{word}");
                known += 1;
            }
        }
        assert!(known > 5, "{known}");
        let expression = of(&said, &document, "aid").alternatives.last().unwrap();
        assert!(document.slice(expression.replaces).contains("the aid of"), "{expression:?}");
    }
}

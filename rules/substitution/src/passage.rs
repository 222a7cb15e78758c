//! Scored words that stand side by side, and what is said of them.

use std::ops::Range;

use serde::Deserialize;
use unspin_lang::article;
use unspin_lint::{
    Analysis, Context, Document, Finding, Fix, LogOdds, OptionKind, OptionMeta, RuleMeta, Safety,
    Span,
};
use unspin_model::{Statistics, WordId};

use crate::association::association;
use crate::ranking::Repair;
use crate::repair::{Suggestion, apply, suggestions};
use crate::score::{ODD, ScoredWord, WordScores};

/// Evidence of a score: thousandths of it, and what is added. Fitted on annotated articles, so that of findings shown with
/// a confidence about that share is right (Platt 1999); see `EVALUATION.md`.
const SLOPE: i32 = 710;
const INTERCEPT: LogOdds = LogOdds::from_milli(-260);
/// Most evidence of one finding, so that where a list names the damage, its finding stays.
const SUREST: LogOdds = LogOdds::from_milli(4_000);
/// Most words in one finding.
const MOST: usize = 4;
/// How likely a first suggestion must be right to be made, and a further one: thousandths of the logarithm.
const OFFERED: i32 = -2_300;
const OFFERED_BESIDES: i32 = -3_500;
/// An expression is fixed if its words stand side by side 10^1.3 times in the reference text, and 30 times oftener than
/// chance.
const ATTESTED: i32 = 130;
const BOUND: i32 = 150;

/// What kind of damage a passage is; each is a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// One word that does not fit.
    Word,
    /// One word in the place of a member of a fixed expression.
    Expression,
    /// Several words together.
    Phrase,
}

/// The options of the rules that offer words one by one.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Options {
    suggest: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { suggest: true }
    }
}

/// See [`Options`].
pub(crate) const SUGGEST: OptionMeta = OptionMeta::new(
    "suggest",
    OptionKind::Boolean(true),
    "whether the likeliest words in its place are offered",
);

/// Words that stand side by side, each of which may have been put in.
pub(crate) struct Passage<'s> {
    words: &'s [ScoredWord],
    scores: &'s WordScores,
    /// Those that are likely enough to be made, the likeliest first.
    suggestions: &'s [Suggestion],
}

/// The passages of a document, put together once for all rules: indices of their words, what to suggest, and the rule.
struct Passages(Vec<(Range<usize>, Vec<Suggestion>, Damage)>);

impl Analysis for Passages {
    fn analyse(cx: &Context<'_>) -> Self {
        let scores = cx.get::<WordScores>();
        let with_suggestions = runs(&scores.words).map(|run| {
            cx.checkpoint();
            let words = &scores.words[run.clone()];
            let mut suggestions = suggestions(words.iter().map(|w| (w.unit, scores.offers(w))));
            if suggestions.first().is_none_or(|s| s.log_share < OFFERED) {
                suggestions.clear();
            }
            suggestions.retain(|s| s.log_share >= OFFERED_BESIDES);
            let passage = Passage { words, scores: &scores, suggestions: &suggestions };
            let damage = passage.damage();
            (run, suggestions, damage)
        });
        Self(with_suggestions.collect())
    }
}

/// Reports the passages of one kind of damage as findings of the rule `meta`.
pub(crate) fn report(
    cx: &Context<'_>,
    damage: Damage,
    options: Options,
    meta: &RuleMeta,
    out: &mut Vec<Finding>,
) {
    let scores = cx.get::<WordScores>();
    for (run, suggestions, _) in cx.get::<Passages>().0.iter().filter(|(_, _, d)| *d == damage) {
        cx.checkpoint();
        let passage = Passage { words: &scores.words[run.clone()], scores: &scores, suggestions };
        out.push(passage.finding(cx, options, meta));
    }
}

/// The words that read as put in and stand side by side, as indices.
fn runs(words: &[ScoredWord]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while words.get(at).is_some_and(|w| w.score < ODD) {
            at += 1;
        }
        let start = at;
        while at < words.len()
            && at - start < MOST
            && words[at].score >= ODD
            && (at == start || words[at].unit == words[at - 1].unit + 1)
        {
            at += 1;
        }
        (start < at).then_some(start..at)
    })
}

/// What the score of a passage's oddest word is worth as evidence.
fn evidence(score: LogOdds) -> LogOdds {
    let scaled = i64::from(score.milli()) * i64::from(SLOPE) / 1000;
    (LogOdds::from_milli(scaled as i32) + INTERCEPT).min(SUREST)
}

/// An article that stands before a passage: it goes with what follows.
struct Article<'d> {
    span: Span,
    written: &'d str,
    /// Between it and the passage.
    gap: &'d str,
}

impl Article<'_> {
    /// The article that suits a text, if this one does not.
    fn repair(&self, text: &str) -> Option<&'static str> {
        article::repair(self.written, text)
    }

    /// The text with the right article before it.
    fn before(&self, text: &str) -> String {
        format!("{}{}{text}", self.repair(text).unwrap_or(self.written), self.gap)
    }
}

fn article_before<'d>(document: &'d Document<'_>, passage: Span) -> Option<Article<'d>> {
    let tokens = document.tokens();
    let first = tokens.partition_point(|t| t.span.start < passage.start);
    let token = tokens.get(first.checked_sub(1)?)?;
    let written = document.token_text(token);
    let gap = document.slice(Span::new(token.span.end, passage.start));
    matches!(written, "a" | "an" | "A" | "An").then_some(Article { span: token.span, written, gap })
}

/// The fixed expression that a candidate would make with a neighbour.
struct Expression {
    found: String,
    suggested: String,
    times: u64,
}

impl Passage<'_> {
    /// What kind of damage it is.
    fn damage(&self) -> Damage {
        match (self.words, self.suggestions.first().map(|s| &s.repairs[..])) {
            (_, Some([repair])) if repair.length > 1 => Damage::Phrase,
            _ if self.expression().is_some() => Damage::Expression,
            ([_], _) => Damage::Word,
            _ => Damage::Phrase,
        }
    }

    /// The finding of the rule `meta` about it.
    fn finding(&self, cx: &Context<'_>, options: Options, meta: &RuleMeta) -> Finding {
        let document = cx.document();
        let ends = |words: &[ScoredWord]| Some((words.first()?.unit, words.last()?.unit));
        let (mut first, mut last) = ends(self.words).expect("a passage has a word");
        for stretch in self.suggestions.first().iter().flat_map(|s| &s.repairs).map(Repair::stretch)
        {
            (first, last) = (first.min(stretch.start), last.max(stretch.end - 1));
        }
        let unit = |at: usize| document.tokens()[self.scores.units[at].token as usize].span;
        let mut span = unit(first).cover(unit(last));
        let mut text = document.slice(span);
        let mut offered: Vec<String> = Vec::new();
        if options.suggest
            && let Some(Statistics { lexicon, .. }) = self.scores.statistics
        {
            for suggestion in self.suggestions {
                let units = &self.scores.units;
                let made = apply(suggestion, document, &lexicon, units, (first, last));
                if made != text && !offered.contains(&made) {
                    offered.push(made);
                }
            }
        }
        if let Some(article) = article_before(document, span)
            && offered.iter().map(String::as_str).chain([text]).any(|t| article.repair(t).is_some())
            && !offered.is_empty()
        {
            for offered in &mut offered {
                *offered = article.before(offered);
            }
            span = article.span.cover(span);
            text = document.slice(span);
        }
        let expression = self.expression();
        let message = match (&expression, offered.first()) {
            (Some(e), Some(_)) => {
                format!("\"{}\" reads as a substitution for \"{}\"", e.found, e.suggested)
            }
            (_, Some(offered)) => {
                format!("\"{text}\" reads as a substitution for \"{offered}\"")
            }
            (_, None) => format!("\"{text}\" reads as a substitution"),
        };
        let best = self.words.iter().map(|w| w.score).max().unwrap_or_default();
        let mut finding = Finding::new(meta, span, evidence(best), message);
        if let Some(e) = expression {
            finding = finding.note(format!(
                "in reference text \"{}\" stands about {} times, \"{}\" not once that was kept",
                e.suggested, e.times, e.found
            ));
        }
        let others = self.scores.odd - self.words.len();
        finding = finding.note(match others {
            0 => "no other word of this text reads so".to_owned(),
            1 => "one other word of this text reads so".to_owned(),
            n => format!("{n} other words of this text read so"),
        });
        offered
            .into_iter()
            .fold(finding, |finding, text| finding.fix(Fix::replace(span, text, Safety::Unsafe)))
    }

    /// The fixed expression that the repair of a passage of one word makes with a neighbour, where the word itself makes
    /// none.
    fn expression(&self) -> Option<Expression> {
        let ([word], [repair]) = (self.words, &self.suggestions.first()?.repairs[..]) else {
            return None;
        };
        let statistics = self.scores.statistics?;
        let (lexicon, bigrams) = (&statistics.lexicon, &statistics.bigrams);
        let unit = |i: usize| self.scores.units.get(i).map(|u| u.id).filter(|id| id.is_word());
        let content = |id: WordId| lexicon.log10_hundredths(id) < -320;
        let own = unit(word.unit).filter(|_| repair.length == 1)?;
        let with = |left: WordId, right: WordId, neighbour: WordId| {
            let there = association(lexicon, bigrams, left, right);
            (content(neighbour) && there.seen >= ATTESTED && there.score >= BOUND)
                .then_some(there.seen)
        };
        let times = |seen: i32| {
            10_u64.pow(seen as u32 / 100)
                * [10, 13, 16, 20, 25, 32, 40, 50, 63, 79][seen as usize % 100 / 10]
                / 10
        };
        let say = |left: WordId, right: WordId| {
            format!("{} {}", lexicon.spelling(left), lexicon.spelling(right))
        };
        let candidate = repair.original;
        let after = unit(word.unit + 1).and_then(|next| {
            let seen = with(candidate, next, next)?;
            let unseen = bigrams.log10_count(own, next).is_none();
            unseen.then(|| Expression {
                found: say(own, next),
                suggested: say(candidate, next),
                times: times(seen),
            })
        });
        let before = || {
            let previous = unit(word.unit.checked_sub(1)?)?;
            let seen = with(previous, candidate, previous)?;
            let unseen = bigrams.log10_count(previous, own).is_none();
            unseen.then(|| Expression {
                found: say(previous, own),
                suggested: say(previous, candidate),
                times: times(seen),
            })
        };
        after.or_else(before)
    }
}

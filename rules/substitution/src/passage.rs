//! Scored words that stand side by side, and what is said of them.

use serde::Deserialize;
use unspin_lang::{article, transfer_case};
use unspin_lint::{
    Context, Edit, Finding, Fix, LogOdds, OptionKind, OptionMeta, RuleMeta, Safety, Span,
};
use unspin_model::{Lexicon, WordFlags, WordId};

use crate::association::association;
use crate::candidates::{Candidate, FORM};
use crate::inversions::Inversion;
use crate::score::{ODD, ScoredWord, WordScores};

/// What a score is worth less as evidence than as odds: training texts are half reworded, articles are not.
const PRIOR: LogOdds = LogOdds::from_milli(-1_200);
/// Most evidence of one finding, so that where a list names the damage, its finding stays.
const SUREST: LogOdds = LogOdds::from_milli(4_000);
/// Most words in one finding.
const MOST: usize = 4;
/// Gain in fit from which a candidate is offered: hundredths of log10.
const OFFERED: i32 = 40;
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
pub(crate) const SUGGEST: OptionMeta = OptionMeta {
    name: "suggest",
    kind: OptionKind::Boolean(true),
    doc: "whether the likeliest word in its place is offered",
};

/// Words that stand side by side, each of which may have been put in.
pub(crate) struct Passage<'s> {
    words: &'s [ScoredWord],
    scores: &'s WordScores,
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
    let passages = passages(&scores).filter(|p| p.damage() == damage);
    out.extend(passages.map(|p| p.finding(cx, options, meta)));
}

/// The passages of a document.
fn passages(scores: &WordScores) -> impl Iterator<Item = Passage<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while scores.words.get(at).is_some_and(|w| w.score < ODD) {
            at += 1;
        }
        let start = at;
        while at < scores.words.len()
            && at - start < MOST
            && scores.words[at].score >= ODD
            && (at == start || scores.words[at].unit == scores.words[at - 1].unit + 1)
        {
            at += 1;
        }
        (start < at).then(|| Passage { words: &scores.words[start..at], scores })
    })
}

/// Whether a candidate may be offered for a word: of the same form, and no function word, whose context fits any other.
fn is_alike(lexicon: &Lexicon<'_>, found: WordId, candidate: &Candidate) -> bool {
    let (found, offered) = (lexicon.flags(found).0, lexicon.flags(candidate.id).0);
    candidate.is_known()
        && found & FORM == offered & FORM
        && (found | offered) & WordFlags::FUNCTION == 0
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
        match self.words {
            _ if self.inversion().is_some() => Damage::Phrase,
            [word] if self.expression(word).is_some() => Damage::Expression,
            [_] => Damage::Word,
            _ => Damage::Phrase,
        }
    }

    /// The expression put in for one word that it is, or is part of, if that is likelier than what its words may stand
    /// for one by one.
    fn inversion(&self) -> Option<&Inversion> {
        let (first, last) = (self.words.first()?.unit, self.words.last()?.unit);
        let single = self.words.iter().map(|w| w.candidate.odds()).max()?;
        let inversion = &self.words.iter().max_by_key(|w| w.inversion.odds())?.inversion;
        let from = inversion.first as usize;
        let covers = from <= first && last < from + usize::from(inversion.length);
        (covers && inversion.gain >= OFFERED && inversion.odds() >= single).then_some(inversion)
    }

    /// The finding of the rule `meta` about it.
    fn finding(&self, cx: &Context<'_>, options: Options, meta: &RuleMeta) -> Finding {
        let document = cx.document();
        let spans: Vec<Span> = self.words.iter().map(|w| self.scores.span(document, w)).collect();
        let inversion = self.inversion();
        let span = match inversion {
            None => spans[0].cover(spans[spans.len() - 1]),
            Some(i) => {
                let at = i.first as usize;
                let unit = |at: usize| document.tokens()[self.scores.units[at].token as usize].span;
                unit(at).cover(unit(at + usize::from(i.length) - 1))
            }
        };
        let best = self.words.iter().map(|w| w.score + w.company).max().unwrap_or_default();
        let text = document.slice(span);
        let expression =
            self.words.first().filter(|_| self.words.len() == 1).and_then(|w| self.expression(w));
        let suggestion = match (inversion, self.scores.statistics) {
            _ if !options.suggest => None,
            (Some(i), Some(s)) => {
                Some(transfer_case(text, s.lexicon.spelling(i.original)).into_owned())
            }
            _ => self.suggestion(cx, &spans),
        };
        let message = match (&expression, &suggestion) {
            (Some(e), Some(_)) => {
                format!("\"{}\" reads as a substitution for \"{}\"", e.found, e.suggested)
            }
            (_, Some(suggestion)) => {
                format!("\"{text}\" reads as a substitution for \"{suggestion}\"")
            }
            (_, None) => format!("\"{text}\" reads as a substitution"),
        };
        let mut finding = Finding::new(meta, span, (best + PRIOR).min(SUREST), message);
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
        match suggestion {
            None => finding,
            Some(suggestion) => finding.fix(fix(cx, span, suggestion)),
        }
    }

    /// The passage with the best candidate for each word that has one; `None` if none has.
    fn suggestion(&self, cx: &Context<'_>, spans: &[Span]) -> Option<String> {
        let lexicon = self.scores.statistics?.lexicon;
        let document = cx.document();
        let mut out = String::new();
        let mut changed = false;
        for (i, (word, span)) in self.words.iter().zip(spans).enumerate() {
            if i > 0 {
                out.push_str(document.slice(Span::new(spans[i - 1].end, span.start)));
            }
            let found = document.slice(*span);
            let own = self.scores.units[word.unit].id;
            if word.candidate.gain >= OFFERED && is_alike(&lexicon, own, &word.candidate) {
                out.push_str(&transfer_case(found, lexicon.spelling(word.candidate.id)));
                changed = true;
            } else {
                out.push_str(found);
            }
        }
        changed.then_some(out)
    }

    /// The fixed expression that the candidate for `word` makes with a neighbour, where the word itself makes none.
    fn expression(&self, word: &ScoredWord) -> Option<Expression> {
        let statistics = self.scores.statistics?;
        let (lexicon, bigrams) = (&statistics.lexicon, &statistics.bigrams);
        let unit = |i: usize| self.scores.units.get(i).map(|u| u.id).filter(|id| id.is_word());
        let content = |id: WordId| lexicon.log10_hundredths(id) < -320;
        let own = unit(word.unit)?;
        if word.candidate.gain < OFFERED || !is_alike(lexicon, own, &word.candidate) {
            return None;
        }
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
        let candidate = word.candidate.id;
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

/// The replacement, with the article before it put right.
fn fix(cx: &Context<'_>, span: Span, suggestion: String) -> Fix {
    let document = cx.document();
    let first = document.tokens().partition_point(|t| t.span.start < span.start);
    let before = first.checked_sub(1).map(|i| &document.tokens()[i]);
    let repaired = before.and_then(|token| {
        let article = article::repair(document.token_text(token), &suggestion)?;
        Some(Edit { span: token.span, text: article.to_owned() })
    });
    match repaired {
        None => Fix::replace(span, suggestion, Safety::Unsafe),
        Some(repaired) => {
            let title = format!("replace with \"{} {suggestion}\"", repaired.text);
            Fix::new(title, Safety::Unsafe, vec![repaired, Edit { span, text: suggestion }])
        }
    }
}

//! Sentences that were cut and joined again in the wrong place.
//!
//! Tools that shuffle clauses, and machine translation that is fed line by line, leave seams: a stop inside a list, half
//! a name as a sentence, a preposition whose noun is gone. The seams are looked for where clean news has none at all;
//! what a slip of the finger leaves too (a small letter after a stop) weighs little.

use std::cell::OnceCell;

use unspin_lang::{Form, WordClass, word_class};
use unspin_lint::{Context, Finding, Fix, LogOdds, Rule, RuleMeta, Safety, rule};
use unspin_model::{Lexicon, WordFlags};
use unspin_text::{
    Case, Document, KeyFilter, QuoteKind, Span, TokenKind, fold_key_of_ascii, is_abbreviation,
};
use unspin_words::model;

use crate::neighbours::Neighbours;

rule! {
    /// A seam where sentences were cut and joined in the wrong place.
    ///
    /// # Why
    ///
    /// Tools that cut a text up and join it again, and translation line by line, leave a stop in the middle of a list
    /// ("Chile. , Peru"), half a name as a sentence of its own ("to the United Nations. United, according to two aides."),
    /// and a preposition with a bare verb after it ("including from perform their duties"). Clean news has none of these.
    /// An article with nothing to go with ("saw the, and left") is found in transcripts too, and a small letter after a full
    /// stop is a slip of writers as well: they are shown only where `min-confidence` is lowered to 0.5. Scraping leaves seams
    /// too, so none of them is evidence of rewording.
    ///
    /// # Examples
    ///
    /// ```bad
    /// The firm sells to Chile[[. ,]] Peru and Ecuador, and is free of some duties, including [[from perform]] audits.
    /// ```
    /// ```bad
    /// The report went to the United Nations. [[United, according to]] two aides who saw it.
    /// ```
    /// ```bad
    /// Rescue teams reached [[the]], and the boat was safe. Nobody was [[hurt. the]] crew went home.
    /// ```
    /// ```good
    /// Shares of Acme Corp. , which he founded, fell. He flew United Airlines. United, according to its pilots, was late.
    /// ```
    /// ```good
    /// The schools they came from perform well, and the people he works with believe so, approx. half of them.
    /// ```
    ///
    /// In a text that is clean otherwise a splice is shown and a slip is not:
    ///
    /// ```article
    /// The harbour board of Port Ellis voted on Monday to close the old fish market, which has stood empty since the
    /// winter storms of two years ago. The chair of the board said that repairs would cost more than a new hall, and
    /// that fishermen had found other buyers in the meantime. The board will keep the clock tower, which is older
    /// than the hall and is loved by visitors. It will be cleaned. the bell will be rung again. Work is to begin in
    /// April and to last until the autumn. A plan for the empty ground will be shown to the public in May, when
    /// people may write to the board with their wishes. Some want a park, others a small museum of boats, and a few
    /// would like to see nothing built at all. The town has bought ropes, paint and timber from Norway[[. ,]] Finland
    /// and Estonia, where prices are lower this year. The mayor told a meeting on Friday that the money is there and
    /// that the loan will be paid back within nine years. Nobody spoke against it.
    /// ```
    ///
    /// # When not to use
    ///
    /// On notes and logs; there, set it to `off`.
    pub(crate) META: "spliced-sentence" in "mechanics", Warning, min_confidence 0.8, scope Document,
    evidence false
}

/// Evidence in thousandths of a nat. In a million words of clean news the strong ones do not occur.
mod weight {
    /// ". ," and ", ." with a space between, in a text that sets none before its commas.
    pub(super) const CLASH: i32 = 5_000;
    /// Half a name, and who said so.
    pub(super) const HALF_NAME: i32 = 5_000;
    /// A bare verb after a preposition that cannot end a clause.
    pub(super) const BARE_VERB: i32 = 4_500;
    /// "the,": not in the news, but in transcripts, where people break off.
    pub(super) const ARTICLE: i32 = 400;
    /// ",." without a space, once in a million words of press releases.
    pub(super) const TYPED_CLASH: i32 = 400;
    /// A small letter after a stop.
    pub(super) const SMALL_LETTER: i32 = 400;
}

/// Words after which no clause can end in a preposition left behind ("the schools they came from").
const OPENERS: &[&str] =
    &["and", "as", "because", "but", "except", "including", "nor", "or", "than"];
static OPENING: KeyFilter = KeyFilter::of(OPENERS);

/// Prepositions that take a noun or a form in -ing, and never the bare verb.
const PREPOSITIONS: &[&str] = &[
    "against", "among", "between", "by", "despite", "during", "from", "into", "of", "toward",
    "towards", "upon", "via", "with", "without",
];
/// The marks and the words at which a seam is looked for.
static MARKS: KeyFilter = KeyFilter::of(&[",", ".", ".."]);
static WORDS: KeyFilter =
    KeyFilter::of(PREPOSITIONS).with(fold_key_of_ascii("an")).with(fold_key_of_ascii("the"));

/// See the page in [`META`].
pub(crate) struct SplicedSentence;

impl Rule for SplicedSentence {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let document = cx.document();
        let model = model(cx);
        let lexicon = model.statistics().map(|statistics| statistics.lexicon);
        let spaces_commas = OnceCell::new();
        for paragraph in Neighbours::paragraphs(document) {
            for (at, token) in paragraph.range().zip(paragraph.tokens()) {
                let finding = match token.kind {
                    TokenKind::Punct if MARKS.may_hold(token.key) => clash(&paragraph, at)
                        .filter(|_| !spaces_commas.get_or_init(|| spaces_its_commas(document)))
                        .or_else(|| half_name(&paragraph, at))
                        .or_else(|| small_letter(&paragraph, lexicon.as_ref(), at)),
                    // Most of these words neither touch what follows nor open a phrase, which is told first.
                    TokenKind::Word
                        if token.case == Case::Lower
                            && WORDS.may_hold(token.key)
                            && (paragraph.touches(at + 1) || opens_phrase(&paragraph, at)) =>
                    {
                        stray_article(&paragraph, at)
                            .or_else(|| bare_verb(&paragraph, lexicon.as_ref(), at))
                    }
                    _ => continue,
                };
                if let Some(finding) = finding {
                    out.push(finding);
                }
            }
        }
    }
}

fn finding(span: Span, evidence: i32, message: impl Into<String>) -> Finding {
    Finding::new(&META, span, LogOdds::from_milli(evidence), message.into())
}

/// Whether the text is written with a space before commas, as tokenised corpora are: then they say nothing.
fn spaces_its_commas(document: &Document<'_>) -> bool {
    let commas = document.tokens().iter().filter(|t| document.token_text(t) == ",");
    let (spaced, touching) =
        commas.fold((0, 0), |(s, t), c| if c.spaced { (s + 1, t) } else { (s, t + 1) });
    spaced > touching
}

/// "China. , Russia", "the firm, .".
fn clash(near: &Neighbours<'_>, at: usize) -> Option<Finding> {
    if !near.kind_is(at + 1, TokenKind::Punct) {
        return None;
    }
    let (first, second) = (near.text(at), near.text(at + 1));
    let word = near.token(at.wrapping_sub(1))?;
    let follows_word = word.kind == TokenKind::Word
        && matches!(word.case, Case::Lower | Case::Title)
        && word.span.len() > 2
        && near.touches(at);
    if !follows_word {
        return None;
    }
    let keep = match (first, second) {
        (".", "," | ";") if !near.touches(at + 1) => second,
        (",", ".") => ".",
        _ => return None,
    };
    let abbreviated = first == "." && is_abbreviation(near.text_before(at));
    // ", .5" is a number.
    let goes_on = second == "." && near.touches(at + 2);
    if abbreviated || goes_on || !near.kind_is(at + 2, TokenKind::Word) && first == "." {
        return None;
    }
    let span = near.token(at)?.span.cover(near.token(at + 1)?.span);
    let message = format!("\"{first}\" and \"{second}\" stand side by side");
    let evidence = if near.touches(at + 1) { weight::TYPED_CLASH } else { weight::CLASH };
    Some(finding(span, evidence, message).fix(Fix::replace(span, keep, Safety::Unsafe)))
}

/// "to the United Nations. United, according to two aides.": the first half of the last name, and a sentence that says no
/// more. With a second comma the name is its subject.
fn half_name(near: &Neighbours<'_>, at: usize) -> Option<Finding> {
    const LONGEST: usize = 20;
    if !near.kind_is(at + 2, TokenKind::Punct)
        || near.text(at) != "."
        || near.touches(at + 1)
        || near.text(at + 2) != ","
    {
        return None;
    }
    let attributed = match near.text(at + 3) {
        "according" => near.text(at + 4) == "to",
        "said" | "says" => true,
        _ => false,
    };
    if !attributed || near.token(at + 1)?.case != Case::Title {
        return None;
    }
    let last = at.wrapping_sub(1);
    let name = (0..4).map(|back| last.wrapping_sub(back)).take_while(|i| {
        near.token(*i).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Title)
    });
    let key = near.token(at + 1)?.key;
    if !name.skip(1).any(|i| near.token(i).is_some_and(|t| t.key == key)) {
        return None;
    }
    let end = (at + 3..at + 3 + LONGEST)
        .find(|i| matches!(near.text(*i), "." | "," | ";" | "" | "\u{2013}"))?;
    if !matches!(near.text(end), "." | "") {
        return None;
    }
    let to = at + 3 + usize::from(near.text(at + 3) == "according");
    let span = near.token(at + 1)?.span.cover(near.token(to)?.span);
    let message =
        format!("\"{}\" is half of the name before it, not a sentence", near.text(at + 1));
    Some(finding(span, weight::HALF_NAME, message))
}

/// A small letter after a full stop that ends no abbreviation.
fn small_letter(
    near: &Neighbours<'_>,
    lexicon: Option<&Lexicon<'_>>,
    at: usize,
) -> Option<Finding> {
    let goes_on = near.token(at + 1).is_some_and(|t| t.case == Case::Lower && t.spaced);
    if !goes_on || !matches!(near.text(at), "." | "..") || !near.touches(at) {
        return None;
    }
    let (before, after) = (near.token(at.wrapping_sub(1))?, near.token(at + 1)?);
    let words = before.kind == TokenKind::Word
        && after.kind == TokenKind::Word
        && before.case == Case::Lower
        && after.case == Case::Lower
        && before.span.len() > 3
        && after.span.len() > 1;
    if !words || is_abbreviation(near.text_before(at)) || is_abbreviation(near.text(at + 1)) {
        return None;
    }
    let lexicon = lexicon?;
    let open = WordFlags::NOUN
        | WordFlags::VERB
        | WordFlags::ADJECTIVE
        | WordFlags::ADVERB
        | WordFlags::FUNCTION;
    let known = |key| lexicon.get(key).is_some_and(|id| lexicon.flags(id).0 & open != 0);
    if !known(before.key) || !known(after.key) {
        return None;
    }
    let message = format!("a full stop, and \"{}\" goes on in small letters", near.text(at + 1));
    Some(finding(before.span.cover(after.span), weight::SMALL_LETTER, message))
}

/// "reached the, and". In speech people break off.
fn stray_article(near: &Neighbours<'_>, at: usize) -> Option<Finding> {
    let article = near.text(at);
    if !near.touches(at + 1) || !matches!(article, "the" | "an") || near.is_in_compound(at) {
        return None;
    }
    let mark = near.text(at + 1);
    let ends = match mark {
        "," | ";" => near.kind_is(at + 2, TokenKind::Word) && !near.touches(at + 2),
        "." => !near.touches(at + 2),
        _ => false,
    };
    let before = near.token(at.wrapping_sub(1))?;
    let span = near.token(at)?.span;
    if !ends || before.kind != TokenKind::Word || is_quoted(near.document(), span) {
        return None;
    }
    Some(finding(
        span,
        weight::ARTICLE,
        format!("\"{article}\" stands before \"{mark}\", without its noun"),
    ))
}

fn is_quoted(document: &Document<'_>, span: Span) -> bool {
    // Quotations are sorted by start and nest shallowly; a bounded look back keeps this constant.
    const NEAR: usize = 16;
    let before = document.quotations().partition_point(|q| q.span.start < span.start);
    let mut near = document.quotations()[..before].iter().rev().take(NEAR);
    near.any(|q| q.kind != QuoteKind::Code && q.span.contains(span))
}

/// Whether a word may stand before token `at` after which no clause can end in it.
fn opens_phrase(near: &Neighbours<'_>, at: usize) -> bool {
    near.token(at.wrapping_sub(1)).is_some_and(|t| OPENING.may_hold(t.key))
}

/// "including from perform": a preposition that opens its phrase, and a word that is a bare verb and nothing else.
fn bare_verb(near: &Neighbours<'_>, lexicon: Option<&Lexicon<'_>>, at: usize) -> Option<Finding> {
    if !opens_phrase(near, at) {
        return None;
    }
    let preposition = near.text(at);
    let verb = near.token(at + 1)?;
    let spaced = near.token(at)?.spaced && verb.spaced;
    if !spaced
        || verb.kind != TokenKind::Word
        || verb.case != Case::Lower
        || !PREPOSITIONS.contains(&preposition)
    {
        return None;
    }
    let before = near.text_before(at);
    if !OPENERS.contains(&before) || near.is_in_compound(at + 1) {
        return None;
    }
    let text = near.text(at + 1);
    // A noun in this one phrase.
    let idiom = (preposition, text) == ("without", "fail");
    if idiom || !is_bare_verb(lexicon?, verb.key, text) {
        return None;
    }
    let span = near.token(at)?.span.cover(verb.span);
    let message = format!("\"{preposition}\" stands before \"{text}\", a bare verb");
    Some(finding(span, weight::BARE_VERB, message))
}

fn is_bare_verb(lexicon: &Lexicon<'_>, key: u32, word: &str) -> bool {
    let Some(id) = lexicon.get(key) else { return false };
    // Nothing but a verb, and in no inflected form.
    lexicon.flags(id).0 == WordFlags::VERB
        && word_class(word).is_none_or(|class| class == WordClass::Auxiliary)
        && unspin_lang::lemmas(word).any(|reading| reading.forms.contains(Form::Base))
}

#[cfg(test)]
mod tests {
    use unspin_lint::{Document, page};

    use super::SplicedSentence;

    fn marked(text: &str) -> Vec<&str> {
        let document = Document::new(text.as_bytes());
        let found = page::raw(&SplicedSentence, &document);
        found.iter().map(|f| &text[f.span.range()]).collect()
    }

    #[test]
    fn a_text_that_spaces_its_commas_is_tokenised_and_not_spliced() {
        let text = "Boats , nets and ropes , too , went to Chile. , and to Peru .";
        assert_eq!(marked(text), [""; 0]);
        assert_eq!(marked("Boats, nets and ropes, too, went to Chile. , and to Peru."), [". ,"]);
    }

    #[test]
    fn a_name_that_is_the_subject_is_no_half() {
        for text in [
            "He flew United Airlines. United, according to its crew, was late.",
            "She met Anna Okoro. Okoro, according to friends.",
            "She met them. Wrong, according to friends.",
        ] {
            assert_eq!(marked(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn prepositions_left_behind_take_any_verb() {
        for text in [
            "The towns they come from provide work.",
            "They spoke of love and of hate, daily and without fail.",
        ] {
            assert_eq!(marked(text), [""; 0], "{text}");
        }
        assert_eq!(marked("It profits from sales and from provide care."), ["from provide"]);
    }

    #[test]
    fn small_letters_after_abbreviations_and_dots_are_left_alone() {
        for text in [
            "Acme Corp. said so at approx. noon, i.e. late.",
            "He waited... then left the .net shop.",
            "The iron law (the, er, law) of \"the, the, thing\" holds.",
        ] {
            assert_eq!(marked(text), [""; 0], "{text}");
        }
    }
}

//! A term that the house does not use.

use unspin_lang::{Form, forms, inflect, transfer_case};
use unspin_lint::{
    Context, Finding, Fix, LogOdds, RejectedTerms, Rule, RuleMeta, Safety, Span, TermMatch, Terms,
    rule,
};

rule! {
    /// A word or phrase that `[vocabulary] reject` lists.
    ///
    /// # Why
    ///
    /// A house has terms that it does not print: a competitor's spelling of a name, a word that its style guide bans,
    /// a synonym that its own rewording tool likes. The list is yours; without one the rule finds nothing. Inflected
    /// forms of a listed word are meant too, and a suggestion takes the same form. A capital letter in a term asks for
    /// one in the text. What is rejected says nothing of how a text was made, so it is no evidence.
    ///
    /// # Examples
    ///
    /// ```settings
    /// [vocabulary]
    /// reject = [
    ///   "irregardless",
    ///   { term = "utilise", suggest = "use" },
    ///   { term = "effectuate", suggest = "carry out" },
    ///   { term = "leverage", inflect = false },
    ///   { term = "Gray Lake", suggest = "Grey Lake" },
    /// ]
    /// ```
    /// ```bad
    /// The mill [[utilised]] the old wheel, and [[Utilising]] it paid, [[irregardless]] of the frost.
    /// ```
    /// ```fixed
    /// The mill used the old wheel, and Using it paid, irregardless of the frost.
    /// ```
    /// ```bad
    /// The repair was [[effectuated]] at [[Gray Lake]] with [[leverage]].
    /// ```
    /// ```fixed
    /// The repair was carried out at Grey Lake with leverage.
    /// ```
    /// ```good
    /// The mill used the old wheel at a gray lake, and leveraged nothing.
    /// ```
    /// ```good
    /// The utility of the wheel was effectual.
    /// ```
    ///
    /// # Options
    ///
    /// None; the list stands in `[vocabulary]`.
    ///
    /// # When not to use
    ///
    /// For damage that every house would want found: that is a rule of its own.
    pub(crate) META: "rejected-term" in "house", Warning, min_confidence 0.5, scope Sentence,
    evidence false
}

/// A listed term is what it is. In thousandths of a nat.
const CERTAIN: LogOdds = LogOdds::from_milli(10_000);

/// See the page in [`META`].
pub(crate) struct RejectedTerm;

impl Rule for RejectedTerm {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let Some(RejectedTerms(terms)) = cx.resource() else { return };
        let mut end = 0;
        for found in terms.find(cx.document()) {
            if found.tokens.start >= end {
                end = found.tokens.end;
                out.extend(finding(cx, terms, &found));
            }
        }
    }
}

/// `None` where the term stands as it is suggested.
fn finding(cx: &Context<'_>, terms: &Terms, found: &TermMatch) -> Option<Finding> {
    let document = cx.document();
    let tokens = &document.tokens()[found.tokens.clone()];
    let span: Span = tokens[0].span.cover(tokens[tokens.len() - 1].span);
    let text = document.slice(span);
    let term = &terms.terms()[found.term];
    let mut written_so = tokens.iter().zip(terms.words(found.term)).map(|(token, word)| {
        let text = document.token_text(token).to_lowercase();
        let forms = forms(word).filter(|(_, f)| text != word && *f == text);
        forms.map(|(form, _)| form).collect::<Vec<_>>()
    });
    let inflected = written_so.find(|forms| !forms.is_empty());
    let mut suggestions: Vec<String> = Vec::new();
    for written in &term.suggestions {
        for form in inflected.as_deref().unwrap_or(&[Form::Base]) {
            let fitting = in_form(written, *form);
            // Where letter case is all that differs, it is what the suggestion is about.
            let is_case = fitting.to_lowercase() == text.to_lowercase();
            let fitting =
                if is_case { fitting } else { transfer_case(text, &fitting).into_owned() };
            if !suggestions.contains(&fitting) {
                suggestions.push(fitting);
            }
        }
    }
    if suggestions.iter().any(|suggestion| suggestion == text) {
        return None;
    }
    let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let message = match suggestions.first() {
        Some(first) => format!("\"{shown}\" is rejected by the vocabulary, which has \"{first}\""),
        None => format!("\"{shown}\" is rejected by the vocabulary"),
    };
    let finding = Finding::new(&META, span, CERTAIN, message);
    Some(suggestions.into_iter().fold(finding, |f, s| f.fix(Fix::replace(span, s, Safety::Unsafe))))
}

/// A suggestion in the form of what it replaces: of several words the last one takes a plural, the first one the rest.
fn in_form(suggestion: &str, form: Form) -> String {
    let mut words: Vec<String> = suggestion.split_whitespace().map(str::to_owned).collect();
    let place = if form == Form::Plural { words.len().checked_sub(1) } else { Some(0) };
    if form != Form::Base
        && let Some(word) = place.and_then(|place| words.get_mut(place))
    {
        *word = inflect(word, form);
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_of_several_words_is_inflected_where_english_does() {
        assert_eq!(in_form("carry out", Form::Past), "carried out");
        assert_eq!(in_form("power station", Form::Plural), "power stations");
        assert_eq!(in_form("use", Form::Base), "use");
    }
}

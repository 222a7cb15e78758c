//! From a dictionary form to its inflections.

use crate::form::Form;
use crate::spelling;
use crate::table::Table;

/// The inflected form of `lemma` (in lower case, one word): "child", plural, gives "children".
///
/// Where usage has several spellings it gives the one commonest in American news ("focused", "traveled"); [`forms`]
/// gives them all. An adjective that takes no -er or -est gets "more" or "most", and a noun without a plural
/// ("advice") stays as it is.
pub fn inflect(lemma: &str, form: Form) -> String {
    if let Some(first) = exceptions(lemma, form).next() {
        return first.to_owned();
    }
    let graded = if periphrastic(lemma, form) { None } else { spelling::inflect(lemma, form) };
    graded.unwrap_or_else(|| {
        let degree = if form == Form::Comparative { "more" } else { "most" };
        format!("{degree} {lemma}")
    })
}

/// Every inflected form of `lemma` that is one word, with its variants, the lemma itself first. The word class is not
/// known, so a noun gets verb forms too: for matching, not for showing.
pub fn forms(lemma: &str) -> impl Iterator<Item = (Form, String)> {
    Form::ALL.into_iter().flat_map(move |form| {
        let mut listed = exceptions(lemma, form).map(str::to_owned).collect::<Vec<_>>();
        if listed.is_empty() && !periphrastic(lemma, form) {
            listed.extend(spelling::inflect(lemma, form));
        }
        listed.into_iter().map(move |word| (form, word))
    })
}

/// The table's entry for `form` of `lemma`, e.g. "p:children" in the row of "child".
fn cell(lemma: &str, form: Form) -> Option<&'static str> {
    let row = Table::INFLECTIONS.get(lemma)?;
    row.split(' ').find_map(|cell| cell.strip_prefix(form.letter())?.strip_prefix(':'))
}

/// The spellings the table lists, preferred first; none where the rule holds.
fn exceptions(lemma: &str, form: Form) -> impl Iterator<Item = &'static str> {
    cell(lemma, form).into_iter().flat_map(|cell| cell.split('|')).filter(|&word| word != "-")
}

/// Whether the table says that `lemma` takes "more" and "most" although it looks as if it took -er and -est.
fn periphrastic(lemma: &str, form: Form) -> bool {
    matches!(form, Form::Comparative | Form::Superlative) && cell(lemma, form) == Some("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irregular_forms_come_from_the_table() {
        for (lemma, form, wanted) in [
            ("child", Form::Plural, "children"),
            ("person", Form::Plural, "people"),
            ("woman", Form::Plural, "women"),
            ("human", Form::Plural, "humans"),
            ("analysis", Form::Plural, "analyses"),
            ("aircraft", Form::Plural, "aircraft"),
            ("advice", Form::Plural, "advice"),
            ("go", Form::Past, "went"),
            ("go", Form::ThirdSingular, "goes"),
            ("see", Form::Participle, "seen"),
            ("hang", Form::Past, "hung"),
            ("program", Form::Past, "programmed"),
            ("begin", Form::Gerund, "beginning"),
            ("refer", Form::Past, "referred"),
            ("offer", Form::Past, "offered"),
            ("be", Form::ThirdSingular, "is"),
            ("be", Form::Gerund, "being"),
            ("dye", Form::Gerund, "dyeing"),
            ("good", Form::Superlative, "best"),
            ("bad", Form::Comparative, "worse"),
        ] {
            assert_eq!(inflect(lemma, form), wanted);
        }
    }

    #[test]
    fn long_adjectives_are_compared_with_more_and_most() {
        assert_eq!(inflect("intelligent", Form::Comparative), "more intelligent");
        assert_eq!(inflect("unanimous", Form::Superlative), "most unanimous");
    }

    #[test]
    fn forms_list_every_spelling_and_no_phrase() {
        let travel = forms("travel").map(|(_, word)| word).collect::<Vec<_>>();
        for spelling in ["travel", "travels", "traveled", "travelled", "traveling", "travelling"] {
            assert!(travel.iter().any(|word| word == spelling), "{spelling}");
        }
        assert!(forms("intelligent").all(|(_, word)| !word.contains(' ')));
        assert_eq!(forms("property").next(), Some((Form::Base, "property".to_owned())));
    }
}

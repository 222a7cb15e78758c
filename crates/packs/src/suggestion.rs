//! Suggestions: what a match becomes, with the form and the letter case of what it replaces.
//!
//! Form and groups are settled when the table is built; the words that wildcards met, and letter case, when it is used.

use std::borrow::Cow;

use unspin_lang::{Form, is_function_word, transfer_case};

use crate::pattern::{Expansion, Pattern};

/// Checks a suggestion against the pattern it belongs to; the error is the offset in bytes, what is wrong, the help.
pub(crate) fn check(
    template: &str,
    pattern: &Pattern,
) -> Result<(), (usize, String, &'static str)> {
    if template.trim().is_empty() {
        return Err((
            0,
            "an empty suggestion".into(),
            "leave it out, or write what the phrase should become",
        ));
    }
    let mut wildcards = 0;
    let mut at = 0;
    while let Some(found) = template[at..].find(['<', '{', '*']) {
        at += found;
        let close = match template.as_bytes()[at] {
            b'<' if !pattern.has_lemma() => {
                return Err((
                    at,
                    "the pattern has no lemma whose form this could take".into(),
                    "write a plain word",
                ));
            }
            b'<' => '>',
            b'{' => '}',
            _ => {
                wildcards += 1;
                if wildcards > pattern.wildcards {
                    return Err((
                        at,
                        "more wildcards than the pattern has".into(),
                        "each `*` is one of the pattern's",
                    ));
                }
                at += 1;
                continue;
            }
        };
        let Some(length) = template[at..].find(close) else {
            return Err((at, format!("`{close}` is missing"), "write `<lemma>` or `{1}`"));
        };
        let inside = &template[at + 1..at + length];
        if close == '}' && !inside.parse::<usize>().is_ok_and(|n| (1..=pattern.groups).contains(&n))
        {
            return Err((at, format!("the pattern has no group {inside}"), "groups count from 1"));
        }
        at += length + 1;
    }
    Ok(())
}

/// The suggestion for one expansion of the pattern; `*` is left for [`finish`]. `template` has passed [`check`].
pub(crate) fn settle(template: &str, expansion: &Expansion) -> String {
    let mut out = String::with_capacity(template.len());
    let mut lemmas = 0;
    let mut gaps = expansion.gaps.iter();
    let mut rest = template;
    while let Some(at) = rest.find(['<', '{', '*']) {
        out.push_str(&rest[..at]);
        if rest.as_bytes()[at] == b'*' {
            // A gap of no words met none; what is left is filled in order.
            if gaps.next().is_none_or(|length| *length > 0) {
                out.push('*');
            }
            rest = &rest[at + 1..];
            continue;
        }
        let close = if rest.as_bytes()[at] == b'<' { '>' } else { '}' };
        let end = rest[at..].find(close).map_or(rest.len() - 1, |length| at + length);
        let inside = &rest[at + 1..end];
        if close == '>' {
            let form = expansion.forms.get(lemmas).or(expansion.forms.last());
            out.push_str(&unspin_lang::inflect(inside, form.copied().unwrap_or(Form::Base)));
            lemmas += 1;
        } else {
            let group =
                inside.parse::<usize>().ok().and_then(|n| expansion.groups.get(n.checked_sub(1)?));
            out.push_str(group.map_or("", String::as_str));
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    tidy(&out).into_owned()
}

/// A text with one space between words and none around: an absent group leaves two behind, or an outer one.
pub(crate) fn tidy(text: &str) -> Cow<'_, str> {
    let is_tidy =
        text.split(' ').all(|word| !word.is_empty() && !word.contains(char::is_whitespace));
    if is_tidy {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Puts the words that the wildcards met, and the letter case of `found`, into a settled suggestion.
pub(crate) fn finish<'w>(
    settled: &str,
    found: &str,
    mut wildcards: impl Iterator<Item = &'w str>,
) -> String {
    let mut out = String::with_capacity(settled.len() + 8);
    for (i, part) in settled.split('*').enumerate() {
        if i > 0 {
            out.push_str(wildcards.next().unwrap_or_default());
        }
        out.push_str(part);
    }
    let cased = transfer_case(found, &out);
    let has_inner_capital =
        found.split_whitespace().skip(1).any(|word| word.contains(char::is_uppercase));
    // One word repeats no name.
    if has_inner_capital && out.contains(' ') {
        with_capitals_of(found, &cased, &out)
    } else {
        cased.into_owned()
    }
}

/// The suggestion with words that stay written as they were found, so that a name keeps its capitals and lends them to
/// no other word: "withinside the World" becomes "in the World". `cased` is `plain` in the letter case of `found`.
fn with_capitals_of(found: &str, cased: &str, plain: &str) -> String {
    let starts_small = !found.starts_with(char::is_uppercase);
    let words = cased.split(' ').zip(plain.split(' ')).enumerate().map(|(i, (cased, plain))| {
        let mut kept = found.split_whitespace().skip(1);
        match kept.find(|word| word.eq_ignore_ascii_case(plain)) {
            Some(word) if i > 0 => word,
            _ if i == 0 && starts_small && is_function_word(plain) => plain,
            _ => cased,
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

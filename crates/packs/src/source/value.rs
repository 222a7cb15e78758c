//! Values of a rule's TOML, each checked for its type.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;
use unspin_lint::{LogOdds, Safety, nearest};

use super::Origin;
use crate::PackError;
use crate::layout::SAFETIES;

pub(crate) type Value<'t> = Spanned<DeValue<'t>>;

/// Refuses a key that is none of these, with the one that was perhaps meant.
pub(crate) fn known(key: &Spanned<Cow<'_, str>>, keys: &[&'static str]) -> Result<(), PackError> {
    let name = key.get_ref().as_ref();
    if keys.contains(&name) {
        return Ok(());
    }
    let help = match nearest(name, keys.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known keys: {}", keys.join(", ")),
    };
    Err(PackError::new(key.span(), format!("unknown key `{name}`")).help(help))
}

pub(crate) fn missing(key: &str, at: &Range<usize>) -> PackError {
    PackError::new(at.clone(), format!("`{key}` is missing"))
}

pub(crate) fn string(value: &Value<'_>, key: &str) -> Result<String, PackError> {
    let text = value.get_ref().as_str().map(str::to_owned);
    text.ok_or_else(|| PackError::new(value.span(), format!("`{key}` must be a string")))
}

/// A string, or an array of them, with their spans.
pub(crate) fn strings(value: &Value<'_>) -> Result<Vec<(String, Range<usize>)>, PackError> {
    if let Some(array) = value.get_ref().as_array() {
        return array.iter().map(|v| Ok((string(v, "each item")?, v.span()))).collect();
    }
    let text = value.get_ref().as_str().map(str::to_owned);
    let text = text
        .ok_or_else(|| PackError::new(value.span(), "a string or an array of strings is needed"))?;
    Ok(vec![(text, value.span())])
}

pub(super) fn boolean(value: &Value<'_>, key: &str) -> Result<bool, PackError> {
    value
        .get_ref()
        .as_bool()
        .ok_or_else(|| PackError::new(value.span(), format!("`{key}` must be true or false")))
}

pub(super) fn number(value: &Value<'_>, key: &str) -> Result<f64, PackError> {
    let float = value.get_ref().as_float().map(|f| f.as_str().to_owned());
    let text = float.or_else(|| value.get_ref().as_integer().map(|i| i.as_str().to_owned()));
    text.and_then(|t| t.replace('_', "").parse().ok())
        .ok_or_else(|| PackError::new(value.span(), format!("`{key}` must be a number")))
}

pub(super) fn nats(value: &Value<'_>) -> Result<LogOdds, PackError> {
    let nats = number(value, "evidence")?;
    if !(-20.0..=20.0).contains(&nats) {
        return Err(PackError::new(value.span(), "`evidence` lies between -20 and 20 nats"));
    }
    Ok(LogOdds::from_nats(nats))
}

pub(super) fn origin(value: &Value<'_>) -> Result<Origin, PackError> {
    let text = string(value, "origin")?;
    text.parse().map_err(|()| {
        let help = match nearest(&text, ["written", "channel", "wordnet"]) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "written, channel, wordnet, or observed: and a letter".to_owned(),
        };
        PackError::new(value.span(), format!("`{text}` is no origin")).help(help)
    })
}

/// Index of the value of a key among `names`.
pub(super) fn one_of(
    value: &Value<'_>,
    key: &str,
    names: &[&'static str],
) -> Result<usize, PackError> {
    let text = string(value, key)?;
    names.iter().position(|name| *name == text).ok_or_else(|| {
        let help = match nearest(&text, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of {}", names.join(", ")),
        };
        PackError::new(value.span(), format!("`{text}` is no {key}")).help(help)
    })
}

pub(super) fn safety(value: &Value<'_>) -> Result<Safety, PackError> {
    one_of(value, "safety", &SAFETIES.map(Safety::as_str)).map(|at| SAFETIES[at])
}

/// Whether a name is lower-case words joined by hyphens.
pub(crate) fn kebab_case(name: &str, span: Range<usize>) -> Result<(), PackError> {
    let is_word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if name.split('-').all(is_word) {
        return Ok(());
    }
    Err(PackError::new(span, format!("`{name}` is not kebab-case"))
        .help("lower-case words joined by hyphens"))
}

//! Texts as Python hands them over.

use std::borrow::Cow;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use unspin_lint::Markup;

/// The bytes of a `str` or `bytes`. A `str` may hold lone surrogates, which no text has: each is read as U+FFFD, so that
/// code points are counted as Python counts them.
pub(crate) fn bytes_of<'a>(given: &'a Bound<'_, PyAny>) -> PyResult<Cow<'a, [u8]>> {
    if let Ok(text) = given.cast::<PyString>() {
        return match text.to_cow() {
            Ok(Cow::Borrowed(text)) => Ok(Cow::Borrowed(text.as_bytes())),
            Ok(Cow::Owned(text)) => Ok(Cow::Owned(text.into_bytes())),
            Err(_) => without_surrogates(text).map(|text| Cow::Owned(text.into_bytes())),
        };
    }
    if let Ok(bytes) = given.cast::<PyBytes>() {
        return Ok(Cow::Borrowed(bytes.as_bytes()));
    }
    let name = given.get_type().qualname()?;
    Err(PyTypeError::new_err(format!("a text is a str or bytes, not {name}")))
}

fn without_surrogates(text: &Bound<'_, PyString>) -> PyResult<String> {
    let units = text.call_method1("encode", ("utf-32-le", "surrogatepass"))?;
    let units = units.cast::<PyBytes>().map_err(PyErr::from)?;
    let (units, _) = units.as_bytes().as_chunks::<4>();
    let char = |unit: &[u8; 4]| char::from_u32(u32::from_le_bytes(*unit));
    Ok(units.iter().map(|unit| char(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// What a text is written in: the name of a format, or `None` where its start shall tell, as it does for the fields of
/// records.
pub(crate) fn markup(name: Option<&str>) -> PyResult<Option<Markup>> {
    Ok(Some(match name {
        None => return Ok(None),
        Some("plain") => Markup::Plain,
        Some("markdown") => Markup::Markdown,
        Some("html") => Markup::Html,
        Some(other) => {
            let message = format!(
                "markup is \"plain\", \"markdown\", \"html\" or None (the text's start tells), not {other:?}"
            );
            return Err(PyValueError::new_err(message));
        }
    }))
}

/// The format of a text of which none was named.
pub(crate) fn told(markup: Option<Markup>, bytes: &[u8]) -> Markup {
    markup.unwrap_or_else(|| {
        let (source, ..) = unspin_text::source::decode(bytes);
        unspin_containers::field_markup(&source)
    })
}

//! JSON Lines.

use serde_json::Value;
use unspin_containers::{Container, Format, Options};
use unspin_text::Markup;

use crate::choices::Choices;
use crate::container;

/// The first byte decides about limits, fields and markup, the rest is the file.
pub fn check(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let how = choices.byte();
    let rest = choices.rest();
    let limits = if how & 1 == 0 { Options::default().limits } else { container::narrow() };
    let fields: &[&str] = if how & 2 == 0 { &[] } else { &["/a/body", "text"] };
    let fields = fields.iter().map(|field| (*field).to_owned()).collect();
    let markup = (how & 4 == 4).then_some(Markup::Html);
    let json = Container { format: Format::JsonLines, compression: None };
    container::check(json, rest, &Options { fields, markup, limits });
    agrees(json, rest);
}

/// A line that another reader of JSON takes for an object with a text is read as that reader reads it.
fn agrees(json: Container, file: &[u8]) {
    let options =
        Options { fields: vec!["/text".into()], markup: Some(Markup::Plain), ..Options::default() };
    for line in file.split(|byte| *byte == b'\n').take(20) {
        // Which of two members of one name counts is anybody's choice.
        let names = line.windows(6).filter(|six| *six == b"\"text\"").count();
        let Ok(value) = serde_json::from_slice::<Value>(line) else { continue };
        let Some(Value::String(text)) = value.pointer("/text") else { continue };
        let is_sure = names == 1 && !line.contains(&b'\\') && !text.trim().is_empty();
        if is_sure {
            let told = container::check(json, line, &options);
            let [Ok(entry)] = told.as_slice() else { panic!("{told:?} of {text:?}") };
            assert_eq!(
                (entry.locator.as_str(), &entry.text[..]),
                ("line 1 /text", text.as_bytes())
            );
        }
    }
}

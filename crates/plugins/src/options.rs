//! Options: declared by a plugin, set in `lint.toml`, given to it with every call.

use std::borrow::Cow;

use serde::Deserialize as _;
use serde::de::Error as _;
use unspin_lint::{OptionKind, OptionMeta, OptionsError};

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Boolean(bool),
    Integer(i64),
    Texts(Vec<String>),
}

/// The values where nothing is set, in the order of declaration.
pub(crate) fn defaults(options: &[OptionMeta]) -> Vec<Value> {
    let default = |option: &OptionMeta| match &option.kind {
        OptionKind::Boolean(value) => Value::Boolean(*value),
        OptionKind::Integer { default, .. } => Value::Integer(*default),
        OptionKind::Texts(texts) => Value::Texts(texts.iter().map(Cow::to_string).collect()),
    };
    options.iter().map(default).collect()
}

/// The values under what is set.
pub(crate) fn read(
    options: &[OptionMeta],
    set: toml::de::ValueDeserializer<'_>,
) -> Result<Vec<Value>, OptionsError> {
    if options.is_empty() {
        return Err(OptionsError::NoOptions);
    }
    let mut values = defaults(options);
    for (name, value) in toml::Table::deserialize(set)? {
        let place = options.iter().position(|option| option.name == name);
        let place = place.ok_or_else(|| wrong(format!("there is no option `{name}`")))?;
        let kind = &options[place].kind;
        values[place] = fitting(kind, &value)
            .ok_or_else(|| wrong(format!("`{name}` must be {}", kind.expected())))?;
    }
    Ok(values)
}

fn wrong(message: String) -> toml::de::Error {
    toml::de::Error::custom(message)
}

fn fitting(kind: &OptionKind, value: &toml::Value) -> Option<Value> {
    match kind {
        OptionKind::Boolean(_) => value.as_bool().map(Value::Boolean),
        OptionKind::Integer { least, most, .. } => {
            value.as_integer().filter(|n| (least..=most).contains(&n)).map(Value::Integer)
        }
        OptionKind::Texts(_) => {
            let texts = value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned));
            texts.collect::<Option<_>>().map(Value::Texts)
        }
    }
}

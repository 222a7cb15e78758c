//! What a client adds to the settings of the house.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

/// The section `unspin` of a client's settings; `README.md` has the table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Options {
    /// Ignore every `lint.toml`.
    pub no_config: bool,
    /// Rules and families that are shown; all if there is none.
    pub select: Vec<String>,
    /// Rules and families that are not shown.
    pub ignore: Vec<String>,
    /// A model file in the place of the one inside.
    pub model: Option<PathBuf>,
    /// Whether the verdict is a diagnostic on the first line.
    pub verdict_diagnostic: bool,
    /// Milliseconds after the last key until rules that see the whole text, and the verdict, follow.
    pub delay: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            no_config: false,
            select: Vec::new(),
            ignore: Vec::new(),
            model: None,
            verdict_diagnostic: true,
            delay: 100,
        }
    }
}

impl Options {
    /// Reads what a client sent: the section itself, or an object that holds it. `null` stands for the defaults.
    ///
    /// # Errors
    /// If a value has the wrong type.
    pub fn read(sent: &Value) -> Result<Self, String> {
        let section = sent.get("unspin").unwrap_or(sent);
        let Value::Object(keys) = section else { return Ok(Self::default()) };
        // A client that fills in a form sends `null` where nothing was entered.
        let given = keys.iter().filter(|(_, value)| !value.is_null());
        let given = given.map(|(key, value)| (key.clone(), value.clone())).collect();
        serde_json::from_value(Value::Object(given))
            .map_err(|error| format!("the settings of `unspin` in this editor: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_section_is_read_alone_or_in_its_object() {
        for sent in
            [json!({"select": ["names"]}), json!({"unspin": {"select": ["names"], "model": null}})]
        {
            assert_eq!(Options::read(&sent).map(|o| o.select), Ok(vec!["names".to_owned()]));
        }
        assert_eq!(Options::read(&Value::Null), Ok(Options::default()));
    }

    #[test]
    fn a_wrong_type_is_told() {
        let told = Options::read(&json!({"delay": "soon"})).expect_err("a string is no number");
        assert!(told.contains("delay") || told.contains("invalid type"), "{told}");
    }
}

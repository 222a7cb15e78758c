//! What a client adds to the settings of the house.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

/// The section `unspin` of a client's settings; `README.md` has the table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Options {
    /// Whether the person trusts the folders that are open: of others no pack, plugin or model is used.
    pub trusted: bool,
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
            trusted: true,
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
    /// Whether what a client sent says anything of this server: some editors send every server the settings of all, or an
    /// empty object.
    pub(crate) fn are_in(sent: &Value) -> bool {
        let keys =
            ["trusted", "noConfig", "select", "ignore", "model", "verdictDiagnostic", "delay"];
        sent.get("unspin").is_some_and(|section| !section.is_null())
            || keys.iter().any(|key| sent.get(key).is_some())
    }

    /// Whether folders are trusted after a client sent this, where they were or were not `before`: no setting that leaves it
    /// out makes them trusted.
    pub(crate) fn trust(sent: &Value, before: bool) -> bool {
        let section = sent.get("unspin").unwrap_or(sent);
        section
            .get("trusted")
            .map_or(before, |trusted| trusted.as_bool().unwrap_or(trusted.is_null() && before))
    }

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
    fn trust_is_given_by_a_word_and_not_by_silence() {
        for (sent, before, after) in [
            (json!({ "trusted": false }), true, false),
            (json!({ "unspin": { "trusted": true } }), false, true),
            (json!({ "delay": 7 }), false, false),
            (json!({ "trusted": null }), false, false),
            (json!({ "trusted": "yes" }), true, false),
            (json!(null), true, true),
        ] {
            assert_eq!(Options::trust(&sent, before), after, "{sent}");
        }
    }

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
    fn what_is_meant_for_other_servers_says_nothing() {
        for sent in
            [json!({}), json!([]), json!({"python": {"select": []}}), json!({"unspin": null})]
        {
            assert!(!Options::are_in(&sent), "{sent}");
        }
        for sent in [json!({"unspin": {}}), json!({"delay": 5})] {
            assert!(Options::are_in(&sent), "{sent}");
        }
        let all = json!({
            "noConfig": true, "select": ["a"], "ignore": ["b"], "model": "c",
            "verdictDiagnostic": false, "delay": 1,
        });
        for (key, value) in all.as_object().expect("it is one") {
            let one = json!({ key: value });
            assert!(Options::are_in(&one), "{key}");
            assert_ne!(Options::read(&one), Ok(Options::default()), "{key}");
        }
    }

    #[test]
    fn a_wrong_type_is_told() {
        let told = Options::read(&json!({"delay": "soon"})).expect_err("a string is no number");
        assert!(told.contains("delay") || told.contains("invalid type"), "{told}");
    }
}

//! What a caller asks for, read from JSON.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use unspin_lint::Markup;

/// What a linter is made with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LinterOptions {
    /// The text of a `lint.toml`.
    pub(crate) config: Option<String>,
    /// Files of packs, and settings that the first one extends, by name.
    pub(crate) packs: BTreeMap<String, String>,
    /// Ids of rules that failed before, and are not asked again.
    pub(crate) failed: Vec<String>,
}

/// How one text is taken.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CheckOptions {
    pub(crate) markup: Option<String>,
    pub(crate) path: Option<String>,
    /// Of a page: the whole text, and not the sentences alone that have findings.
    pub(crate) full: bool,
    /// Of a repair: fixes that want a look, too.
    #[serde(rename = "unsafe")]
    pub(crate) unsafe_fixes: bool,
    /// Of a repair: those that change somebody's words, too.
    pub(crate) quotations: bool,
    /// Of a comparison: the original's own.
    pub(crate) original_path: Option<String>,
    /// As above.
    pub(crate) original_markup: Option<String>,
    /// Of the page of a comparison: the command that it says makes it again.
    pub(crate) command: Option<String>,
}

/// What is checked where nobody named it.
pub(crate) const UNNAMED: &str = "<stdin>";

impl CheckOptions {
    /// Reads them; an empty text is none.
    pub(crate) fn read(json: &str) -> Result<Self, String> {
        read(json)
    }

    /// The name of the text.
    pub(crate) fn name(&self) -> &str {
        self.path.as_deref().unwrap_or(UNNAMED)
    }

    /// The format of the text: as asked for, else by its name, else by its bytes.
    pub(crate) fn markup(&self, bytes: &[u8]) -> Result<Markup, String> {
        markup(self.markup.as_deref(), self.name(), bytes)
    }
}

impl LinterOptions {
    /// Reads them; an empty text is none.
    pub(crate) fn read(json: &str) -> Result<Self, String> {
        read(json)
    }
}

fn read<T: Default + for<'d> Deserialize<'d>>(json: &str) -> Result<T, String> {
    if json.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_str(json).map_err(|error| {
        // The place is one of JSON that nobody wrote.
        let told = error.to_string();
        let message = told.split(" at line ").next().unwrap_or(&told);
        format!("the options cannot be used: {message}")
    })
}

/// The format of a text.
pub(crate) fn markup(asked: Option<&str>, name: &str, bytes: &[u8]) -> Result<Markup, String> {
    match asked {
        None => {
            let ending = Path::new(name).extension().and_then(std::ffi::OsStr::to_str);
            Ok(Markup::of(ending, bytes))
        }
        Some("plain") => Ok(Markup::Plain),
        Some("markdown") => Ok(Markup::Markdown),
        Some("html") => Ok(Markup::Html),
        Some(other) => {
            Err(format!("there is no markup `{other}`; there are plain, markdown and html"))
        }
    }
}

/// The name of a format.
pub(crate) fn markup_name(markup: Markup) -> &'static str {
    match markup {
        Markup::Plain => "plain",
        Markup::Markdown => "markdown",
        Markup::Html => "html",
    }
}

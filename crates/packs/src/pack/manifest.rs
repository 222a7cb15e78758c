//! Whose pack it is: the table `[pack]`.

use crate::PackError;
use crate::source::value::{Value, kebab_case, known, missing, string, strings};

/// What a pack says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Kebab-case.
    pub name: String,
    /// As its author counts.
    pub version: String,
    /// An SPDX expression or a sentence; empty where it names none.
    pub license: String,
    /// What it is for; may be empty.
    pub description: String,
    /// Paths of the packs that it builds on, relative to its own.
    pub extends: Vec<String>,
}

/// This version of unspin.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Reads `[pack]`.
pub(super) fn read_manifest(value: &Value<'_>) -> Result<Manifest, PackError> {
    let table = value.get_ref().as_table().ok_or_else(|| {
        PackError::new(value.span(), "`pack` is no table").help("write `[pack]` on a line")
    })?;
    let mut keys: Vec<_> = table.keys().collect();
    keys.sort_by_key(|key| key.span().start);
    for key in keys {
        known(key, &["name", "version", "license", "unspin", "description", "extends"])?;
    }
    let text = |key: &str| table.get(key).map_or(Ok(String::new()), |value| string(value, key));
    let required = |key: &str| {
        let value = table.get(key).ok_or_else(|| missing(key, &value.span()))?;
        let text = string(value, key)?;
        if text.trim().is_empty() {
            return Err(PackError::new(value.span(), format!("`{key}` is empty")));
        }
        Ok((text, value.span()))
    };
    if let Some(value) = table.get("unspin") {
        check_version(&string(value, "unspin")?, VERSION)
            .map_err(|(message, help)| PackError::new(value.span(), message).help(help))?;
    }
    let (name, span) = required("name")?;
    kebab_case(&name, span)?;
    let extends = match table.get("extends") {
        None => Vec::new(),
        Some(value) => strings(value)?.into_iter().map(|(path, _)| path).collect(),
    };
    Ok(Manifest {
        name,
        version: required("version")?.0,
        license: text("license")?,
        description: text("description")?,
        extends,
    })
}

/// Whether `version` is the wanted one or a later one that promises the same: what Cargo calls a caret requirement.
/// The error is what is wrong, and the way out.
fn check_version(wanted: &str, version: &str) -> Result<(), (String, String)> {
    let Some(least) = numbers(wanted) else {
        return Err((
            format!("`{wanted}` is no version"),
            format!("write the least that the pack needs, such as \"{version}\""),
        ));
    };
    let own = numbers(version).unwrap_or_default();
    let padded = |numbers: &[u64]| [0, 1, 2].map(|at| numbers.get(at).copied().unwrap_or(0));
    let (from, own) = (padded(&least), padded(&own));
    // The first number that is not 0, of those given, must stay.
    let fixed = least.iter().position(|n| *n != 0).unwrap_or(least.len() - 1);
    if own < from {
        let message = format!("the pack needs unspin {wanted}, and this is {version}");
        return Err((
            message,
            "install a newer unspin, or take an older version of the pack".into(),
        ));
    }
    if own[..=fixed] != from[..=fixed] {
        let message = format!("the pack was written for unspin {wanted}, and this is {version}");
        return Err((message, "take a newer version of the pack, or change `unspin` in it".into()));
    }
    Ok(())
}

/// One to three numbers with stops between; a suffix such as `-beta` is passed over.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let core = version.split(['-', '+']).next()?;
    let numbers: Vec<u64> = core.split('.').map(|n| n.parse().ok()).collect::<Option<_>>()?;
    (numbers.len() <= 3).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::check_version;

    #[test]
    fn a_version_is_met_by_later_ones_that_promise_the_same() {
        for (wanted, version, fits) in [
            ("0.1", "0.1.0", true),
            ("0.1", "0.1.9", true),
            ("0.1.3", "0.1.2", false),
            ("0.1", "0.2.0", false),
            ("0.2", "0.1.0", false),
            ("0", "0.9.0", true),
            ("0.0.3", "0.0.4", false),
            ("1.2", "1.9.0", true),
            ("1.2", "2.0.0", false),
            ("1.2", "1.1.9", false),
            ("1.2", "1.3.0-beta.1", true),
            ("one", "1.0.0", false),
            ("1.2.3.4", "2.0.0", false),
            ("", "1.0.0", false),
        ] {
            assert_eq!(check_version(wanted, version).is_ok(), fits, "{wanted} {version}");
        }
        let (message, _) = check_version("0.4", "0.1.0").expect_err("too new");
        assert_eq!(message, "the pack needs unspin 0.4, and this is 0.1.0");
    }
}

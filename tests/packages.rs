//! Every crate but the builder and the bindings can be published: its manifest says what a registry asks for, and nothing
//! that it is built from is left out of its package. `release/check-packages` looks at the packages themselves.

use std::collections::BTreeMap;
use std::fs::read_to_string;
use std::path::{Component, Path, PathBuf};

use crate::unspin::{files, root};

/// A crate that is published.
struct Package {
    folder: PathBuf,
    manifest: toml::Table,
}

impl Package {
    /// A key of `[package]`, taken from the workspace where the manifest says so.
    fn value(&self, key: &str) -> Option<toml::Value> {
        let own = self.manifest["package"].get(key)?;
        let shared = own.get("workspace").is_some();
        if shared { workspace()["package"].get(key).cloned() } else { Some(own.clone()) }
    }

    fn text(&self, key: &str) -> String {
        let value = self.value(key).and_then(|v| v.as_str().map(str::to_owned));
        value.unwrap_or_else(|| panic!("{} has no {key}", self.folder.display()))
    }

    fn list(&self, key: &str) -> Vec<String> {
        let value = self.value(key).and_then(|v| v.as_array().cloned());
        let value = value.unwrap_or_else(|| panic!("{} has no {key}", self.folder.display()));
        value.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
    }

    /// Whether a file, by its path in the package, is in the package.
    fn includes(&self, path: &Path) -> bool {
        let path = format!("/{}", path.to_str().unwrap());
        self.list("include").iter().any(|pattern| match pattern.split_once('*') {
            Some((start, end)) => {
                let between = path.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
                between.is_some_and(|between| !between.contains('/'))
            }
            None => path == *pattern || path.starts_with(&format!("{pattern}/")),
        })
    }

    /// The sources that its library, its program and its build script are made of.
    fn sources(&self) -> Vec<PathBuf> {
        let code = if self.folder == root() { "crates/cli" } else { "src" };
        let mut sources = files(&self.folder.join(code));
        sources.retain(|path| path.extension().is_some_and(|e| e == "rs"));
        sources.retain(|path| !path.ends_with("tests.rs"));
        sources
    }
}

fn workspace() -> toml::Table {
    let manifest: toml::Table = read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    manifest["workspace"].as_table().unwrap().clone()
}

/// The builder of the model, and what goes to registries of other languages.
const AT_HOME: [&str; 3] = ["unspin-train", "unspin-python", "unspin-web"];

/// The crates that are published, by name.
fn packages() -> BTreeMap<String, Package> {
    let mut folders = vec![root().to_owned()];
    for group in ["crates", "rules"] {
        let entries = std::fs::read_dir(root().join(group)).unwrap();
        folders.extend(entries.map(|entry| entry.unwrap().path()));
    }
    let mut found = BTreeMap::new();
    for folder in folders {
        let Ok(text) = read_to_string(folder.join("Cargo.toml")) else { continue };
        let manifest: toml::Table = text.parse().unwrap();
        if manifest["package"].get("publish") != Some(&toml::Value::Boolean(false)) {
            let name = manifest["package"]["name"].as_str().unwrap().to_owned();
            found.insert(name, Package { folder, manifest });
        }
    }
    found
}

#[test]
fn only_what_is_no_crate_for_others_stays_at_home() {
    let all = std::fs::read_dir(root().join("crates")).unwrap();
    let all = all.chain(std::fs::read_dir(root().join("rules")).unwrap());
    let crates = all.filter(|e| e.as_ref().unwrap().path().join("Cargo.toml").exists()).count();
    let packages = packages();
    assert_eq!(packages.len(), crates + 1 - AT_HOME.len(), "the root and every crate but those");
    assert!(AT_HOME.iter().all(|name| !packages.contains_key(*name)));
}

#[test]
fn every_package_says_what_a_registry_asks_for() {
    for (name, package) in packages() {
        assert_eq!(package.text("license"), "MIT OR Apache-2.0", "{name}");
        assert_eq!(package.text("rust-version"), "1.90", "{name}");
        assert!(package.text("description").len() > 20, "{name}");
        let keywords = package.list("keywords");
        assert!((1..=5).contains(&keywords.len()), "{name}: {keywords:?}");
        assert!(keywords.iter().all(|k| k.len() <= 20), "{name}: {keywords:?}");
        assert!((1..=5).contains(&package.list("categories").len()), "{name}");
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            assert!(package.includes(Path::new(licence)), "{name}: {licence}");
            let (own, shared) = (package.folder.join(licence), root().join(licence));
            assert_eq!(read_to_string(own).unwrap(), read_to_string(shared).unwrap(), "{name}");
        }
        // cargo takes a readme along from outside of the package's folder, and adds `README.md` by itself.
        let readme = match package.manifest["package"].get("readme") {
            Some(own) if own.get("workspace").is_some() => root().join(package.text("readme")),
            _ => package.folder.join("README.md"),
        };
        assert!(readme.is_file(), "{name}: {}", readme.display());
    }
}

#[test]
fn crates_of_ours_are_asked_for_by_the_version_that_they_have() {
    let (packages, workspace) = (packages(), workspace());
    let mut asked = 0;
    for (name, dependency) in workspace["dependencies"].as_table().unwrap() {
        let Some(path) = dependency.get("path") else { continue };
        let package = packages.get(name).unwrap_or_else(|| panic!("{name} is not published"));
        assert_eq!(root().join(path.as_str().unwrap()), package.folder, "{name}");
        let wanted = format!("={}", package.text("version"));
        assert_eq!(dependency["version"].as_str(), Some(wanted.as_str()), "{name}");
        asked += 1;
    }
    assert_eq!(asked, packages.len(), "all are in the list of dependencies");
}

#[test]
fn every_entry_of_an_include_list_names_something() {
    for (name, package) in packages() {
        // What all crates share is what all crates have.
        let files = files(&package.folder);
        let paths: Vec<&Path> =
            files.iter().map(|path| path.strip_prefix(&package.folder).unwrap()).collect();
        for pattern in package.list("include") {
            let mut alone = package.manifest.clone();
            alone["package"]["include"] = toml::Value::Array(vec![pattern.clone().into()]);
            let alone = Package { folder: package.folder.clone(), manifest: alone };
            assert!(paths.iter().any(|path| alone.includes(path)), "{name}: {pattern}");
        }
    }
}

#[test]
fn what_a_source_takes_in_is_in_its_package() {
    let mut taken = 0;
    for (name, package) in packages() {
        for source in package.sources() {
            let text = read_to_string(&source).unwrap();
            for call in ["include_str!(\"", "include_bytes!(\""] {
                for rest in text.split(call).skip(1) {
                    let named = rest.split('"').next().unwrap();
                    let path = plain(&source.parent().unwrap().join(named));
                    let place = format!("{name}: {} takes in {named}", source.display());
                    let inside = path.strip_prefix(&package.folder);
                    assert!(inside.is_ok_and(|path| package.includes(path)), "{place}");
                    // cargo takes a folder with a manifest for a package of its own and leaves it out.
                    let nested = path.ancestors().skip(1).find(|f| f.join("Cargo.toml").exists());
                    assert_eq!(nested, Some(package.folder.as_path()), "{place}");
                    taken += 1;
                }
            }
        }
    }
    assert!(taken > 20, "the sources take in lists and templates");
}

/// A path without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            plain.pop();
        } else {
            plain.push(part);
        }
    }
    plain
}

#[test]
fn no_package_holds_what_belongs_to_the_repository_alone() {
    for (name, package) in packages() {
        for path in files(&package.folder) {
            let path = path.strip_prefix(&package.folder).unwrap();
            let first = path.components().next().unwrap().as_os_str().to_str().unwrap();
            let kept_out = [
                "tests", "benches", "examples", "fuzz", "release", "editors", "ci", ".ci", "rules",
            ];
            assert!(
                !(kept_out.contains(&first) && package.includes(path)),
                "{name}: {} is in the package",
                path.display()
            );
        }
    }
}

//! Compiles every rule of this folder into one table, so that nothing is parsed when the linter starts. A folder that
//! is called like a rule holds lists of its phrases.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use unspin_packs::{Compiler, RuleSource};

fn main() -> ExitCode {
    // Watching the folder itself notices a file that is added or taken away.
    println!("cargo::rerun-if-changed=.");
    match table() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for line in error.lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn table() -> Result<(), String> {
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let is_rule = |path: &PathBuf| has_extension(path, "toml") && !path.ends_with("Cargo.toml");
    let mut compiler = Compiler::default();
    for path in sorted(Path::new("."), is_rule)? {
        let toml = read(&path)?;
        // The rule's file, then its lists.
        let mut files = vec![(path.display().to_string(), toml)];
        let render = |files: &[(String, String)], e: unspin_packs::PackError| {
            let (path, text) = &files[e.list.map_or(0, |list| list + 1)];
            e.render(path, text)
        };
        let mut source = RuleSource::parse(&files[0].1).map_err(|e| render(&files, e))?;
        let stem = source.id.replace('-', "_");
        if path.file_stem().is_none_or(|s| s != stem.as_str()) {
            let (path, id) = (path.display(), &source.id);
            return Err(format!("{path}: the rule `{id}` belongs into {stem}.toml"));
        }
        let lists = path.with_extension("");
        if lists.is_dir() {
            for list in sorted(&lists, |path| has_extension(path, "tsv"))? {
                files.push((list.display().to_string(), read(&list)?));
                let tsv = files.last().map_or("", |(_, tsv)| tsv);
                source.read_list(tsv).map_err(|e| render(&files, e))?;
            }
        }
        compiler.add_source(&source).map_err(|e| render(&files, e))?;
    }
    std::fs::write(Path::new(&out).join("phrases.bin"), compiler.finish())
        .map_err(|e| e.to_string())
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e == extension)
}

/// The order of a folder differs between machines; that of the table must not.
fn sorted(folder: &Path, wanted: impl Fn(&PathBuf) -> bool) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let paths = entries.map(|entry| entry.map(|e| e.path()).map_err(|e| e.to_string()));
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_, _>>()?;
    paths.retain(wanted);
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

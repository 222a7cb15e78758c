//! Compiles every rule of this folder into one table, so that nothing is parsed when the linter starts.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use unspin_packs::Compiler;

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
    let mut paths: Vec<PathBuf> = std::fs::read_dir(".")
        .map_err(|e| e.to_string())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension().is_some_and(|e| e == "toml") && !path.ends_with("Cargo.toml")
        })
        .collect();
    // The order of a folder differs between machines; that of the table must not.
    paths.sort();
    let mut compiler = Compiler::default();
    for path in paths {
        let toml =
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let source =
            compiler.add(&toml).map_err(|e| e.render(&path.display().to_string(), &toml))?;
        let stem = source.id.replace('-', "_");
        if path.file_stem().is_none_or(|s| s != stem.as_str()) {
            return Err(format!(
                "{}: the rule `{}` belongs into {stem}.toml",
                path.display(),
                source.id
            ));
        }
    }
    std::fs::write(Path::new(&out).join("phrases.bin"), compiler.finish())
        .map_err(|e| e.to_string())
}

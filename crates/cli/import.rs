//! `unspin packs import`: lists of phrases into packs.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context as _, bail};
use unspin_packs::{PackFile, PackSource, import_tsv};
use unspin_report::printable;

use crate::args::{ImportTsv, Operators};
use crate::walk;

/// Rows left out that are told one by one.
const TOLD: usize = 20;

/// Makes the pack and returns what is printed: the pack, or what was written where.
pub(crate) fn import(arguments: &ImportTsv) -> anyhow::Result<String> {
    let ImportTsv { file, name, out, .. } = arguments;
    let shown = file.display();
    let tsv = std::fs::read_to_string(file)
        .map_err(|error| anyhow::anyhow!("{shown}: {}", walk::explain(&error)))?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.clone().unwrap_or_else(|| stem.replace([' ', '_', '.'], "-"));
    let operators = match arguments.operators {
        Operators::None => unspin_packs::Operators::None,
        Operators::Pps => unspin_packs::Operators::Pps,
    };
    let source = file.file_name().unwrap_or_default().to_string_lossy();
    let imported = import_tsv(&name, &source, &tsv, operators);
    for row in imported.left_out.iter().take(TOLD) {
        let line = format!("{shown}:{}: left out: {}", row.line, row.why);
        let _ = writeln!(io::stderr(), "{}", printable(&line));
    }
    if let Some(more) = imported.left_out.len().checked_sub(TOLD).filter(|more| *more > 0) {
        let _ = writeln!(io::stderr(), "and {more} more rows");
    }
    if imported.rows == 0 {
        bail!("{shown} holds no row that a pack can say");
    }
    // What is written is a pack that holds.
    let pack = PackFile { path: "pack.toml".into(), text: imported.toml.clone() };
    let faults = unspin_packs::compile_pack(&PackSource { files: vec![pack] }).faults;
    if let Some(fault) = faults.first() {
        bail!(
            "the pack would be wrong: {}",
            fault.error.render(&format!("{name}.toml"), &imported.toml)
        );
    }
    let Some(out) = out else { return Ok(imported.toml) };
    write(out, &imported.toml)?;
    Ok(format!(
        "wrote {}: {} of {} rows\n",
        out.display(),
        imported.rows,
        imported.rows + imported.left_out.len()
    ))
}

/// Writes a new file, never over one that is there.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("creating {}; it must not be there yet", path.display()))
}

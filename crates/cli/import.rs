//! `unspin packs import`: lists of phrases into packs.

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::bail;
use unspin_linter::Linter;
use unspin_packs::{PackFile, PackSource, import_tsv};
use unspin_report::printable;

use crate::args::{ImportTsv, Operators};
use crate::create::create;
use crate::walk;

/// Rows left out that are told one by one.
const TOLD: usize = 20;

/// Whether a pack, and its rule, can be called so and be written there.
pub(crate) fn check_name(name: &str, out: Option<&Path>, linter: &Linter) -> anyhow::Result<()> {
    let is_name = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if !name.split('-').all(is_name) {
        bail!("`{name}` is no name of a pack; give one with --name, in small letters with hyphens");
    }
    if linter.rules().state(name).is_some() {
        bail!("there is a rule `{name}` already; give another name with --name");
    }
    if out.is_some_and(|out| out.extension().is_none_or(|e| e != "toml")) {
        bail!("a pack is a file that ends in .toml; change --out");
    }
    Ok(())
}

/// Makes the pack and returns what is printed: the pack, or what was written where.
pub(crate) fn import(arguments: &ImportTsv, linter: &Linter) -> anyhow::Result<String> {
    let ImportTsv { file, name, out, .. } = arguments;
    let shown = file.display();
    let tsv = std::fs::read_to_string(file)
        .map_err(|error| anyhow::anyhow!("{shown}: {}", walk::explain(&error)))?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.clone().unwrap_or_else(|| stem.replace([' ', '_', '.'], "-"));
    check_name(&name, out.as_deref(), linter)?;
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
        let error = &fault.error;
        let help = error.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        bail!("no pack can be made of {shown}: {}{help}", error.message);
    }
    let Some(out) = out else { return Ok(imported.toml) };
    create(out, &imported.toml)?;
    Ok(format!(
        "wrote {}: {} of {} rows\n",
        out.display(),
        imported.rows,
        imported.rows + imported.left_out.len()
    ))
}

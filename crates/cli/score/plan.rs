//! Which files are read, and where what comes of each is written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use unspin_score::tables::Kind;

use crate::args::{Score, TableFormat};
use crate::walk;

/// One file of rows.
pub(super) struct Planned {
    pub(super) from: From,
    pub(super) kind: Kind,
    /// Where to, if not to standard output.
    pub(super) to: Option<(PathBuf, TableFormat)>,
}

/// What rows come from.
pub(super) enum From {
    File(PathBuf),
    Stdin,
}

/// Finds the files that the arguments mean, in order of their paths, and what is to become of each.
pub(super) fn plan(arguments: &Score) -> anyhow::Result<Vec<Planned>> {
    let mut found: Vec<(From, PathBuf, Kind)> = Vec::new();
    let mut is_folder = false;
    for path in &arguments.paths {
        if path.as_os_str() == "-" {
            found.push((From::Stdin, "stdin.jsonl".into(), Kind::JsonLines(None)));
        } else if path.is_dir() {
            is_folder = true;
            for file in files_in(path)? {
                let inside = file.strip_prefix(path).unwrap_or(&file).to_owned();
                let kind = Kind::of_path(&file).expect("it was found by its kind");
                found.push((From::File(file), inside, kind));
            }
        } else {
            let inside = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            let Some(kind) = Kind::of_path(path) else {
                bail!(
                    "cannot read rows from {}: name a .jsonl, .csv, .tsv (also with .gz or .zst) or .parquet file",
                    path.display()
                );
            };
            found.push((From::File(path.clone()), inside, kind));
        }
    }
    if found.is_empty() {
        let folders: Vec<_> = arguments.paths.iter().map(|p| p.display().to_string()).collect();
        bail!("there is no file of rows (.jsonl, .csv, .tsv, .parquet) in {}", folders.join(", "));
    }
    let is_one = found.len() == 1 && !is_folder;
    let Some(out) = &arguments.out else {
        if !is_one {
            bail!("several files cannot go to standard output: name a folder with --out");
        }
        if arguments.format == Some(TableFormat::Parquet) {
            bail!("Parquet cannot go to standard output: name a file with --out");
        }
        let planned = found.into_iter().map(|(from, _, kind)| Planned { from, kind, to: None });
        return Ok(planned.collect());
    };
    if is_one && !out.is_dir() {
        let (from, _, kind) = found.remove(0);
        let format = format_of(out, arguments.format)?;
        return Ok(vec![Planned { from, kind, to: Some((out.clone(), format)) }]);
    }
    into_folder(found, out, arguments.format)
}

fn into_folder(
    found: Vec<(From, PathBuf, Kind)>,
    out: &Path,
    wanted: Option<TableFormat>,
) -> anyhow::Result<Vec<Planned>> {
    if out.exists() && !out.is_dir() {
        bail!("{} is a file: name a folder for several files", out.display());
    }
    let mut taken: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mut planned = Vec::new();
    for (from, inside, kind) in found {
        let format = wanted.unwrap_or(match kind {
            Kind::Parquet => TableFormat::Parquet,
            Kind::JsonLines(_) | Kind::Csv(..) => TableFormat::Jsonl,
        });
        let mut to = out.join(&inside);
        if matches!(kind, Kind::JsonLines(Some(_)) | Kind::Csv(Some(_), _)) {
            to.set_extension("");
        }
        to.set_extension(format.ending());
        if let Some(other) = taken.insert(to.clone(), inside.clone()) {
            let (one, other) = (inside.display(), other.display());
            bail!("{other} and {one} would both be written to {}: score them apart", to.display());
        }
        planned.push(Planned { from, kind, to: Some((to, format)) });
    }
    Ok(planned)
}

/// What a file is written as, by its name.
fn format_of(out: &Path, wanted: Option<TableFormat>) -> anyhow::Result<TableFormat> {
    let ending = out.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let named = match ending.as_deref() {
        Some("jsonl" | "ndjson") => Some(TableFormat::Jsonl),
        Some("parquet") => Some(TableFormat::Parquet),
        _ => None,
    };
    match (named, wanted) {
        (Some(named), Some(wanted)) if named != wanted => {
            bail!("{} does not end in .{}", out.display(), wanted.ending())
        }
        (Some(format), _) | (None, Some(format)) => Ok(format),
        (None, None) => bail!(
            "cannot tell what to write to {}: give it the ending .jsonl or .parquet",
            out.display()
        ),
    }
}

/// The files of rows below a folder, by path. Hidden ones, and those that Spark marks with a `_`, are left out; what
/// version control ignores is not, as data often is.
fn files_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let is_data = |entry: &ignore::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with(['_', '.'])
    };
    let walk = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .filter_entry(is_data)
        .sort_by_file_path(Path::cmp)
        .build();
    let mut files = Vec::new();
    for entry in walk {
        let entry = entry.with_context(|| format!("cannot look into {}", folder.display()))?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if is_file && Kind::of_path(entry.path()).is_some() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

impl Planned {
    /// As people are told.
    pub(super) fn name(&self) -> String {
        match &self.from {
            From::File(path) => path.display().to_string(),
            From::Stdin => "<stdin>".into(),
        }
    }

    /// Whether it is written to this very path, and not below it.
    pub(super) fn is_at(&self, out: &Path) -> bool {
        self.to.as_ref().is_some_and(|(to, _)| to == out)
    }

    /// The file whose settings govern.
    pub(super) fn governed(&self) -> PathBuf {
        match &self.from {
            From::File(path) => path.clone(),
            From::Stdin => walk::absolute(Path::new("stdin.jsonl")),
        }
    }
}

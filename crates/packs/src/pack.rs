//! A pack: rules of a house in one file, or in a folder of files and lists.

mod manifest;

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::DeTable;
use unspin_lint::{Problem, Span};

use crate::source::{Form, parse_toml};
use crate::{Compiler, PackError, RuleSource};
pub use manifest::Manifest;
use manifest::read_manifest;

/// A file beyond this is refused before it is read, in bytes.
const MAX_FILE: usize = 16 << 20;
/// A pack of more rules than this is refused.
const MAX_RULES: usize = 10_000;
/// The file of a folder that holds the manifest.
const MANIFEST_FILE: &str = "pack.toml";

/// The text of a pack, not yet read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackSource {
    /// One file, or all `*.toml` and `*.tsv` below a folder, sorted by path.
    pub files: Vec<PackFile>,
}

/// A file of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// Relative to the folder, with `/`; of a pack of one file its own name.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Something wrong in a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Index of the file in [`PackSource::files`]; 0 where there is none.
    pub file: usize,
    /// What is wrong, its span in bytes of that file.
    pub error: PackError,
}

impl Fault {
    /// As a problem of that file.
    pub fn problem(&self) -> Problem {
        let PackError { span, message, help, .. } = &self.error;
        let span = Span::new(span.start as u32, span.end as u32);
        Problem { span, message: message.clone(), help: help.clone() }
    }
}

/// A pack that was compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// The table of all rules without a fault, for [`Pack::from_bytes`](crate::Pack::from_bytes); empty where the
    /// manifest has one.
    pub table: Vec<u8>,
    /// The first fault of each rule that was left out, by file and place.
    pub faults: Vec<Fault>,
}

/// Compiles a pack. A rule with a fault is left out and told; the others are kept.
///
/// The same source gives the same bytes, so a table may be kept under a hash of its source and [`FORMAT`](crate::FORMAT).
pub fn compile_pack(source: &PackSource) -> Compiled {
    match manifest_of(source) {
        Err(fault) => Compiled { table: Vec::new(), faults: vec![fault] },
        Ok((at, table, manifest)) => Builder {
            source,
            name: manifest.name.clone(),
            compiler: Compiler::with_manifest(&manifest),
            faults: Vec::new(),
            lists_read: BTreeSet::new(),
            rules: 0,
        }
        .build(at, &table),
    }
}

/// The file that holds the manifest, its tables, and the manifest.
fn manifest_of(source: &PackSource) -> Result<(usize, DeTable<'_>, Manifest), Fault> {
    let files = &source.files;
    let at = match files.len() {
        1 => Some(0),
        _ => files.iter().position(|file| file.path == MANIFEST_FILE),
    };
    let fault = |error| Fault { file: at.unwrap_or(0), error };
    let Some(file) = at.map(|at| &files[at]) else {
        let message = format!("the pack has no file `{MANIFEST_FILE}`");
        return Err(fault(PackError::new(0..0, message).help("its table `[pack]` names the pack")));
    };
    check_size(file).map_err(fault)?;
    let table = parse_toml(&file.text).map_err(fault)?;
    let Some(given) = table.get("pack") else {
        let error = PackError::new(0..0, "`[pack]` is missing");
        return Err(fault(error.help("write `[pack]` with `name` and `version` at the top")));
    };
    let manifest = read_manifest(given).map_err(fault)?;
    Ok((at.unwrap_or(0), table, manifest))
}

fn check_size(file: &PackFile) -> Result<(), PackError> {
    if file.text.len() <= MAX_FILE {
        return Ok(());
    }
    let message = format!("a file of more than {} MiB", MAX_FILE >> 20);
    Err(PackError::new(0..0, message).help("make it several files, or several packs"))
}

struct Builder<'s> {
    source: &'s PackSource,
    name: String,
    compiler: Compiler,
    faults: Vec<Fault>,
    lists_read: BTreeSet<usize>,
    rules: usize,
}

impl Builder<'_> {
    /// `first` are the tables of the file with the manifest.
    fn build(mut self, manifest_file: usize, first: &DeTable<'_>) -> Compiled {
        for (at, file) in self.source.files.iter().enumerate() {
            if is_list(&file.path) {
                continue;
            }
            let added = if at == manifest_file {
                self.tables(at, first, true)
            } else {
                self.file(at, file)
            };
            if let Err(error) = added {
                self.faults.push(Fault { file: at, error });
            }
        }
        for (at, file) in self.source.files.iter().enumerate() {
            // A rule with a fault may have left its list unread.
            if is_list(&file.path) && self.faults.is_empty() && !self.lists_read.contains(&at) {
                let error = PackError::new(0..0, "no rule uses this list");
                let help = "put it in a folder that is called like the rule, or name it in `lists`";
                self.faults.push(Fault { file: at, error: error.help(help) });
                break;
            }
        }
        self.faults.sort_by_key(|fault| (fault.file, fault.error.span.start));
        Compiled { table: self.compiler.finish(), faults: self.faults }
    }

    fn file(&mut self, at: usize, file: &PackFile) -> Result<(), PackError> {
        check_size(file)?;
        self.tables(at, &parse_toml(&file.text)?, false)
    }

    /// Adds the rules of a file. The error is one of the file as a whole.
    fn tables(
        &mut self,
        at: usize,
        table: &DeTable<'_>,
        has_manifest: bool,
    ) -> Result<(), PackError> {
        let holds_rules = ["rule", "pack"].iter().any(|key| table.contains_key(*key));
        if !holds_rules {
            self.rule(at, table, 0..0);
            return Ok(());
        }
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "pack" if has_manifest => {}
                "pack" => {
                    let message = format!("`[pack]` stands only in `{MANIFEST_FILE}`");
                    return Err(PackError::new(value.span(), message));
                }
                "rule" => {}
                name => {
                    let message = format!("`{name}` stands outside of a rule");
                    return Err(PackError::new(key.span(), message)
                        .help("write `[[rule]]` above the keys of each rule"));
                }
            }
        }
        let Some(value) = table.get("rule") else { return Ok(()) };
        let rules = value.get_ref().as_array().ok_or_else(|| {
            PackError::new(value.span(), "`rule` is no array of tables")
                .help("write `[[rule]]` above the keys of each rule")
        })?;
        for rule in rules {
            if let Some(table) = rule.get_ref().as_table() {
                self.rule(at, table, rule.span());
            } else {
                let error = PackError::new(rule.span(), "a rule is a table");
                self.faults.push(Fault { file: at, error });
            }
            if self.rules > MAX_RULES {
                let message = format!("a pack of more than {MAX_RULES} rules");
                return Err(PackError::new(rule.span(), message).help("make it several packs"));
            }
        }
        Ok(())
    }

    fn rule(&mut self, at: usize, table: &DeTable<'_>, place: Range<usize>) {
        self.rules += 1;
        if self.rules > MAX_RULES {
            return;
        }
        let mut lists = Vec::new();
        if let Err(error) = self.read(at, table, place, &mut lists) {
            let file = error.list.and_then(|list| lists.get(list).copied()).unwrap_or(at);
            self.faults.push(Fault { file, error });
        }
    }

    /// Reads a rule with its lists, whose files are put into `lists` in the order in which they are read.
    fn read(
        &mut self,
        at: usize,
        table: &DeTable<'_>,
        place: Range<usize>,
        lists: &mut Vec<usize>,
    ) -> Result<(), PackError> {
        let source = self.source;
        let file = &source.files[at];
        let form = Form::Pack { name: &self.name, alone: source.files.len() == 1 };
        let mut rule = RuleSource::read(&file.text, table, form, place.clone())?;
        let folder = file.path.rfind('/').map_or("", |slash| &file.path[..=slash]);
        let own = format!("{folder}{}/", rule.id.replace('-', "_"));
        let beside = |path: &str| {
            path.strip_prefix(&own).is_some_and(|name| !name.contains('/')) && is_list(path)
        };
        let files = || source.files.iter().enumerate();
        lists.extend(files().filter(|(_, file)| beside(&file.path)).map(|(at, _)| at));
        for (named, span) in &rule.lists {
            let path = resolved(folder, named);
            let found = files().find(|(_, file)| Some(&file.path) == path.as_ref());
            let Some((found, _)) = found.filter(|(_, file)| is_list(&file.path)) else {
                return Err(PackError::new(
                    span.clone(),
                    format!("the pack has no list `{named}`"),
                )
                .help("a list is a file `*.tsv` of the pack, named relative to this one"));
            };
            lists.push(found);
        }
        let mut seen = BTreeSet::new();
        lists.retain(|list| seen.insert(*list));
        self.lists_read.extend(lists.iter().copied());
        for (number, list) in lists.iter().enumerate() {
            let list = &source.files[*list];
            check_size(list).map_err(|error| error.in_list(number))?;
            rule.read_list(&list.text)?;
        }
        if rule.kind.has_phrases() && rule.entries.is_empty() && rule.regexes.is_empty() {
            let what = if rule.kind.takes_regexes() {
                "phrases, regexes or lists"
            } else {
                "phrases or lists"
            };
            return Err(PackError::new(rule.id_span.clone(), format!("the rule has no {what}"))
                .help("write a line `\"phrase\" = ...` for each under `[phrases]`"));
        }
        self.compiler.add_source(&rule)
    }
}

fn is_list(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("tsv"))
}

/// A path relative to a folder, which is empty or ends in `/`; `None` if it leads out of the pack.
fn resolved(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

//! What is to be repaired, and under which settings.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use unspin_containers::Container;
use unspin_report::Failure;

use crate::check::Rule;
use crate::settings::{Linters, News, SettingsFile};
use crate::walk::{self, Entry};

/// Why a container is not repaired, with the way out.
const REFUSED: &str =
    "it holds texts that cannot be edited in it; repair them where they come from";

/// One thing to do or to tell, in the order of the report.
pub(super) enum Task {
    File { path: PathBuf, by: Rule },
    Stdin { name: String, by: Rule },
    Settings(SettingsFile),
    Failure(Failure),
}

/// The tasks behind the paths of the command line, in path order.
pub(super) fn tasks(
    paths: &[PathBuf],
    stdin_filename: Option<&PathBuf>,
    linters: &mut Linters,
) -> Vec<Task> {
    let here = [PathBuf::from(if stdin_filename.is_some() { "-" } else { "." })];
    let mut entries = walk::all(if paths.is_empty() { &here } else { paths }, walk::is_text);
    let usual = linters.model().digest();
    leave_out_links(&mut entries);
    let mut tasks = Vec::with_capacity(entries.len());
    for entry in entries {
        let failure = |path: PathBuf, message| {
            Task::Failure(Failure { path: path.display().to_string(), message })
        };
        let named = match &entry {
            Entry::Stdin => stdin_filename.map(PathBuf::as_path),
            _ => None,
        };
        if let Entry::Error { path, message } = entry {
            tasks.push(failure(path, message));
            continue;
        }
        let (governed, news) = linters.for_file(named.unwrap_or(entry.path()));
        tasks.extend(news.into_iter().map(|news| match news {
            News::Problems(file) => Task::Settings(file),
            News::Unreadable { path, message } => failure(path, message),
        }));
        let model = Some(governed.linter.model().digest()).filter(|own| *own != usual);
        let by = Rule { governed, model };
        tasks.push(match entry {
            Entry::File(path) if Container::of_path(&path).is_some() => {
                failure(path, REFUSED.into())
            }
            Entry::File(path) => Task::File { path, by },
            _ if named.is_some_and(|name| Container::of_path(name).is_some()) => {
                let name = named.unwrap_or(Path::new("-")).to_owned();
                failure(name, REFUSED.into())
            }
            _ => {
                let name = named.map_or("<stdin>".into(), |name| name.display().to_string());
                Task::Stdin { name, by }
            }
        });
    }
    tasks
}

/// A file that is there by its own name is not repaired again by that of a link to it.
fn leave_out_links(entries: &mut Vec<Entry>) {
    let is_link = |entry: &Entry| entry.path().is_symlink();
    if !entries.iter().any(is_link) {
        return;
    }
    let own = |entry: &Entry| walk::resolved(entry.path());
    let mut seen: HashSet<PathBuf> = entries.iter().filter(|e| !is_link(e)).map(own).collect();
    entries.retain(|entry| !is_link(entry) || seen.insert(own(entry)));
}

//! `unspin new`: a rule of one's own to start from, in each of its three forms. What is written passes `unspin test` as it
//! stands, and fails it once an example is broken.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use unspin_lint::INTERNAL_ERROR;

use unspin_linter::Linter;

use crate::args::New;
use crate::create::create;

/// A file to write, by its path in the new folder, with its template.
type Template = (&'static str, &'static str);

const TOML: &str = include_str!("new/toml/rule.toml");

// Manifests under another name: `cargo package` leaves a folder with a `Cargo.toml` out.
const RUST: [Template; 5] = [
    ("Cargo.toml", include_str!("new/rust/manifest.toml")),
    ("src/lib.rs", include_str!("new/rust/src/lib.rs")),
    ("src/{{name}}.rs", include_str!("new/rust/src/rule.rs")),
    ("src/main.rs", include_str!("new/rust/src/main.rs")),
    (".gitignore", "target/\n"),
];

const WASM: [Template; 4] = [
    ("Cargo.toml", include_str!("new/wasm/manifest.toml")),
    ("src/lib.rs", include_str!("new/wasm/src/lib.rs")),
    ("build.sh", include_str!("new/wasm/build.sh")),
    (".gitignore", "target/\n"),
];

/// Words of which no crate or module can have its name: the keywords of Rust 2024 in small letters, and `test`, which is
/// the name of a crate of its own.
const KEYWORDS: [&str; 54] = [
    "abstract", "alloc", "as", "async", "await", "become", "box", "break", "const", "continue",
    "core", "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen",
    "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv",
    "pub", "ref", "return", "self", "static", "std", "struct", "super", "test", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
];

/// Writes the files and says what to do with them.
pub(crate) fn new(arguments: &New, linter: &Linter) -> anyhow::Result<String> {
    let New { rule: id, folder, source, .. } = arguments;
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if !id.split('-').all(is_part) {
        bail!(
            "`{id}` is no rule id; write small letters joined by hyphens, such as `wordy-phrase`"
        );
    }
    if linter.rules().state(id).is_some() || id == INTERNAL_ERROR {
        bail!("there is a rule `{id}` already; choose another id");
    }
    if (arguments.rust || arguments.wasm) && KEYWORDS.contains(&id.as_str()) {
        bail!("`{id}` is a keyword of Rust; choose another id");
    }
    if !folder.is_dir() {
        bail!("there is no folder {}; make it first", folder.display());
    }
    let files: &[Template] = match (arguments.rust, arguments.wasm) {
        (true, _) => &RUST,
        (_, true) => &WASM,
        _ => {
            let path = folder.join(format!("{id}.toml"));
            write(&path, &fill(TOML, id, Path::new("")))?;
            let path = path.display();
            return Ok(format!(
                "wrote {path}\n\ntest it: unspin test {path}\nuse it:  packs = [\"{id}.toml\"] in lint.toml\n"
            ));
        }
    };
    let source = crates(source.as_deref().unwrap_or(Path::new(".")))?;
    let root = folder.join(id);
    if root.exists() {
        bail!("{} exists already; choose another id, or remove it first", root.display());
    }
    let mut out = String::new();
    for (path, template) in files {
        let path = root.join(path.replace("{{name}}", &id.replace('-', "_")));
        write(&path, &fill(template, id, &source))?;
        let _ = writeln!(out, "wrote {}", path.display());
    }
    let root = root.display();
    let next = if arguments.rust {
        format!("test it: cd {root} && cargo run -- test {id}\nuse it:  cargo run -- check FILE\n")
    } else {
        let module = format!("{id}/{}.wasm", id.replace('-', "_"));
        format!(
            "build it: cd {root} && bash build.sh\ntest it:  unspin test {module}\n\
             use it:   [plugins] and under it {id} = \"{module}\" in lint.toml\n"
        )
    };
    Ok(out + "\n" + &next)
}

/// The folder of unspin's crates, as a manifest can name it.
fn crates(source: &Path) -> anyhow::Result<PathBuf> {
    if !source.join("crates/lint/Cargo.toml").is_file() {
        bail!(
            "{} is not the folder of unspin's source: it has no crates/lint; name it with --source",
            source.display()
        );
    }
    std::fs::canonicalize(source).with_context(|| format!("reading {}", source.display()))
}

fn fill(template: &str, id: &str, source: &Path) -> String {
    // A manifest wants the slashes of every system.
    let source = source.display().to_string().replace('\\', "/");
    template
        .replace("{{id}}", id)
        .replace("{{name}}", &id.replace('-', "_"))
        .replace("{{NAME}}", &id.replace('-', "_").to_uppercase())
        .replace("{{source}}", &source)
}

/// Writes a file of a new folder.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    create(path, text)
}

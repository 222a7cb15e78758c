//! What a key costs the language server: processor time of the built program, told by the kernel, with everything that a
//! key sets off (reading the message, looking at the text, writing what is published).
//!
//! `cargo bench --bench keystrokes -- FILE...`; without files, articles of `tests/corpus`, repeated to 100 kB. Linux only.
//! For each file: what it costs to open it (a full check and all of its findings published), a key (phrases are typed
//! letter by letter at places all over the text), and the look at the whole that follows when the writer rests. Then the
//! memory after 100, 1,000 and 10,000 edits, with a rest after every tenth. `KEYS` and `EDITS` set other numbers,
//! `UNSPIN_PROGRAM` another program.

#[expect(dead_code, reason = "only the soak asks what was published")]
mod editor;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use editor::{Lot, Server, files, number};

/// The text that is written.
const URI: &str = "file:///bench.txt";
/// What is typed; some of it is damage.
const PHRASES: [&str; 6] = [
    " withinside the old harbour",
    " and then they waited",
    " with the aid of using boats",
    ". Nobody spoke",
    " a old ferry",
    "\u{1f6a2} caf\u{e9}",
];

/// A place between two words: its line and column in UTF-16 units.
fn place(lines: &[String], lot: &mut Lot) -> (usize, usize) {
    loop {
        let line = lot.below(lines.len());
        let text = &lines[line];
        let from = lot.below(text.len());
        let space = text.bytes().skip(from).position(|b| b == b' ').map(|at| from + at);
        if let Some(before) = space.and_then(|at| text.get(..at)) {
            return (line, before.encode_utf16().count());
        }
    }
}

/// Milliseconds.
fn share(sorted: &[u64], of: f64) -> f64 {
    let at = ((sorted.len() as f64 * of) as usize).min(sorted.len() - 1);
    sorted[at] as f64 / 1e6
}

/// Types phrases all over the text and takes each back again; the processor time of each key in nanoseconds.
fn keys(server: &mut Server, lines: &[String], count: usize) -> Vec<u64> {
    let (mut lot, mut spent) = (Lot(7), Vec::with_capacity(count));
    let mut before = server.rest();
    while spent.len() < count {
        let (line, from) = place(lines, &mut lot);
        let mut to = from;
        for letter in PHRASES[lot.below(PHRASES.len())].chars() {
            server.edit(URI, ((line, to), (line, to)), letter.encode_utf8(&mut [0; 4]));
            to += letter.len_utf16();
            let now = server.rest();
            spent.push(now - before);
            before = now;
        }
        server.edit(URI, ((line, from), (line, to)), "");
        before = server.rest();
    }
    spent.sort_unstable();
    spent
}

fn measure(name: &str, text: &str, out: &mut String) {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let hour = 3_600_000;
    let mut server = Server::start(hour);
    let before = server.rest();
    server.open(URI, text);
    let opened = (server.rest() - before) as f64 / 1e6;
    let told = server.written();
    let typed = keys(&mut server, &lines, number("KEYS", 1000));
    let mut eager = Server::start(0);
    eager.open(URI, text);
    let settled = keys(&mut eager, &lines, number("KEYS", 1000) / 5);
    let (p50, p99) = (share(&typed, 0.5), share(&typed, 0.99));
    let _ = writeln!(
        out,
        "{name}: {} bytes\n  opened (full check, {told} bytes published) {opened:.1} ms\n  a key          p50 {p50:.2} \
         p99 {p99:.2} most {:.2} ms; p50 is {:.3} of a full check\n  key and whole  p50 {:.1} p99 {:.1} most {:.1} ms",
        text.len(),
        share(&typed, 1.0),
        p50 / opened,
        share(&settled, 0.5),
        share(&settled, 0.99),
        share(&settled, 1.0),
    );
    let mut server = Server::start(5);
    server.open(URI, text);
    let mut lot = Lot(11);
    let edits = number("EDITS", 10_000);
    for edit in 1..=edits {
        let (line, from) = place(&lines, &mut lot);
        server.edit(URI, ((line, from), (line, from)), "x");
        server.edit(URI, ((line, from), (line, from + 1)), "");
        if edit % 10 == 0 {
            // The look at the whole begins 5 ms after the last key.
            std::thread::sleep(Duration::from_millis(15));
            server.rest();
        }
        if edit == 100 || edit == 1000 || edit == edits {
            let _ = writeln!(out, "  memory after {edit} edits: {} kB", server.memory());
        }
    }
}

fn main() {
    let mut out = String::new();
    let files = files();
    for file in &files {
        let text = std::fs::read_to_string(file).expect("a text in UTF-8");
        measure(file, &text, &mut out);
    }
    if files.is_empty() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
        for name in ["ferry_clean.txt", "ferry_spun.txt"] {
            let article = std::fs::read_to_string(corpus.join(name)).expect("it is there");
            let text = format!("{article}\n\n").repeat(100_000 / article.len());
            measure(name, &text, &mut out);
        }
    }
    let _ = std::io::stdout().write_all(out.as_bytes());
}

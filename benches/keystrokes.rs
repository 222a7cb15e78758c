//! What a key costs the language server: processor time of the built program, told by the kernel, with everything that a
//! key sets off (reading the message, looking at the text, writing what is published).
//!
//! `cargo bench --bench keystrokes -- FILE...`; without files, articles of `tests/corpus`, repeated to 100 kB. Linux only.
//! For each file: what it costs to open it (a full check and all of its findings published), a key (phrases are typed
//! letter by letter at places all over the text), and the look at the whole that follows when the writer rests. Then the
//! memory after 100, 1,000 and 10,000 edits, with a rest after every tenth. `KEYS` and `EDITS` set other numbers.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

/// What is typed; some of it is damage.
const PHRASES: [&str; 6] = [
    " withinside the old harbour",
    " and then they waited",
    " with the aid of using boats",
    ". Nobody spoke",
    " a old ferry",
    "\u{1f6a2} caf\u{e9}",
];

struct Server {
    child: Child,
    to: ChildStdin,
    /// Bytes that it wrote.
    written: Arc<AtomicUsize>,
    version: i32,
}

impl Server {
    fn start(delay: u64) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_unspin"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program is built");
        let to = child.stdin.take().expect("it is piped");
        let from = child.stdout.take().expect("it is piped");
        let written = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&written);
        std::thread::spawn(move || {
            let mut from = BufReader::new(from);
            let mut line = String::new();
            while from.read_line(&mut line).is_ok_and(|n| n > 0) {
                if let Some(length) = line.strip_prefix("Content-Length: ") {
                    let length: usize = length.trim().parse().expect("a number");
                    from.read_line(&mut line).expect("an empty line");
                    let mut body = vec![0; length];
                    from.read_exact(&mut body).expect("a whole message");
                    counted.fetch_add(length, Ordering::Relaxed);
                }
                line.clear();
            }
        });
        let mut server = Self { child, to, written, version: 1 };
        let options = json!({ "delay": delay, "noConfig": true });
        let params = json!({ "capabilities": {}, "initializationOptions": options });
        server
            .send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }));
        server.notify("initialized", &json!({}));
        server.hear(0);
        server
    }

    /// Waits until it has written more than `before` bytes, and then until it rests.
    fn hear(&self, before: usize) -> u64 {
        while self.written.load(Ordering::Relaxed) <= before {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.rest()
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("it reads");
        self.to.flush().expect("it reads");
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn open(&mut self, text: &str) {
        let document = json!({ "uri": "file:///bench.txt", "languageId": "plaintext", "version": 1, "text": text });
        let before = self.written.load(Ordering::Relaxed);
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
        self.hear(before);
    }

    fn edit(&mut self, (line, from, to): (usize, usize, usize), text: &str) {
        self.version += 1;
        let document = json!({ "uri": "file:///bench.txt", "version": self.version });
        let range = json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } });
        let changes = json!([{ "range": range, "text": text }]);
        self.notify(
            "textDocument/didChange",
            &json!({ "textDocument": document, "contentChanges": changes }),
        );
    }

    /// Nanoseconds of processor time of all its threads.
    fn cpu(&self) -> u64 {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.child.id()));
        let spent = |thread: std::fs::DirEntry| {
            let told = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
            told.split(' ').next()?.parse::<u64>().ok()
        };
        threads.into_iter().flatten().flatten().filter_map(spent).sum()
    }

    /// Waits until it does nothing any more; the processor time by then, in nanoseconds.
    fn rest(&self) -> u64 {
        let (mut last, mut still) = (0, 0);
        while still < 6 {
            std::thread::sleep(Duration::from_millis(2));
            let now = self.cpu();
            still = if now == last { still + 1 } else { 0 };
            last = now;
        }
        last
    }

    /// Memory of its own in kB: not the pages of the program's file, in which the model lies.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Numbers that look drawn by lot, and are the same each time (Knuth's MMIX generator).
struct Lot(u64);

impl Lot {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

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

fn number(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// Types phrases all over the text and takes each back again; the processor time of each key in nanoseconds.
fn keys(server: &mut Server, lines: &[String], count: usize) -> Vec<u64> {
    let (mut lot, mut spent) = (Lot(7), Vec::with_capacity(count));
    let mut before = server.rest();
    while spent.len() < count {
        let (line, from) = place(lines, &mut lot);
        let mut to = from;
        for letter in PHRASES[lot.below(PHRASES.len())].chars() {
            server.edit((line, to, to), letter.encode_utf8(&mut [0; 4]));
            to += letter.len_utf16();
            let now = server.rest();
            spent.push(now - before);
            before = now;
        }
        server.edit((line, from, to), "");
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
    server.open(text);
    let opened = (server.rest() - before) as f64 / 1e6;
    let told = server.written.load(Ordering::Relaxed);
    let typed = keys(&mut server, &lines, number("KEYS", 1000));
    let mut eager = Server::start(0);
    eager.open(text);
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
    server.open(text);
    let mut lot = Lot(11);
    let edits = number("EDITS", 10_000);
    for edit in 1..=edits {
        let (line, from) = place(&lines, &mut lot);
        server.edit((line, from, from), "x");
        server.edit((line, from, from + 1), "");
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
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
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

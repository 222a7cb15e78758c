//! A language server that is written with for long: whether it still says what it would say of the same text at first
//! sight, and whether it keeps more memory.
//!
//! `cargo bench --bench soak -- FILE...`; without files, an article of `tests/corpus`. Linux only. Edits are drawn by lot, the
//! same each time: letters, words, pastes of paragraphs, deletions, line ends, characters of two to four bytes, undone
//! edits, several keys at once, and now and then the text is closed and opened. After every thousandth edit it is
//! left alone until it rests; then what it published last is compared with what a server publishes that was just
//! started on the same text. `EDITS` sets another number than 100,000, `UNSPIN_PROGRAM` another program.

mod editor;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use editor::{Lot, Place, Server, files, number};
use serde_json::{Value, json};

const URI: &str = "file:///soak.txt";
/// Edits between two looks.
const STEP: usize = 1000;
/// Bytes that the text is kept about.
const USUAL: usize = 12_000;
/// Milliseconds after the last key until the server looks at the whole.
const DELAY: u64 = 50;
/// What is typed or pasted; some of it is damage.
const PIECES: [&str; 14] = [
    "x",
    " ",
    "e\u{301}",
    "\u{1f6a2} ",
    "\n",
    "\r\n",
    "\n\n",
    ". Nobody spoke",
    " withinside the old harbour",
    " with the aid of using boats",
    " a old ferry the the",
    " \u{201c}The quay is ours,\u{201d} she said.",
    "[unspin-disable-line doubled-word]",
    "\n\nThe board misplaced eleven boats due to the fact that the wall fell, and the okora ministry remaining month \
     instructed parliament that the clerk might wait.\n\n",
];

/// A text, what was done to it last, and the server that is told of it.
struct Writer {
    server: Server,
    text: String,
    /// What would undo the last edits: where, how many bytes, and what stood there.
    undo: Vec<(usize, usize, String)>,
    lot: Lot,
    reopened: usize,
}

impl Writer {
    /// The place of a byte, which stands on a border of characters and not between the two of a line end.
    fn place(&self, byte: usize) -> Place {
        let before = &self.text[..byte];
        // Lines end at `\n`, `\r\n` or a lone `\r`.
        let ends = before.replace("\r\n", "\n").matches(['\n', '\r']).count();
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        (ends, before[start..].encode_utf16().count())
    }

    /// The nearest border at or before a byte.
    fn border(&self, byte: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = byte.min(bytes.len());
        while !self.text.is_char_boundary(at)
            || (at > 0 && bytes.get(at - 1) == Some(&b'\r') && bytes.get(at) == Some(&b'\n'))
        {
            at -= 1;
        }
        at
    }

    fn replace(&mut self, start: usize, end: usize, by: &str) {
        let range = (self.place(start), self.place(end));
        self.server.edit(URI, range, by);
        let gone = self.text[start..end].to_owned();
        self.text.replace_range(start..end, by);
        self.undo.push((start, by.len(), gone));
        if self.undo.len() > 20 {
            self.undo.remove(0);
        }
    }

    fn edit(&mut self) {
        let at = self.lot.below(self.text.len() + 1);
        let at = self.border(at);
        match self.lot.below(20) {
            0..=2 => {
                // An edit that joins or parts a line end has no inverse among places.
                if let Some((start, came, gone)) = self.undo.pop() {
                    let end = start + came;
                    if end <= self.text.len()
                        && self.border(start) == start
                        && self.border(end) == end
                    {
                        self.replace(start, end, &gone);
                        self.undo.pop();
                    }
                }
            }
            3..=7 => {
                let most = if self.text.len() > USUAL { 400 } else { 12 };
                let end = at + self.lot.below(most);
                let end = self.border(end).max(at);
                self.replace(at, end, "");
            }
            8 => {
                // A word is typed letter by letter.
                for (typed, letter) in ["o", "k", "o", "r", "a", " "].into_iter().enumerate() {
                    self.replace(at + typed, at + typed, letter);
                }
            }
            9 if self.lot.below(50) == 0 => self.reopen(),
            _ => {
                let by = PIECES[self.lot.below(PIECES.len())];
                self.replace(at, at, by);
            }
        }
    }

    /// Closes the text and opens it again.
    fn reopen(&mut self) {
        self.server.notify("textDocument/didClose", &json!({ "textDocument": { "uri": URI } }));
        let text = self.text.clone();
        self.server.open(URI, &text);
        self.reopened += 1;
    }

    /// What is published at rest, without its version.
    fn told(&mut self) -> Value {
        // The look at the whole begins a little after the last key.
        let mut last = self.server.published(URI);
        loop {
            std::thread::sleep(std::time::Duration::from_millis(10 * DELAY));
            self.server.rest();
            let now = self.server.published(URI);
            if now == last {
                return now["diagnostics"].clone();
            }
            last = now;
        }
    }
}

/// What a server says that has just been started.
fn fresh(text: &str) -> Value {
    let mut server = Server::start(DELAY);
    server.open(URI, text);
    server.rest();
    server.published(URI)["diagnostics"].clone()
}

fn soak(name: &str, text: &str, out: &mut String) -> bool {
    let mut server = Server::start(DELAY);
    server.open(URI, text);
    let opened = server.memory();
    let (lot, undo) = (Lot(7), Vec::new());
    let mut writer = Writer { server, text: text.to_owned(), undo, lot, reopened: 0 };
    let edits = number("EDITS", 100_000);
    let (began, spent) = (Instant::now(), writer.server.cpu());
    let (mut same, mut held, mut wrong, mut memory) = (0, 0, 0, String::new());
    for edit in 1..=edits {
        writer.edit();
        // Every few edits are looked at; some looks at the whole come between, which the next edit cuts short.
        if writer.lot.below(6) == 0 {
            writer.server.ask(URI);
        }
        if edit % STEP != 0 {
            continue;
        }
        let (told, expected) = (writer.told(), fresh(&writer.text));
        if told == expected {
            same += 1;
        } else {
            // A verdict that was shown stays until the text is clearly below it; one that is opened has none.
            writer.reopen();
            if writer.told() == expected {
                held += 1;
            } else {
                wrong += 1;
                let kept = std::env::temp_dir().join(format!("soak-{edit}.txt"));
                let _ = std::fs::write(&kept, &writer.text);
                let _ =
                    writeln!(out, "  after {edit} edits not as a fresh look: {}", kept.display());
            }
        }
        if [1, 2, 5, 10, 20, 50, 100].contains(&(edit / STEP)) {
            let _ = write!(memory, " {edit}: {} kB,", writer.server.memory());
        }
    }
    let _ = writeln!(
        out,
        "{name}: {edits} edits in {:.0} s, {:.0} s of processor time; {} bytes now, opened again {} times\n  \
         looks that are as those of a fresh server: {same}; once opened again, since a verdict was held: {held}; \
         otherwise: {wrong}\n  memory: opened {opened} kB, after edits{memory} at the end {} kB",
        began.elapsed().as_secs_f64(),
        (writer.server.cpu() - spent) as f64 / 1e9,
        writer.text.len(),
        writer.reopened,
        writer.server.memory(),
    );
    wrong == 0
}

fn main() {
    let mut out = String::new();
    let files = files();
    let mut is_sound = true;
    for file in &files {
        let text = std::fs::read_to_string(file).expect("a text in UTF-8");
        is_sound &= soak(file, &text, &mut out);
    }
    if files.is_empty() {
        let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/ferry_spun.txt");
        let text = std::fs::read_to_string(article).expect("it is there");
        is_sound &= soak("ferry_spun.txt", &text.repeat(4), &mut out);
    }
    let _ = std::io::stdout().write_all(out.as_bytes());
    assert!(is_sound, "what is said after edits is not what a fresh look says");
}

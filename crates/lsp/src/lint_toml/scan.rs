//! Which table, key or value a place in a settings file belongs to, though the file is broken.
//!
//! One pass over the whole file, since keys below the cursor count too. What does not end where it should ends with its
//! line (a string, an inline table) or where a statement can be recognised (a list), so that one open bracket does not
//! swallow the rest of the file.

use std::collections::HashMap;

use unspin_lint::Span;

use super::tree::{Form, Id, KeySite, Node, Quoted, ROOT, Scan, Site, ValueSite};

/// Scans a text. An offset in bytes beyond its end, or inside a character, counts as the next before it that is not.
pub(super) fn scan(text: &str, offset: usize) -> Scan<'_> {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let root =
        Node { parent: None, name: None, written: 0, is_headed: false, last: None, text: None };
    let found = Scan { nodes: vec![root], children: HashMap::new(), site: None };
    let mut scanner =
        Scanner { text, offset, at: 0, table: ROOT, frames: Vec::new(), found, is_settled: false };
    loop {
        // The end of the text may be the place for something, too.
        let is_last = scanner.at == text.len();
        match scanner.frames.last() {
            None => scanner.statement(),
            Some(&Frame { node, is_list: true, is_filled }) => scanner.item(node, is_filled),
            Some(&Frame { node, is_filled, .. }) => scanner.pair(node, is_filled),
        }
        if is_last {
            return scanner.found;
        }
    }
}

/// A list or an inline table that is open.
struct Frame {
    node: Id,
    is_list: bool,
    /// Whether something stands there already since its opening or the last comma.
    is_filled: bool,
}

struct Scanner<'t> {
    text: &'t str,
    offset: usize,
    at: usize,
    /// The table that the last header opened.
    table: Id,
    frames: Vec<Frame>,
    found: Scan<'t>,
    /// Whether it is known what the cursor is in: the first answer holds.
    is_settled: bool,
}

impl<'t> Scanner<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        self.run(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
    }

    fn run(&mut self, goes_on: impl Fn(u8) -> bool) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|&byte| !goes_on(byte)).unwrap_or(rest.len());
    }

    /// Whether the cursor stands at `from`, where the scan is, or between.
    fn touches(&self, from: usize) -> bool {
        !self.is_settled && (from..=self.at).contains(&self.offset)
    }

    fn settle(&mut self, site: Option<Site<'t>>) {
        if !self.is_settled {
            self.is_settled = true;
            self.found.site = site;
        }
    }

    /// The rest of the line says nothing.
    fn skip_line(&mut self) {
        let from = self.at;
        self.run(|byte| byte != b'\n');
        if self.touches(from) {
            self.settle(None);
        }
    }

    fn push(&mut self, parent: Option<Id>, name: Option<&'t str>) -> Id {
        let node = Node { parent, name, written: 0, is_headed: false, last: None, text: None };
        self.found.nodes.push(node);
        self.found.nodes.len() - 1
    }

    fn child(&mut self, table: Id, name: &'t str) -> Id {
        let known = self.found.children.get(&(table, name)).copied();
        let id = known.unwrap_or_else(|| {
            let id = self.push(Some(table), Some(name));
            self.found.children.insert((table, name), id);
            id
        });
        self.found.nodes[id].written += 1;
        id
    }

    /// A line that lies in no list and no inline table.
    fn statement(&mut self) {
        let from = self.at;
        self.blanks();
        match self.peek() {
            None => self.free_key(from, self.table, Form::Statement),
            Some(b'\n') => {
                self.free_key(from, self.table, Form::Statement);
                self.at += 1;
            }
            Some(b'#') => self.skip_line(),
            Some(b'[') => self.header(),
            Some(_) => {
                let key = self.key(self.table, Form::Statement);
                self.equals(key);
                if self.frames.is_empty() {
                    self.skip_line();
                }
            }
        }
    }

    /// The cursor may stand where a key can begin.
    fn free_key(&mut self, from: usize, table: Id, form: Form) {
        if self.touches(from) {
            let here = Span::new(self.offset as u32, self.offset as u32);
            let site = KeySite { table, own: None, part: here, form, is_first: true, rest: "" };
            self.settle(Some(Site::Key(site)));
        }
    }

    fn header(&mut self) {
        self.at += 1;
        let double = self.peek() == Some(b'[');
        self.at += usize::from(double);
        let named = self.key(ROOT, Form::Header { double });
        // What stands below a header without a name belongs to no table.
        let named = named.unwrap_or_else(|| self.push(None, None));
        self.found.nodes[named].is_headed = true;
        self.table = if double {
            let item = self.push(Some(named), None);
            self.found.nodes[named].last = Some(item);
            item
        } else {
            self.found.nodes[named].last.unwrap_or(named)
        };
        self.skip_line();
    }

    /// The value after a key, if there is an equals sign.
    fn equals(&mut self, key: Option<Id>) {
        self.blanks();
        if self.peek() == Some(b'=') {
            self.at += 1;
            let owner = key.unwrap_or_else(|| self.push(None, None));
            self.value(owner);
        }
    }

    /// A key, with its dots. Returns what it names.
    fn key(&mut self, table: Id, form: Form) -> Option<Id> {
        let mut table = table;
        let mut is_first = true;
        loop {
            let from = self.at;
            self.blanks();
            let start = self.at;
            let name = self.part();
            let own = (self.at > start).then(|| self.child(table, name));
            if self.touches(if own.is_some() { start } else { from }) {
                let part = match own {
                    Some(_) => Span::new(start as u32, self.at as u32),
                    None => Span::new(self.offset as u32, self.offset as u32),
                };
                let line = self.text[self.at..].lines().next().unwrap_or_default();
                let rest = line.trim();
                let site = KeySite { table, own, part, form, is_first, rest };
                self.settle(Some(Site::Key(site)));
            }
            let own = own?;
            self.blanks();
            if self.peek() != Some(b'.') {
                return Some(own);
            }
            self.at += 1;
            is_first = false;
            table = self.found.nodes[own].last.unwrap_or(own);
        }
    }

    /// One part of a key: bare, or between quotation marks.
    fn part(&mut self) -> &'t str {
        let start = self.at;
        if let Some(mark @ (b'"' | b'\'')) = self.peek() {
            self.at += 1;
            self.run(|byte| byte != mark && byte != b'\n' && byte != b'\r');
            let inner = &self.text[start + 1..self.at];
            self.at += usize::from(self.peek() == Some(mark));
            return inner;
        }
        self.run(|byte| !b" \t\r\n.=,#[]{}\"'".contains(&byte));
        &self.text[start..self.at]
    }

    /// A value. Of a list or an inline table only the opening is read here.
    fn value(&mut self, owner: Id) {
        let from = self.at;
        self.blanks();
        match self.peek() {
            Some(mark @ (b'"' | b'\'')) => self.string(owner, mark),
            Some(open @ (b'[' | b'{')) => {
                self.at += 1;
                self.frames.push(Frame { node: owner, is_list: open == b'[', is_filled: false });
            }
            _ => {
                let start = self.at;
                self.run(|byte| !b" \t\r\n,#]}".contains(&byte));
                let is_empty = self.at == start;
                if self.touches(if is_empty { from } else { start }) {
                    let here = self.offset..self.offset;
                    let token = if is_empty { here } else { start..self.at };
                    let token = Span::new(token.start as u32, token.end as u32);
                    self.settle(Some(Site::Value(ValueSite { owner, token, quoted: None })));
                }
            }
        }
    }

    fn string(&mut self, owner: Id, mark: u8) {
        let start = self.at;
        let triple = [mark; 3];
        if self.text.as_bytes()[start..].starts_with(&triple) {
            return self.long_string(triple);
        }
        self.at += 1;
        let inner = self.at;
        loop {
            self.run(|byte| byte != mark && byte != b'\n' && byte != b'\r' && byte != b'\\');
            // In the quotation marks of basic strings a backslash goes with the character after it.
            if self.peek() != Some(b'\\') {
                break;
            }
            self.at += 1;
            if mark == b'"' && matches!(self.peek(), Some(b'"' | b'\\')) {
                self.at += 1;
            }
        }
        let inner = Span::new(inner as u32, self.at as u32);
        let is_closed = self.peek() == Some(mark);
        self.found.nodes[owner].text = Some(&self.text[inner.range()]);
        let is_inside = self.touches(start);
        self.at += usize::from(is_closed);
        if is_inside {
            let token = Span::new(start as u32, self.at as u32);
            let quoted = Some(Quoted { inner, mark: char::from(mark), is_closed });
            self.settle(Some(Site::Value(ValueSite { owner, token, quoted })));
        } else if self.touches(start) {
            self.settle(None);
        }
    }

    /// A string over several lines: prose, in which nothing can be offered.
    fn long_string(&mut self, mark: [u8; 3]) {
        let start = self.at;
        let rest = &self.text.as_bytes()[start + 3..];
        let len = rest.windows(3).position(|window| window == mark);
        self.at = len.map_or(self.text.len(), |len| start + 3 + len + 3);
        if self.touches(start) {
            self.settle(None);
        }
    }

    /// What comes next in a list.
    fn item(&mut self, list: Id, is_filled: bool) {
        let from = self.at;
        self.blanks();
        let next = self.peek();
        let is_gap = matches!(next, None | Some(b'\n' | b'#' | b',' | b']'));
        if is_gap && self.touches(from) {
            let here = Span::new(self.offset as u32, self.offset as u32);
            let site = (!is_filled).then(|| {
                let owner = self.push(Some(list), None);
                Site::Value(ValueSite { owner, token: here, quoted: None })
            });
            self.settle(site);
        }
        match next {
            None => {}
            Some(b'\n') => {
                self.at += 1;
                if self.begins_statement(true) {
                    self.frames.clear();
                }
            }
            Some(b'#') => self.skip_line(),
            Some(b',') => self.comma(),
            Some(b']') => self.close(),
            Some(b'}' | b'=') => self.at += 1,
            Some(_) => {
                self.fill();
                let item = self.push(Some(list), None);
                self.value(item);
            }
        }
    }

    /// What comes next in an inline table.
    fn pair(&mut self, table: Id, is_filled: bool) {
        let from = self.at;
        self.blanks();
        let next = self.peek();
        if matches!(next, None | Some(b'\n' | b'#' | b',' | b'}' | b']')) {
            if is_filled && self.touches(from) {
                self.settle(None);
            }
            self.free_key(from, table, Form::Inline);
        }
        match next {
            None => {}
            Some(b'\n') => {
                self.at += 1;
                if self.begins_statement(false) {
                    self.frames.clear();
                } else if is_filled {
                    // Without a comma it does not go on: its brace was forgotten, or stands alone on the next line.
                    self.frames.pop();
                }
            }
            Some(b'#') => self.skip_line(),
            Some(b',') => self.comma(),
            Some(b'}') => self.close(),
            Some(b']') => {
                // The list around it ends, and so does this.
                self.frames.pop();
                if !self.frames.iter().any(|frame| frame.is_list) {
                    self.frames.clear();
                    self.skip_line();
                }
            }
            Some(_) => {
                self.fill();
                let start = self.at;
                let key = self.key(table, Form::Inline);
                self.equals(key);
                if self.at == start {
                    self.at += 1; // one of the ASCII characters that end a key
                }
            }
        }
    }

    fn fill(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.is_filled = true;
        }
    }

    fn comma(&mut self) {
        self.at += 1;
        if let Some(frame) = self.frames.last_mut() {
            frame.is_filled = false;
        }
    }

    fn close(&mut self) {
        self.at += 1;
        self.frames.pop();
        if self.frames.is_empty() {
            self.skip_line();
        }
    }

    /// Whether the line that begins here can be no part of a list or an inline table that is open: a table header or,
    /// in a list, a key with its equals sign.
    fn begins_statement(&self, in_list: bool) -> bool {
        let line = self.text[self.at..].lines().next().unwrap_or_default().trim_start();
        let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let name = line.trim_start_matches(|c| is_bare(c) || c == '.');
        if let Some(header) = line.strip_prefix('[') {
            return header.trim_start_matches(['[', ' ']).starts_with(is_bare);
        }
        in_list && name.len() < line.len() && name.trim_start().starts_with('=')
    }
}

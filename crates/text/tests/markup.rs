//! Pages of known text in nested markup: what is read is the text, and every place leads back to its bytes.

use proptest::prelude::*;
use unspin_text::{Document, Markup, Span};

/// Words as a page may write them, with what they say.
const WORDS: [(&str, &str); 12] = [
    ("harbour", "harbour"),
    ("caf&eacute;", "caf\u{e9}"),
    ("council&#8217;s", "council\u{2019}s"),
    ("R&amp;D", "R&D"),
    ("ferry,", "ferry,"),
    ("na\u{ef}ve", "na\u{ef}ve"),
    ("9.2", "9.2"),
    ("&lt;b&gt;", "<b>"),
    ("&#x1F44D;", "\u{1f44d}"),
    ("end.", "end."),
    ("\u{201c}so\u{201d}", "\u{201c}so\u{201d}"),
    ("A&#38;B", "A&B"),
];

/// Writes a page as it is told by a list of numbers, and the text that is in it.
struct Page<'c> {
    choices: std::slice::Iter<'c, u8>,
    markup: Markup,
    source: String,
    /// The text of each block.
    blocks: Vec<String>,
}

impl<'c> Page<'c> {
    fn new(choices: &'c [u8], markup: Markup) -> Self {
        let mut page =
            Self { choices: choices.iter(), markup, source: String::new(), blocks: Vec::new() };
        while page.choices.len() > 0 {
            match markup {
                Markup::Html => page.block(3),
                _ => page.markdown_block(),
            }
        }
        page
    }

    fn choose(&mut self, from: usize) -> usize {
        self.choices.next().map_or(0, |choice| *choice as usize % from)
    }

    fn text(&self) -> String {
        self.blocks.join("\n\n")
    }

    fn say(&mut self, said: &str) {
        self.blocks.last_mut().expect("a block is open").push_str(said);
    }

    /// Space, written in one of the ways that are one.
    fn space(&mut self) {
        let ways: &[&str] = match self.markup {
            Markup::Html => {
                &[" ", "\n", "\r\n  ", " <!-- a > b --> ", "\t<span></span> ", "<i> </i>"]
            }
            _ => &[" ", " <!-- a > b --> ", "<i> </i>", "  "],
        };
        let way = ways[self.choose(ways.len())];
        self.source.push_str(way);
        self.say(" ");
    }

    fn word(&mut self) {
        let (written, said) = WORDS[self.choose(WORDS.len())];
        let around: &[(&str, &str)] = match self.markup {
            Markup::Html => &[
                ("", ""),
                ("<b>", "</b>"),
                ("<a href='x.html' title=\"a > b\">", "</a>"),
                ("<span class=x><i>", "</i></span>"),
                ("<script>var a = '<p>';</script>", ""),
                ("<nosuch-tag>", "</nosuch-tag>"),
            ],
            _ => &[("", ""), ("**", "**"), ("[", "](x.html \"t\")"), ("<b>", "</b>"), ("*", "*")],
        };
        let (before, after) = around[self.choose(around.len())];
        // A mark of Markdown beside a reference or a stop may not be one, so those stay bare.
        let bare = self.markup == Markup::Markdown && !written.chars().all(char::is_alphanumeric);
        if bare {
            self.source.push_str(written);
        } else {
            self.source.extend([before, written, after]);
        }
        self.say(said);
        // A word of two parts.
        if !bare && said.ends_with(char::is_alphabetic) && self.choose(4) == 1 {
            self.source.push_str("<em>ish</em>");
            self.say("ish");
        }
    }

    fn words(&mut self) {
        self.blocks.push(String::new());
        for i in 0..=self.choose(6) {
            if i > 0 {
                self.space();
            }
            self.word();
        }
    }

    fn block(&mut self, depth: usize) {
        let kinds: &[(&str, &str)] = &[
            ("<p>", "</p>"),
            ("<p>", "\n"),
            ("<h2 id=a>", "</h2>"),
            ("<div>", "</div>"),
            ("<blockquote>", "</blockquote>"),
            ("<ul><li>", "</ul>"),
            ("<table><tr><td>", "</td></table>"),
            ("<figure><figcaption>", "</figure>"),
            ("<nav>Home <ul><li>More</ul></nav><section>\r\n", "</section>"),
            ("<style>p {}</style><div hidden>No <p>no</div><p>", "</p>"),
        ];
        let (before, after) = kinds[self.choose(kinds.len())];
        self.source.push_str(before);
        let holds_blocks = !matches!(before, "<p>" | "<h2 id=a>") && !after.contains("</p>");
        if holds_blocks && depth > 0 && self.choose(2) == 1 {
            for _ in 0..=self.choose(2) {
                self.block(depth - 1);
            }
        } else {
            self.words();
        }
        self.source.push_str(after);
    }

    fn markdown_block(&mut self) {
        let kind = self.choose(7);
        match kind {
            1 => {
                self.source.push_str("## ");
                self.words();
            }
            2 => {
                self.source.push_str("> ");
                self.words();
            }
            3 => {
                self.source.push_str("- ");
                self.words();
            }
            4 => {
                self.source.push_str("```\nno <b> prose\n```\n\n");
                self.words();
            }
            5 => {
                self.source.push_str("<div class='x'>\n\n");
                self.words();
                self.source.push_str("\n\n</div>");
            }
            6 => {
                self.source.push_str("| ");
                self.words();
                self.source.push_str(" |\n|---|");
            }
            _ => self.words(),
        }
        // A list would swallow a block after it.
        self.source.push_str("\n\n<!-- -->\n\n");
    }
}

/// What a stretch of source says: markup taken out, references read, white space as one space.
fn read_plainly(source: &str, markup: Markup) -> String {
    let mut said = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(script) = rest.strip_prefix("<script>") {
            rest = script.split_once("</script>").map_or("", |(_, after)| after);
        } else if let Some(link) = rest.strip_prefix("](").filter(|_| markup == Markup::Markdown) {
            rest = link.split_once(')').map_or("", |(_, after)| after);
        } else if c == '<' {
            let quoted = rest.find("\">").map(|at| at + 2).filter(|_| rest.starts_with("<a "));
            let end = quoted.or_else(|| rest.find('>').map(|at| at + 1));
            rest = &rest[end.unwrap_or(rest.len())..];
        } else if c == '&' {
            let (reference, after) = rest.split_once(';').unwrap_or((rest, ""));
            said.push(match reference {
                "&eacute" => '\u{e9}',
                "&#8217" => '\u{2019}',
                "&amp" | "&#38" => '&',
                "&lt" => '<',
                "&gt" => '>',
                "&#x1F44D" => '\u{1f44d}',
                other => panic!("{other}"),
            });
            rest = after;
        } else {
            if !(markup == Markup::Markdown && matches!(c, '*' | '[')) {
                said.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    said.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(page: &Page<'_>) -> Result<(), TestCaseError> {
    let document = Document::read(page.source.as_bytes(), page.markup);
    prop_assert_eq!(document.text(), &page.text(), "{}", page.source);
    for token in document.tokens() {
        let source = document.in_source(token.span);
        let written = page.source.get(source.range());
        prop_assert!(written.is_some(), "{:?} parts a character", source);
        let said = read_plainly(written.unwrap_or_default(), page.markup);
        prop_assert_eq!(said, document.token_text(token), "{}", page.source);
    }
    let sentences = document.sentences().iter().map(|s| s.span);
    let mut end = 0;
    for span in sentences {
        let source = document.in_source(span);
        prop_assert!(source.start >= end, "sentences stand in the order of the source");
        end = source.end;
        let said = read_plainly(&page.source[source.range()], page.markup);
        prop_assert_eq!(said, document.slice(span), "{}", page.source);
    }
    Ok(())
}

/// Replaces some tokens, alone or two together; where that is allowed, the text must change as it was asked to.
fn check_edits(page: &Page<'_>, by: &str, reach: usize) -> Result<(), TestCaseError> {
    let document = Document::read(page.source.as_bytes(), page.markup);
    let tokens = document.tokens();
    for (first, last) in tokens.iter().zip(&tokens[reach.min(tokens.len())..]) {
        let span = first.span.cover(last.span);
        let Some((source, text)) = document.source_edit(span, by) else { continue };
        let mut edited = page.source.clone();
        edited.replace_range(source.range(), &text);
        let mut expected = document.text().to_owned();
        expected.replace_range(span.range(), by);
        let tidy = |text: &str| -> Vec<String> {
            let blocks = text.split("\n\n");
            let words = |b: &str| b.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            blocks.map(words).filter(|b| !b.is_empty()).collect()
        };
        let found = Document::read(edited.as_bytes(), page.markup).text().to_owned();
        prop_assert_eq!(tidy(&found), tidy(&expected), "{} to {}", page.source, edited);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_any_page_each_token_leads_back_to_its_bytes(choices in prop::collection::vec(any::<u8>(), 1..160)) {
        check(&Page::new(&choices, Markup::Html))?;
        check(&Page::new(&choices, Markup::Markdown))?;
    }

    #[test]
    fn an_edit_changes_the_text_as_asked_or_is_refused(
        choices in prop::collection::vec(any::<u8>(), 1..60),
        by in prop::sample::select(vec!["word", "two words", "a<b>", "", "*x*", "R&D &amp;", "1.", "- x", "[y](z)", "#", "\u{e9}", "`c`", "a|b"]),
        reach in 0_usize..3,
    ) {
        check_edits(&Page::new(&choices, Markup::Html), by, reach)?;
        check_edits(&Page::new(&choices, Markup::Markdown), by, reach)?;
    }
}

/// None of these would end if any step were quadratic.
#[test]
fn a_long_run_of_one_mark_is_read_in_linear_time() {
    let marks = [
        "<b>",
        "<p>",
        "<div>",
        "</div>",
        "<li>",
        "<ul><li>",
        "<table><tr><td>",
        "<td>",
        "<span hidden>",
        "<article>",
        "<a>",
        "<q>",
        "<code>",
        "<!--",
        "<",
        "&",
        "&amp",
        "> ",
        "[",
        "*",
        "**a ",
        "_a",
        "`",
        "![",
        "](",
        "- ",
        "|",
        "<b",
        "<a b='",
        "\\",
        "# ",
        "[^",
        "<img alt=x>",
        "<p>word <b>",
        "a\n> ",
        "- a\n",
        "<blockquote>\"a ",
        "`a` ",
    ];
    for mark in marks {
        let source = mark.repeat((1 << 18) / mark.len());
        for markup in [Markup::Html, Markup::Markdown] {
            let document = Document::read(source.as_bytes(), markup);
            let end = document.text().len() as u32;
            assert!(document.in_source(Span::new(0, end)).end as usize <= source.len());
        }
    }
}

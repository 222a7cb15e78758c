//! The letter case of headings.

use std::collections::{HashMap, HashSet};

use unspin_lang::is_function_word;
use unspin_lint::{Analysis, Context, Edit, Finding, Fix, Span};
use unspin_text::{Case, Document, Paragraph, Roles, Token, TokenKind};

use super::PackRule;
use super::capital::raised;
use crate::Style;
use crate::pattern::fold;
use crate::suggestion::tidy;

/// Words from this length on take a capital in a title, whatever they are (Associated Press).
const LONG: usize = 4;

/// The keys of words that the running text of a document writes with a capital inside of sentences: its names.
struct Names(HashSet<u32>);

impl Analysis for Names {
    fn analyse(cx: &Context<'_>) -> Self {
        let document = cx.document();
        let mut names = HashSet::new();
        for paragraph in document.paragraphs().iter().filter(|p| !is_heading(document, p)) {
            let sentences = paragraph.sentences.start as usize..paragraph.sentences.end as usize;
            for sentence in &document.sentences()[sentences] {
                let words = document.sentence_tokens(sentence).iter();
                let words = words.filter(|token| token.kind == TokenKind::Word).skip(1);
                names.extend(words.filter(|t| t.case == Case::Title).map(|token| token.key));
            }
        }
        Self(names)
    }
}

impl PackRule {
    /// Reports headings in another letter case.
    pub(super) fn headings(&self, cx: &Context<'_>, style: Style, out: &mut Vec<Finding>) {
        let Some(entry) = self.only_entry() else { return };
        let document = cx.document();
        let names = self.pack.strings(self.record.names);
        let kept: HashMap<String, &str> = names.map(|name| (fold(name), name)).collect();
        for paragraph in document.paragraphs().iter().filter(|p| is_heading(document, p)) {
            if !self.allows(cx, paragraph.span) {
                continue;
            }
            let edits = edits(cx, paragraph, style, &kept);
            if edits.is_empty() {
                continue;
            }
            let written = applied(document.slice(paragraph.span), paragraph.span.start, &edits);
            let found = tidy(document.slice(paragraph.span));
            let written = tidy(&written);
            let values = [("found", &*found), ("suggestion", &*written)];
            let finding = self.said(paragraph.span, entry.evidence, &values);
            let title = format!("write \"{written}\"");
            out.push(finding.fix(Fix::new(title, entry.safety, edits)));
        }
    }
}

/// What must change in a heading, word by word, so that no markup inside it is touched. `names` keep their
/// letters, by their folded text.
fn edits(
    cx: &Context<'_>,
    paragraph: &Paragraph,
    style: Style,
    names: &HashMap<String, &str>,
) -> Vec<Edit> {
    let document = cx.document();
    let range = document.tokens_in(paragraph.span);
    let tokens = &document.tokens()[range];
    let is_word = |token: &&Token| token.kind == TokenKind::Word;
    let last = tokens.iter().rposition(|token| is_word(&token));
    let mut opens = true;
    let mut is_kept = false;
    let mut edits = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let text = document.token_text(token);
        let written = match (token.kind, style) {
            (TokenKind::Word, _) => {
                let kept = names.get(&fold(text));
                is_kept = kept.is_some();
                let closes = last == Some(at);
                let own = || styled(cx, token, style, opens, closes);
                let written = kept.map_or_else(own, |kept| (*kept).to_owned());
                opens = false;
                written
            }
            // The ending of a word goes with it.
            (TokenKind::Clitic, Style::Upper) if !is_kept => text.to_uppercase(),
            (TokenKind::Clitic, Style::Lower) if !is_kept => text.to_lowercase(),
            _ => {
                // A colon, a full stop or a question mark opens anew.
                opens |= matches!(text, ":" | "." | "?" | "!");
                continue;
            }
        };
        if text != written {
            edits.push(Edit { span: token.span, text: written });
        }
    }
    edits
}

fn is_heading(document: &Document<'_>, paragraph: &Paragraph) -> bool {
    document.roles_at(paragraph.span.start).contains(Roles::HEADING)
}

/// A word in the letter case that a style gives it.
fn styled(cx: &Context<'_>, token: &Token, style: Style, opens: bool, closes: bool) -> String {
    let text = cx.document().token_text(token);
    // An abbreviation or a trade name keeps its letters.
    let has_own = matches!(token.case, Case::Upper | Case::Mixed);
    match style {
        Style::Upper => text.to_uppercase(),
        Style::Lower => text.to_lowercase(),
        _ if has_own => text.to_owned(),
        Style::Sentence if opens => raised(text),
        Style::Sentence => {
            let is_name = text == "I" || cx.get::<Names>().0.contains(&token.key);
            if is_name { text.to_owned() } else { text.to_lowercase() }
        }
        Style::Title => {
            let is_long = text.chars().count() >= LONG;
            if opens || closes || is_long || !is_function_word(text) || text == "I" {
                raised(text)
            } else {
                text.to_lowercase()
            }
        }
    }
}

/// A text that begins at `start` after edits inside it.
fn applied(text: &str, start: u32, edits: &[Edit]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for Edit { span, text: new } in edits {
        let Span { start: from, end } = *span;
        out.push_str(&text[at..(from - start) as usize]);
        out.push_str(new);
        at = (end - start) as usize;
    }
    out.push_str(&text[at..]);
    out
}

//! What holds for any bytes at all.

use proptest::prelude::*;
use unspin_text::{Document, Markup, Span, Token, TokenKind, fold_key};

/// Text made of the pieces that the scanners treat specially, which random characters seldom hit.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[A-Za-z]{1,8}",
        2 => Just(" ".to_owned()),
        1 => "[0-9]{1,3}",
        3 => prop::sample::select(vec![
            ".", ",", "'", "\"", "\u{2019}", "\u{2018}", "\u{201c}", "\u{201d}", "-", "--", "\u{2013}", "...", "\u{2026}",
            "\n", "\r\n", "\n\n", "n't", "'s", "U.S.", "Mr.", "Inc.", "a.com/", "https://", "@", "#", "_", "/", "(", ")",
            "`", "\u{e9}", "\u{301}", "\u{6f22}", "\u{1f44d}", "\u{feff}", "\u{a0}", "\u{ad}", "\u{2bc}", "$", "%", "!?", "\0",
            "said", "(Reuters) -", "LONDON ", "\u{130}", "\u{df}",
            "<", ">", "<b>", "</b>", "<p>", "</p>", "<!--", "-->", "<a href=\"x\">", "</a>", "<table>", "<td>", "</table>",
            "<img alt='", "&amp;", "&#8217;", "&semi", "<script>", "</script>", "<blockquote>", "<code>", "</code>", "<br>",
            "<article>", "<html>", "<nav>", "\n> ", "\n- ", "\n# ", "**", "*", "[", "](", "![", "|", "\\", "\n```\n", "<?", "<!",
            "\n---\n", "\r", "\n    ", "~~", "<pre>", "<sup>", "<\u{e9}",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    for markup in [Markup::Plain, Markup::Markdown, Markup::Html] {
        check_read(bytes, markup)?;
    }
    Ok(())
}

fn check_read(bytes: &[u8], markup: Markup) -> Result<(), TestCaseError> {
    let document = Document::read(bytes, markup);
    let text = document.text();
    let on_boundaries = |span: Span| text.get(span.range()).is_some();

    let mut end = 0;
    for token in document.tokens() {
        prop_assert!(
            on_boundaries(token.span) && !token.span.is_empty() && token.span.start >= end
        );
        prop_assert_eq!(token.key, fold_key(document.token_text(token)));
        let before = &text[end as usize..token.span.start as usize];
        prop_assert_eq!(
            token.spaced,
            end == 0 && token.span.start == 0 || !before.is_empty(),
            "{:?}",
            token
        );
        end = token.span.end;
    }

    let mut tokens = 0;
    for sentence in document.sentences() {
        prop_assert!(sentence.tokens.start == tokens && sentence.tokens.end > tokens);
        tokens = sentence.tokens.end;
        let inside = document.sentence_tokens(sentence);
        prop_assert_eq!(sentence.span, inside[0].span.cover(inside[inside.len() - 1].span));
    }
    prop_assert_eq!(tokens as usize, document.tokens().len());

    let mut sentences = 0;
    for paragraph in document.paragraphs() {
        prop_assert!(paragraph.sentences.start == sentences && paragraph.sentences.end > sentences);
        sentences = paragraph.sentences.end;
        prop_assert!(paragraph.dateline.is_none_or(|dateline| paragraph.span.contains(dateline)));
    }
    prop_assert_eq!(sentences as usize, document.sentences().len());

    let mut open: Vec<Span> = Vec::new();
    let mut start = 0;
    for quotation in document.quotations() {
        prop_assert!(on_boundaries(quotation.span) && quotation.span.start >= start);
        start = quotation.span.start;
        open.retain(|outer| outer.overlaps(quotation.span));
        prop_assert!(open.iter().all(|outer| outer.contains(quotation.span)), "quotations cross");
        prop_assert_eq!(open.len(), usize::from(quotation.depth));
        open.push(quotation.span);
        prop_assert!(quotation.attribution.is_none_or(on_boundaries));
    }

    let in_source = |span: Span| document.source().get(span.range()).is_some();
    let whole = Span::new(0, text.len() as u32);
    let spans = document.tokens().iter().map(|t| t.span);
    for span in spans.chain(document.sentences().iter().map(|s| s.span)).chain([whole]) {
        prop_assert!(in_source(document.in_source(span)), "{:?}", span);
        let edit = document.source_edit(span, "<so> *it* is");
        prop_assert!(edit.is_none_or(|(source, _)| in_source(source)));
    }
    let mut end = 0;
    for region in document.regions() {
        prop_assert!(on_boundaries(region.span) && region.span.start >= end);
        prop_assert_eq!(document.roles_at(region.span.start), region.roles);
        end = region.span.end;
    }
    for comment in document.comments() {
        prop_assert!(in_source(comment.source) && comment.at <= whole.end);
    }
    Ok(())
}

fn kinds(document: &Document<'_>) -> Vec<(TokenKind, u32, bool)> {
    document.tokens().iter().map(|&Token { kind, key, spaced, .. }| (kind, key, spaced)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_make_a_sound_document(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes)?;
    }

    #[test]
    fn any_text_makes_a_sound_document(text in "\\PC{0,80}") {
        check(text.as_bytes())?;
    }

    #[test]
    fn any_mixture_of_special_pieces_makes_a_sound_document(text in pieces()) {
        check(text.as_bytes())?;
    }

    #[test]
    fn positions_round_trip_in_every_unit(text in pieces(), repeat in 1_usize..12) {
        let text = text.repeat(repeat);
        let document = Document::new(text.as_bytes());
        // A byte-order mark of UTF-16 cannot come out of a `String`, so the text is the same.
        prop_assert_eq!(document.text(), &text);
        let positions = document.positions();
        let mut utf16 = 0;
        for (char, (byte, c)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
            let at = positions.at(&text, byte as u32);
            prop_assert_eq!((at.byte, at.char, at.utf16), (byte as u32, char as u32, utf16));
            prop_assert_eq!(positions.byte_of_char(&text, at.char), Some(at.byte));
            prop_assert_eq!(positions.byte_of_utf16(&text, at.utf16), Some(at.byte));
            prop_assert_eq!(positions.byte_of_line_column(&text, at.line, at.column), Some(at.byte));
            prop_assert!(positions.line_span(at.line).is_some_and(|line| line.start <= at.byte));
            utf16 += c.len_utf16() as u32;
        }
    }

    #[test]
    fn words_read_the_same_with_curly_apostrophes(text in "([A-Za-z]{1,5}('[A-Za-z]{1,4})?[ ,.]){0,12}") {
        let curly = text.replace('\'', "\u{2019}");
        prop_assert_eq!(kinds(&Document::new(text.as_bytes())), kinds(&Document::new(curly.as_bytes())));
    }

    #[test]
    fn tokens_do_not_depend_on_what_follows_a_blank_line(text in pieces(), more in pieces()) {
        let alone = Document::new(text.as_bytes());
        let both = format!("{text}\n\n{more}");
        let both = Document::new(both.as_bytes());
        prop_assert_eq!(alone.tokens(), &both.tokens()[..alone.tokens().len()]);
    }
}

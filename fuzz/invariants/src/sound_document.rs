//! What holds of every document, whatever bytes it was read from.

use unspin_text::{Case, Document, Markup, Span, Token, TokenKind, fold_key};

/// Panics unless the document of these bytes keeps what its types promise.
pub(crate) fn check(bytes: &[u8], markup: Markup) {
    let document = Document::read(bytes, markup);
    pieces(&document);
    places(&document);
    positions(&document);
    parts(&document);
    edits(&document);
    // Again from the same bytes, and from what was decoded of them.
    assert_eq!(told(&document), told(&Document::read(bytes, markup)), "not the same twice");
    let decoded = document.source().to_owned();
    let again = Document::read(decoded.as_bytes(), markup);
    assert_eq!(document.text(), again.text());
    assert_eq!(document.tokens(), again.tokens());
    assert!(again.faults().iter().all(|fault| !fault.message().contains("not valid")));
}

/// All that rules see.
fn told(document: &Document<'_>) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        document.text().to_owned(),
        document.tokens().to_vec(),
        document.sentences().to_vec(),
        document.paragraphs().to_vec(),
        document.quotations().to_vec(),
        document.regions().to_vec(),
        document.comments().to_vec(),
        document.faults().to_vec(),
    )
}

/// Tokens, sentences, paragraphs and quotations are in order, on boundaries and inside each other.
fn pieces(document: &Document<'_>) {
    let text = document.text();
    let on_boundaries = |span: Span| text.get(span.range()).is_some();
    let mut end = 0;
    for token in document.tokens() {
        assert!(on_boundaries(token.span) && !token.span.is_empty() && token.span.start >= end);
        assert_eq!(token.key, fold_key(document.token_text(token)));
        let before = &text[end as usize..token.span.start as usize];
        assert_eq!(token.spaced, token.span.start == 0 || !before.is_empty(), "{token:?}");
        end = token.span.end;
    }
    let mut tokens = 0;
    for sentence in document.sentences() {
        assert!(sentence.tokens.start == tokens && sentence.tokens.end > tokens);
        tokens = sentence.tokens.end;
        let inside = document.sentence_tokens(sentence);
        assert_eq!(sentence.span, inside[0].span.cover(inside[inside.len() - 1].span));
    }
    assert_eq!(tokens as usize, document.tokens().len(), "a token in no sentence");
    let mut sentences = 0;
    for paragraph in document.paragraphs() {
        assert!(paragraph.sentences.start == sentences && paragraph.sentences.end > sentences);
        sentences = paragraph.sentences.end;
        assert!(paragraph.dateline.is_none_or(|dateline| paragraph.span.contains(dateline)));
    }
    assert_eq!(sentences as usize, document.sentences().len(), "a sentence in no paragraph");
    let mut open: Vec<Span> = Vec::new();
    let mut start = 0;
    for quotation in document.quotations() {
        assert!(on_boundaries(quotation.span) && quotation.span.start >= start);
        start = quotation.span.start;
        open.retain(|outer| outer.overlaps(quotation.span));
        assert!(open.iter().all(|outer| outer.contains(quotation.span)), "quotations cross");
        assert_eq!(open.len(), usize::from(quotation.depth));
        open.push(quotation.span);
        assert!(quotation.attribution.is_none_or(on_boundaries));
        assert!(quotation.tokens.end as usize <= document.tokens().len());
    }
    let mut end = 0;
    for region in document.regions() {
        assert!(on_boundaries(region.span) && region.span.start >= end);
        assert_eq!(document.roles_at(region.span.start), region.roles);
        end = region.span.end;
    }
}

/// Every place of the text has its bytes in the source.
fn places(document: &Document<'_>) {
    let source = document.source();
    let whole = Span::new(0, document.text().len() as u32);
    let tokens = document.tokens().iter().map(|token| token.span);
    for span in tokens.chain(document.sentences().iter().map(|s| s.span)).chain([whole]) {
        assert!(source.get(document.in_source(span).range()).is_some(), "{span:?}");
    }
    if document.markup() == Markup::Plain {
        assert_eq!((document.text(), document.in_source(whole)), (source, whole));
    }
    for comment in document.comments() {
        assert!(source.get(comment.source.range()).is_some() && comment.at <= whole.end);
    }
    for fault in document.faults() {
        assert!(source.get(fault.span.range()).is_some(), "{fault:?}");
    }
}

/// Positions in every unit lead back to their byte.
fn positions(document: &Document<'_>) {
    let (source, positions) = (document.source(), document.positions());
    let tokens = document.tokens().iter().map(|token| document.in_source(token.span));
    for byte in tokens.flat_map(|span| [span.start, span.end]).chain([0, source.len() as u32]) {
        let at = positions.at(source, byte);
        assert_eq!(at.byte, byte);
        assert_eq!(positions.byte_of_char(source, at.char), Some(byte));
        assert_eq!(positions.byte_of_utf16(source, at.utf16), Some(byte));
        assert_eq!(positions.byte_of_line_column(source, at.line, at.column), Some(byte));
        assert!(positions.line_span(at.line).is_some_and(|line| line.start <= byte));
    }
}

/// The parts are the whole: every token, sentence and quotation in one of them, at its place.
fn parts(document: &Document<'_>) {
    let (mut tokens, mut sentences, mut quotations): (Vec<Token>, usize, usize) =
        Default::default();
    for part in document.parts() {
        let alone = document.part(&part);
        assert_eq!(alone.text(), document.slice(part.span));
        pieces(&alone);
        let start = part.span.start;
        let shift = |span: Span| Span::new(span.start + start, span.end + start);
        tokens.extend(alone.tokens().iter().map(|t| Token { span: shift(t.span), ..*t }));
        for sentence in alone.sentences() {
            assert_eq!(shift(sentence.span), document.sentences()[sentences].span);
            sentences += 1;
        }
        for quotation in alone.quotations() {
            assert_eq!(shift(quotation.span), document.quotations()[quotations].span);
            quotations += 1;
        }
    }
    assert_eq!(tokens, document.tokens());
    assert_eq!(sentences, document.sentences().len());
    assert_eq!(quotations, document.quotations().len());
}

/// A word that is replaced by another changes in the text and nothing else does, or the edit is refused.
fn edits(document: &Document<'_>) {
    const MOST: usize = 8;
    let is_plain = |token: &&Token| {
        token.kind == TokenKind::Word && token.case == Case::Lower && token.span.len() > 2
    };
    let words: Vec<&Token> = document.tokens().iter().filter(is_plain).collect();
    for token in words.iter().step_by(words.len() / MOST + 1) {
        // As long as the word was: which part of a page is its article depends on lengths.
        let by: String = "yarrow".chars().cycle().take(token.span.len() as usize).collect();
        let Some((place, written)) = document.source_edit(token.span, &by) else {
            assert_ne!(document.markup(), Markup::Plain, "plain text takes any edit");
            continue;
        };
        let mut source = document.source().to_owned();
        source.replace_range(place.range(), &written);
        let mut text = document.text().to_owned();
        text.replace_range(token.span.range(), &by);
        let edited = Document::read(source.as_bytes(), document.markup());
        assert_eq!(edited.text(), text, "an edit at {place:?} changed more than its word");
    }
}

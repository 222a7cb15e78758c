//! What of a document is running prose; the rest says nothing about how its prose came about.

use unspin_text::{Document, QuoteKind, Roles, TokenKind};

/// Which tokens stand in prose: not in code, and not in a line of a table.
pub(crate) fn is_prose(document: &Document<'_>) -> Vec<bool> {
    let mut prose = vec![true; document.tokens().len()];
    // What stands in code as prose is an example.
    for quotation in document.quotations().iter().filter(|q| q.kind == QuoteKind::Code) {
        prose[quotation.tokens.start as usize..quotation.tokens.end as usize].fill(false);
    }
    // The words of a table's cells have no sentence to fit.
    for region in document.regions().iter().filter(|r| r.roles.contains(Roles::TABLE_CELL)) {
        prose[document.tokens_in(region.span)].fill(false);
    }
    let (text, tokens) = (document.text(), document.tokens());
    let mut from = 0;
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let end = line_start + line.len();
        let to = from + tokens[from..].partition_point(|t| (t.span.start as usize) < end);
        if is_row(line, tokens[from..to].iter().map(|t| t.kind)) {
            prose[from..to].fill(false);
        }
        (from, line_start) = (to, end);
    }
    prose
}

/// Whether a line is one of a table: cells with wide gaps or bars between them, or more figures than words.
fn is_row(line: &str, kinds: impl Iterator<Item = TokenKind>) -> bool {
    let line = line.trim();
    if line.is_empty() {
        return false;
    }
    let gaps = line.split("   ").filter(|cell| !cell.trim().is_empty()).count();
    let cells = line.split(['|', '\t']).count();
    let (mut words, mut figures) = (0, 0);
    for kind in kinds {
        words += usize::from(kind == TokenKind::Word);
        figures += usize::from(kind == TokenKind::Number);
    }
    gaps >= 3 || cells >= 3 || figures > words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let document = Document::new(text.as_bytes());
        let prose = is_prose(&document);
        let tokens =
            document.tokens().iter().zip(prose).filter(|(t, p)| *p && t.kind == TokenKind::Word);
        tokens.map(|(t, _)| document.token_text(t).to_owned()).collect()
    }

    #[test]
    fn code_and_rows_of_tables_are_no_prose() {
        let text = "Prices rose.\nWheat | 4.10 | up\nCorn     3.20     down\nOats 2.2 1.9 3.4\nRates `fell off` again.\n";
        assert_eq!(words(text), ["Prices", "rose", "Rates", "again"]);
    }

    #[test]
    fn a_sentence_with_figures_is_prose() {
        assert_eq!(words("In 1999 about 40 of 60 firms closed.").len(), 6 - 1);
        assert_eq!(words("One   gap is a slip.").len(), 5);
    }
}

//! Parts of a document: groups of paragraphs that can be looked at by themselves.
//!
//! Somebody who writes changes one paragraph at a time, and most rules look no further than a paragraph. So an editor
//! looks again only at the parts that are not as they were, and tells them by a hash of all that a rule sees of them.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::OnceLock;

use crate::markup::{Piece, Prose, Region};
use crate::{Document, Encoding, Paragraph, Quotation, Sentence, Span, Token};

/// A group of paragraphs of a document that no quotation crosses, with what attributes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands in the document, in bytes.
    pub span: Span,
    /// A hash of everything that [`Document::part`] makes of it. Parts that differ share one with a chance of 2^-64.
    pub key: u64,
    paragraphs: Range<usize>,
    quotations: Range<usize>,
}

impl Document<'_> {
    /// The parts, in order. Every token is in one of them. Linear, but for a binary search a quotation.
    pub fn parts(&self) -> Vec<Part> {
        let paragraphs = &self.paragraphs;
        // How many quotations begin and end to cross the border before each paragraph.
        let mut crossings = vec![0_i32; paragraphs.len() + 1];
        for quotation in &self.quotations {
            let all = quotation.attribution.map_or(quotation.span, |a| a.cover(quotation.span));
            let first = paragraphs.partition_point(|p| p.span.end <= all.start);
            let last = paragraphs.partition_point(|p| p.span.start < all.end);
            if first + 1 < last {
                crossings[first + 1] += 1;
                crossings[last] -= 1;
            }
        }
        let mut parts = Vec::with_capacity(paragraphs.len());
        let (mut first, mut open, mut quotation) = (0, 0, 0);
        for next in 1..=paragraphs.len() {
            open += crossings[next];
            if open > 0 && next < paragraphs.len() {
                continue;
            }
            let mut span = paragraphs[first].span.cover(paragraphs[next - 1].span);
            let until = paragraphs.get(next).map_or(u32::MAX, |p| p.span.start);
            let from = quotation;
            while let Some(here) = self.quotations.get(quotation).filter(|q| q.span.start < until) {
                // A fence begins where its line does, before its first token.
                span = span.cover(here.span);
                quotation += 1;
            }
            let (paragraphs, quotations) = (first..next, from..quotation);
            let mut part = Part { span, key: 0, paragraphs, quotations };
            part.key = self.key_of(&part);
            parts.push(part);
            first = next;
        }
        parts
    }

    /// A part as a document of its own, whose spans count from the start of the part. Tokens, sentences, paragraphs,
    /// quotations and roles are those of the whole; the source is the part's own prose.
    pub fn part(&self, part: &Part) -> Document<'_> {
        let start = part.span.start;
        let text = self.slice(part.span);
        let shifted = |span: Span| Span::new(span.start - start, span.end - start);
        let first_token = self.first_token(part);
        let shifted_tokens =
            |range: &Range<u32>| range.start - first_token..range.end - first_token;
        let first_sentence = self.paragraphs[part.paragraphs.start].sentences.start;
        let tokens = self.tokens_of(part).iter();
        let sentences = self.sentences_of(part).iter();
        let paragraphs = self.paragraphs[part.paragraphs.clone()].iter();
        let quotations = self.quotations[part.quotations.clone()].iter();
        let prose = self.prose.as_ref().map(|prose| {
            let whole = Span::new(0, part.span.len());
            let regions = regions_in(&prose.regions, part.span)
                .map(|region| Region { span: shifted(region.span), ..region });
            Box::new(Prose {
                source: Cow::Borrowed(text),
                markup: prose.markup,
                pieces: vec![Piece { text: 0, source: whole }],
                regions: regions.collect(),
                comments: Vec::new(),
                labels: Vec::new(),
                len: whole.end,
            })
        });
        Document {
            text: Cow::Borrowed(text),
            prose,
            encoding: Encoding::Utf8,
            faults: Vec::new(),
            tokens: tokens.map(|t| Token { span: shifted(t.span), ..*t }).collect(),
            sentences: sentences
                .map(|s| Sentence { span: shifted(s.span), tokens: shifted_tokens(&s.tokens) })
                .collect(),
            paragraphs: paragraphs
                .map(|p| Paragraph {
                    span: shifted(p.span),
                    sentences: p.sentences.start - first_sentence..p.sentences.end - first_sentence,
                    dateline: p.dateline.map(shifted),
                })
                .collect(),
            quotations: quotations
                .map(|q| Quotation {
                    span: shifted(q.span),
                    tokens: shifted_tokens(&q.tokens),
                    attribution: q.attribution.map(shifted),
                    ..q.clone()
                })
                .collect(),
            positions: OnceLock::new(),
        }
    }

    fn sentences_of(&self, part: &Part) -> &[Sentence] {
        let paragraphs = &self.paragraphs[part.paragraphs.clone()];
        let range = |first: &Paragraph, last: &Paragraph| first.sentences.start..last.sentences.end;
        let range =
            paragraphs.first().zip(paragraphs.last()).map(|(first, last)| range(first, last));
        range.map_or(&[], |range| &self.sentences[range.start as usize..range.end as usize])
    }

    fn first_token(&self, part: &Part) -> u32 {
        self.sentences_of(part).first().map_or(0, |sentence| sentence.tokens.start)
    }

    fn tokens_of(&self, part: &Part) -> &[Token] {
        let end = self.sentences_of(part).last().map_or(0, |sentence| sentence.tokens.end);
        &self.tokens[self.first_token(part) as usize..end as usize]
    }

    /// See [`Part::key`].
    fn key_of(&self, part: &Part) -> u64 {
        let start = part.span.start;
        // Keys are compared within one run of one program, so that it may be any hash.
        let mut hash = DefaultHasher::new();
        self.slice(part.span).hash(&mut hash);
        let first_token = self.first_token(part);
        for token in self.tokens_of(part) {
            let parts = (token.span.start - start, token.span.len());
            let traits = (token.kind as u32) << 16 | (token.case as u32) << 8 | token.spaced as u32;
            hash.write_u64(u64::from(parts.0) << 32 | u64::from(parts.1));
            hash.write_u32(traits);
        }
        for sentence in self.sentences_of(part) {
            hash.write_u32(sentence.tokens.start - first_token);
        }
        for paragraph in &self.paragraphs[part.paragraphs.clone()] {
            (paragraph.span.start - start, paragraph.dateline.map(|d| d.end - start))
                .hash(&mut hash);
        }
        for q in &self.quotations[part.quotations.clone()] {
            let attribution = q.attribution.map(|a| (a.start - start, a.end - start));
            (q.span.start - start, q.span.end - start, q.kind, q.depth, q.closed).hash(&mut hash);
            (q.tokens.start - first_token, q.tokens.end - first_token, attribution).hash(&mut hash);
        }
        if let Some(prose) = &self.prose {
            for region in regions_in(&prose.regions, part.span) {
                (region.span.start - start, region.span.len(), region.roles).hash(&mut hash);
            }
        }
        hash.finish()
    }
}

/// The regions that share something with `span`, cut where it ends.
fn regions_in(regions: &[Region], span: Span) -> impl Iterator<Item = Region> {
    let first = regions.partition_point(|region| region.span.end <= span.start);
    let here = regions[first..].iter().take_while(move |region| region.span.start < span.end);
    here.map(move |region| Region {
        span: Span::new(region.span.start.max(span.start), region.span.end.min(span.end)),
        ..*region
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Markup;

    fn parts(text: &str, markup: Markup) -> Vec<String> {
        let document = Document::read(text.as_bytes(), markup);
        document.parts().iter().map(|part| document.part(part).text().to_owned()).collect()
    }

    #[test]
    fn a_quotation_over_paragraphs_holds_them_together() {
        let text = "The quay is old.\n\n\"We mend it,\" she said. \"It is\n\nours,\" she added.\n\nCafé 🙂 opens.";
        let found = parts(text, Markup::Plain);
        assert!(found.len() >= 3, "{found:?}");
        assert_eq!(found[0], "The quay is old.");
        assert_eq!(found[found.len() - 1], "Café 🙂 opens.");
    }

    #[test]
    fn a_fence_is_in_one_part() {
        let text = "One.\n\n  ```\n  two\n\n  three\n  ```\n\nFour.";
        assert_eq!(parts(text, Markup::Plain).len(), 3);
    }

    #[test]
    fn the_same_paragraph_elsewhere_has_the_same_key() {
        let one = "The harbour opened.\n\n\"Soon,\" he said.\n";
        let other = format!("# A heading with an emoji 🙂\n\n{one}");
        for markup in [Markup::Plain, Markup::Markdown] {
            let (one, other) =
                (Document::read(one.as_bytes(), markup), Document::read(other.as_bytes(), markup));
            let keys = |d: &Document<'_>| d.parts().iter().map(|p| p.key).collect::<Vec<_>>();
            assert_eq!(keys(&one), keys(&other)[1..]);
        }
    }

    #[test]
    fn a_heading_is_not_the_paragraph_of_its_words() {
        let keys = |text: &str| {
            Document::read(text.as_bytes(), Markup::Markdown)
                .parts()
                .iter()
                .map(|p| p.key)
                .collect::<Vec<_>>()
        };
        assert_ne!(keys("# The harbour opened"), keys("The harbour opened"));
    }

    #[test]
    fn nothing_has_no_parts() {
        assert!(parts("", Markup::Plain).is_empty());
        assert!(parts(" \n\n ", Markup::Plain).is_empty());
    }
}

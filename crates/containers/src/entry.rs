//! One text of a container, and where it was found.

use unspin_text::Markup;

/// One text of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where in the container it stands, for a person: `word/document.xml`, `item[3]/description`, `line 812 /body`.
    /// One line, without control characters.
    pub locator: String,
    /// The decoded text, in its markup; what offsets count. Never over [`Limits::entry`](crate::Limits::entry) bytes.
    pub text: Vec<u8>,
    /// What the text is written in.
    pub markup: Markup,
    pub(crate) marks: Marks,
}

/// Which smaller places of the container an entry's text came from, by offset; in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Marks {
    /// None is known: the text stood in one place.
    #[default]
    None,
    /// Runs of Word.
    Runs(Vec<Run>),
    /// Elements of XML that hold paragraphs.
    Blocks(Vec<Block>),
}

/// Where a run of Word begins in an entry's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: u32,
    /// From 1, in the order of start tags.
    pub(crate) paragraph: u32,
    /// From 1 within its paragraph.
    pub(crate) number: u32,
}

/// Where a block begins in an entry's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) start: u32,
    /// The name of its element.
    pub(crate) name: &'static str,
    /// From 1 among the elements of that name, or 0 for the only one there can be.
    pub(crate) number: u32,
}

impl Entry {
    /// The place within the entry that the byte at `offset` of its text came from: `p[12] r[3]` is the third run of the
    /// twelfth paragraph of a part of a Word document, `p[4]` the fourth `p` of a news item, `headline` its headline.
    /// `None` where the locator says all. O(log n).
    pub fn locate(&self, offset: u32) -> Option<String> {
        match &self.marks {
            Marks::None => None,
            Marks::Runs(runs) => {
                let at = runs.partition_point(|run| run.start <= offset).checked_sub(1)?;
                Some(format!("p[{}] r[{}]", runs[at].paragraph, runs[at].number))
            }
            Marks::Blocks(blocks) => {
                let at = blocks.partition_point(|block| block.start <= offset).checked_sub(1)?;
                let Block { name, number, .. } = blocks[at];
                Some(if number == 0 { name.to_owned() } else { format!("{name}[{number}]") })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_lies_in_the_last_mark_before_it() {
        let of = |marks| Entry {
            locator: String::new(),
            text: b"One two three".to_vec(),
            markup: Markup::Plain,
            marks,
        };
        let run = |start, paragraph, number| Run { start, paragraph, number };
        let entry = of(Marks::Runs(vec![run(1, 1, 1), run(4, 1, 3), run(8, 4, 1)]));
        assert_eq!(entry.locate(0), None);
        assert_eq!(entry.locate(1).as_deref(), Some("p[1] r[1]"));
        assert_eq!(entry.locate(7).as_deref(), Some("p[1] r[3]"));
        assert_eq!(entry.locate(999).as_deref(), Some("p[4] r[1]"));
        let block = |start, name, number| Block { start, name, number };
        let entry = of(Marks::Blocks(vec![block(0, "headline", 0), block(4, "p", 2)]));
        assert_eq!(entry.locate(3).as_deref(), Some("headline"));
        assert_eq!(entry.locate(4).as_deref(), Some("p[2]"));
        assert_eq!(of(Marks::None).locate(3), None);
    }
}

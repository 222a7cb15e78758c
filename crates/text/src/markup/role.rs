//! What the format says that a stretch of prose is.

use std::ops::{BitOr, BitOrAssign, Sub};

use crate::Span;

/// A set of roles. Roles nest, so a stretch may have several: a heading inside a block quote has two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u8);

impl Roles {
    /// Plain running text.
    pub const NONE: Self = Self(0);
    /// A heading of any level.
    pub const HEADING: Self = Self(1);
    /// A block quote, or HTML's `q`: somebody else's words.
    pub const QUOTE: Self = Self(1 << 1);
    /// The caption of a figure or a table.
    pub const CAPTION: Self = Self(1 << 2);
    /// The alternative text of an image.
    pub const ALT_TEXT: Self = Self(1 << 3);
    /// An item of a list, or a term or description of a description list.
    pub const LIST_ITEM: Self = Self(1 << 4);
    /// A cell of a table. A paragraph inside a cell is none: such tables lay out pages.
    pub const TABLE_CELL: Self = Self(1 << 5);

    /// Whether all of `roles` are among these.
    pub const fn contains(self, roles: Self) -> bool {
        self.0 & roles.0 == roles.0
    }
}

impl BitOr for Roles {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Roles {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl Sub for Roles {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// A stretch of prose with the same roles throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// Never [`Roles::NONE`].
    pub roles: Roles,
}

/// A comment of the format. It is no prose, but may be addressed to whoever reads the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// With its marks (`<!--` and `-->`), in bytes of the source.
    pub source: Span,
    /// Where in the document's text it would stand, in bytes: at most the text's length.
    pub at: u32,
}

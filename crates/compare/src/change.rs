//! One change between an original and a reworded text.

use unspin_text::Span;

/// What a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Other words in place of the original ones.
    Substitution,
    /// Words between quotation marks that are not those of the original, or a quotation that was cut.
    Quotation,
    /// Another number.
    Number,
    /// Another unit of measure or scale.
    Unit,
    /// Another day, month or year.
    Date,
    /// Another currency.
    Currency,
    /// Another name, or a name written wrong.
    Name,
    /// A clause or a sentence that was left out.
    DroppedClause,
    /// The source of a statement was left out.
    DroppedAttribution,
    /// A few words that were left out.
    DroppedWords,
    /// Words that the original does not have.
    Addition,
    /// The same words in another place.
    Reordering,
    /// The same word in another form.
    Inflection,
}

impl Kind {
    /// All of them, those that matter most first.
    pub const ALL: [Self; 13] = [
        Self::Quotation,
        Self::Number,
        Self::Unit,
        Self::Date,
        Self::Currency,
        Self::Name,
        Self::Substitution,
        Self::DroppedAttribution,
        Self::DroppedClause,
        Self::DroppedWords,
        Self::Addition,
        Self::Reordering,
        Self::Inflection,
    ];

    /// The name used in reports: the id of the rule that speaks of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Substitution => "replaced-wording",
            Self::Quotation => "changed-quotation",
            Self::Number => "changed-number",
            Self::Unit => "changed-unit",
            Self::Date => "changed-date",
            Self::Currency => "changed-currency",
            Self::Name => "changed-name",
            Self::DroppedClause => "dropped-clause",
            Self::DroppedAttribution => "dropped-attribution",
            Self::DroppedWords => "dropped-words",
            Self::Addition => "added-wording",
            Self::Reordering => "moved-wording",
            Self::Inflection => "changed-inflection",
        }
    }
}

/// A change: where it stands in both texts. In the text that lacks the words, an empty span is the place where they would
/// stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is.
    pub kind: Kind,
    /// Where in the original, in bytes of its document's text.
    pub original: Span,
    /// Where in the reworded text, in bytes of its document's text.
    pub reworded: Span,
    /// What would stand there as in the original, put between the words around: the fix. It replaces [`Change::repair`].
    pub wording: Option<String>,
    /// What of the reworded text the fix replaces: the span itself, or more where words were only added or left out.
    pub repair: Span,
}

impl Change {
    /// Whether the reworded text has something where the change is.
    pub fn is_in_reworded(&self) -> bool {
        self.reworded.start < self.reworded.end
    }

    /// Whether the original has something where the change is.
    pub fn is_in_original(&self) -> bool {
        self.original.start < self.original.end
    }
}

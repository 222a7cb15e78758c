//! The inflected forms of English. `be` alone has more, and its extra present forms count as [`Form::Base`].

use std::fmt;

/// One inflected form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Form {
    /// The word as a dictionary lists it: singular, infinitive, positive.
    Base,
    /// Of a noun: "properties".
    Plural,
    /// Third person singular of the present: "goes".
    ThirdSingular,
    /// The form in -ing, gerund or present participle: "going".
    Gerund,
    /// Simple past: "went".
    Past,
    /// Past participle: "gone".
    Participle,
    /// Of an adjective or adverb: "larger".
    Comparative,
    /// Of an adjective or adverb: "largest".
    Superlative,
}

impl Form {
    /// Every form, in the order of the enum.
    pub const ALL: [Self; 8] = [
        Self::Base,
        Self::Plural,
        Self::ThirdSingular,
        Self::Gerund,
        Self::Past,
        Self::Participle,
        Self::Comparative,
        Self::Superlative,
    ];

    /// The letter that stands for this form in the tables.
    pub const fn letter(self) -> char {
        match self {
            Self::Base => 'b',
            Self::Plural => 'p',
            Self::ThirdSingular => 's',
            Self::Gerund => 'g',
            Self::Past => 'd',
            Self::Participle => 'n',
            Self::Comparative => 'c',
            Self::Superlative => 't',
        }
    }

    /// The form that `letter` stands for in the tables.
    pub fn from_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.letter() == letter)
    }
}

/// A set of forms: English spelling leaves many words ambiguous ("walked" is past and participle).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Forms(u8);

impl Forms {
    /// The empty set.
    pub const NONE: Self = Self(0);
    /// What a regular ending in -s can be.
    pub const S: Self = Self::of(&[Form::Plural, Form::ThirdSingular]);
    /// What a regular ending in -ed can be.
    pub const ED: Self = Self::of(&[Form::Past, Form::Participle]);

    /// The set of the given forms.
    pub const fn of(forms: &[Form]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < forms.len() {
            bits |= 1 << forms[i] as u8;
            i += 1;
        }
        Self(bits)
    }

    /// Reads a set written as letters, as the tables do; letters that name no form are skipped.
    pub fn from_letters(letters: &str) -> Self {
        letters
            .chars()
            .filter_map(Form::from_letter)
            .fold(Self::NONE, |set, form| set.union(Self::of(&[form])))
    }

    /// Whether `form` is in the set.
    pub const fn contains(self, form: Form) -> bool {
        self.0 & (1 << form as u8) != 0
    }

    /// Whether every form of `other` is in the set.
    pub const fn contains_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The forms in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The forms of the set, in the order of [`Form`].
    pub fn iter(self) -> impl Iterator<Item = Form> {
        Form::ALL.into_iter().filter(move |&form| self.contains(form))
    }
}

impl fmt::Debug for Forms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_forms_are_one_to_one() {
        for form in Form::ALL {
            assert_eq!(Form::from_letter(form.letter()), Some(form));
        }
        assert_eq!(Forms::from_letters("ps"), Forms::S);
        assert_eq!(
            Forms::from_letters("dn").iter().collect::<Vec<_>>(),
            [Form::Past, Form::Participle]
        );
    }
}

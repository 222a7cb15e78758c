//! What a rule is.

use std::borrow::Cow;
use std::sync::Arc;

use unspin_text::{Document, Span};

use crate::{Adjustment, Context, Explanation, Finding, Reading, Severity};

/// The least text that a rule must see again after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One word and its neighbours.
    Word,
    /// One sentence.
    Sentence,
    /// One paragraph.
    Paragraph,
    /// Everything.
    Document,
}

/// What is known of a rule without running it. Made by [`rule!`](crate::rule) or by a pack.
#[derive(Clone, Debug)]
pub struct RuleMeta {
    /// Kebab-case name of the fault.
    pub id: Cow<'static, str>,
    /// The family (folder) it belongs to.
    pub family: Cow<'static, str>,
    /// Severity where no settings say otherwise.
    pub severity: Severity,
    /// Findings below this confidence (0 to 1, after the document has been weighed) are not shown.
    pub min_confidence: f64,
    /// What it must see again after a change.
    pub scope: Scope,
    /// Its page in Markdown: summary, then the headings *Why*, *Examples*, *Options*, *When not to use*. The fences
    /// under *Examples* are its tests; see [`page`](crate::page).
    pub page: Cow<'static, str>,
    /// Whether its findings count towards the verdict where no settings say otherwise.
    pub evidence: bool,
    /// What may stand in its `[rules.<id>]` besides the keys of every rule.
    pub options: Cow<'static, [OptionMeta]>,
    /// Ids that it had in earlier versions: settings that use one are told the new one, and obeyed.
    pub formerly: &'static [&'static str],
    /// The pack or plugin that brought it; none for a rule that was compiled in.
    pub provenance: Option<Arc<Provenance>>,
}

/// Where a rule comes from that was not compiled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// What kind of thing brought it: `pack` or `plugin`.
    pub kind: Cow<'static, str>,
    /// Its name.
    pub name: String,
    /// Its version, as its author writes it.
    pub version: String,
    /// Its licence, an SPDX expression or a sentence; empty where it names none.
    pub license: String,
    /// The file or folder that it was read from, as settings name it; empty where there is none.
    pub path: String,
}

impl std::fmt::Display for Provenance {
    /// On one line: `pack house 1.2.0 (house.toml), licence CC0-1.0`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind, self.name)?;
        if !self.version.is_empty() {
            write!(f, " {}", self.version)?;
        }
        if !self.path.is_empty() {
            write!(f, " ({})", self.path)?;
        }
        if !self.license.is_empty() {
            write!(f, ", licence {}", self.license)?;
        }
        Ok(())
    }
}

/// An option of a rule, as settings and guides show it.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionMeta {
    /// Its key in `lint.toml`, in kebab-case.
    pub name: Cow<'static, str>,
    /// Its type and default.
    pub kind: OptionKind,
    /// What it does: one sentence, lower case, no final stop.
    pub doc: Cow<'static, str>,
}

/// The type of an option, with its default.
#[derive(Clone, Debug, PartialEq)]
pub enum OptionKind {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer {
        /// Where nothing is set.
        default: i64,
        /// The least that makes sense.
        least: i64,
        /// The most that makes sense.
        most: i64,
    },
    /// A list of strings.
    Texts(Cow<'static, [Cow<'static, str>]>),
}

impl OptionMeta {
    /// An option known when the program is compiled.
    pub const fn new(name: &'static str, kind: OptionKind, doc: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), kind, doc: Cow::Borrowed(doc) }
    }
}

impl OptionKind {
    /// A list of strings that is empty where nothing is set.
    pub const NO_TEXTS: Self = Self::Texts(Cow::Borrowed(&[]));

    /// The default as it stands in `lint.toml`.
    pub fn default(&self) -> String {
        match self {
            Self::Boolean(default) => default.to_string(),
            Self::Integer { default, .. } => default.to_string(),
            Self::Texts(default) => format!("{default:?}"),
        }
    }

    /// What it takes, to be read after "must be".
    pub fn expected(&self) -> String {
        match self {
            Self::Boolean(_) => "true or false".into(),
            Self::Integer { least, most, .. } => format!("a whole number from {least} to {most}"),
            Self::Texts(_) => "a list of strings".into(),
        }
    }
}

/// A rule. It sees a document through its [`Context`] and nothing else, and is immutable once configured.
pub trait Rule: Send + Sync {
    /// What is known of it without running it.
    fn meta(&self) -> &RuleMeta;

    /// The least text that decides what it sees, so that an editor looks again at no more. A rule that [`Scope`] allows
    /// to see a paragraph must find in a document what it finds in each group of paragraphs that quotations do not
    /// cross.
    fn reach(&self) -> Scope {
        self.meta().scope
    }

    /// Appends to `out` everything that it sees in the document, weak or strong.
    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>);

    /// What it thinks of the document as a whole, from more than its findings carry; most rules have no opinion. Where
    /// a rule has one, the findings of its family are not weighed for the verdict a second time.
    fn gauge(&self, cx: &Context<'_>) -> Option<Reading> {
        let _ = cx;
        None
    }

    /// Whether it speaks only of what other rules found, by [`conclude`](Rule::conclude).
    fn concludes(&self) -> bool {
        false
    }

    /// Appends to `out` what it makes of the marks that are sure enough to be shown, whichever rules found them: sorted,
    /// none overlapping another, each with its posterior. A finding made here is no evidence, since the marks it rests
    /// on are; it is shown in the place of those that it overlaps.
    fn conclude(&self, document: &Document<'_>, marks: &[Finding], out: &mut Vec<Finding>) {
        let _ = (document, marks, out);
    }

    /// Appends to `out` what is to become of other rules' findings at some phrases: a house's own terms. Nothing here
    /// changes the verdict.
    fn adjust(&self, cx: &Context<'_>, out: &mut Vec<Adjustment>) {
        let _ = (cx, out);
    }

    /// Appends to `out` why the words in `span`, bytes of the document's text, are or are not marked, and what of the
    /// document bears on it. Asked only when somebody wants to know (`unspin check --explain`), so it may compute what
    /// [`check`](Rule::check) spares itself; it changes no report. Most rules have nothing to add to their findings.
    fn explain(&self, cx: &Context<'_>, span: Span, out: &mut Vec<Explanation>) {
        let _ = (cx, span, out);
    }

    /// The rule under the options of its `[rules.<id>]` table (`severity` and `min-confidence` taken out).
    ///
    /// # Errors
    /// If an option is unknown or has a wrong value; spans are those of the settings file.
    fn configured(
        &self,
        options: toml::de::ValueDeserializer<'_>,
    ) -> Result<Arc<dyn Rule>, OptionsError> {
        let _ = options;
        Err(OptionsError::NoOptions)
    }
}

/// Why a rule refused its options.
#[derive(Clone, Debug, thiserror::Error)]
pub enum OptionsError {
    /// It has none.
    #[error("this rule has no options")]
    NoOptions,
    /// One of them is wrong.
    #[error("{}", .0.message())]
    Toml(#[from] toml::de::Error),
}

/// Declares a rule's [`RuleMeta`] with its page as the doc comment:
///
/// ```
/// unspin_lint::rule! {
///     /// A word that stands twice.
///     pub(crate) DOUBLED_WORD: "doubled-word" in "mechanics", Warning, min_confidence 0.8, scope Sentence
/// }
/// assert!(DOUBLED_WORD.page.starts_with("A word"));
/// ```
///
/// After the scope may stand `evidence false` for a rule that says nothing of how a text was made, `options` with its
/// [`OptionMeta`]s, and `formerly` with the ids that it had, in this order:
///
/// ```
/// use unspin_lint::{OptionKind, OptionMeta};
/// unspin_lint::rule! {
///     /// A word that the house does not use.
///     pub(crate) HOUSE_WORD: "house-word" in "house", Warning, min_confidence 0.5, scope Word,
///     evidence false,
///     options [OptionMeta::new("loud", OptionKind::Boolean(true), "says so")],
///     formerly ["banned-word"]
/// }
/// assert_eq!(HOUSE_WORD.options[0].kind.default(), "true");
/// assert!(!HOUSE_WORD.evidence);
/// ```
///
/// It is a plain `macro_rules!`, so that the modules that hold rules stay visible to rustfmt.
#[macro_export]
macro_rules! rule {
    (
        $(#[doc = $line:literal])+
        $visibility:vis $name:ident: $id:literal in $family:literal, $severity:ident,
        min_confidence $min:literal, scope $scope:ident
        $(, evidence $evidence:literal)?
        $(, options [$($option:expr),* $(,)?])?
        $(, formerly [$($former:literal),* $(,)?])?
        $(,)?
    ) => {
        $(#[doc = $line])+
        $visibility static $name: $crate::RuleMeta = $crate::RuleMeta {
            id: ::std::borrow::Cow::Borrowed($id),
            family: ::std::borrow::Cow::Borrowed($family),
            severity: $crate::Severity::$severity,
            min_confidence: $min,
            scope: $crate::Scope::$scope,
            page: ::std::borrow::Cow::Borrowed($crate::rule!(@page $($line)+)),
            evidence: $crate::rule!(@evidence $($evidence)?),
            options: ::std::borrow::Cow::Borrowed(&[$($($option),*)?]),
            formerly: &[$($($former),*)?],
            provenance: None,
        };
    };
    (@evidence) => { true };
    (@evidence $evidence:literal) => { $evidence };
    // Doc comments begin with the space that follows `///`; Markdown does not want it, and fences would keep it.
    (@page $($line:literal)+) => {{
        const RAW: &str = concat!($($line, "\n"),+);
        const LEN: usize = $crate::page::unindented_len(RAW);
        const BYTES: [u8; LEN] = $crate::page::unindent::<LEN>(RAW);
        match ::std::str::from_utf8(&BYTES) {
            Ok(page) => page,
            Err(_) => panic!("dropping a space keeps UTF-8 valid"),
        }
    }};
}

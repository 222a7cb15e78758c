//! A comment to the linter that hides nothing.

use unspin_lint::{
    Context, Fault, Finding, Fix, LogOdds, Rule, RuleMeta, Safety, Suppression, Suppressions,
    UNUSED_SUPPRESSION, rule,
};

rule! {
    /// A suppression comment that hides nothing.
    ///
    /// # Why
    ///
    /// A comment that hides a finding stays behind when the sentence is mended, and then hides the next fault that
    /// comes to stand there. One that names no rule there is, or that is misspelt, never hid anything, though somebody
    /// relies on it. The rule takes every comment for unused; what did hide a finding is taken back once all findings
    /// are known. A rule that was renamed is obeyed under its old name, and the new one is told.
    ///
    /// # Examples
    ///
    /// Nothing is known yet of what these comments hide:
    ///
    /// ```bad
    /// The weir froze. [unspin-disable-line [[garbled-name]]: the lake's own spelling]
    /// ```
    /// ```bad
    /// [[<!-- unspin-disable-next-line -->]]
    /// The weir froze.
    /// ```
    /// ```bad
    /// The weir froze. [[<!-- unspin-disable-lines garbled-name -->]]
    /// ```
    /// ```good
    /// Write `[unspin-disable-line garbled-name]` at the end of the line.
    /// ```
    /// ```good
    /// The weir froze [unspin is a word of the mill].
    /// ```
    ///
    /// # When not to use
    ///
    /// Where several teams check one text with different settings: what is unused for one is needed by another.
    pub(crate) META: "unused-suppression" in "house", Info, min_confidence 0.5, scope Document,
    evidence false
}

/// It is certain that a comment that hides nothing hides nothing. In thousandths of a nat.
const CERTAIN: LogOdds = LogOdds::from_milli(10_000);

/// See the page in [`META`].
pub(crate) struct UnusedSuppression;

impl Rule for UnusedSuppression {
    fn meta(&self) -> &RuleMeta {
        debug_assert_eq!(META.id, UNUSED_SUPPRESSION, "adjudication knows it by this id");
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        out.extend(cx.get::<Suppressions>().iter().map(finding));
    }
}

fn finding(suppression: &Suppression) -> Finding {
    let (message, note) = match &suppression.fault {
        Some(Fault::UnknownVerb { written, near }) => (
            format!("the comment asks for `{written}`, which there is not"),
            near.map_or_else(
                || "it may ask for disable, enable, disable-line, disable-next-line or disable-file".to_owned(),
                |near| format!("did you mean `unspin-{near}`?"),
            ),
        ),
        Some(Fault::NothingToEnable) => (
            "the comment ends a block that was not begun".to_owned(),
            "a block begins with `unspin-disable` and the same names".to_owned(),
        ),
        None => {
            let what = match &suppression.name {
                Some(name) => format!("the comment hides no finding of `{name}`"),
                None => "the comment hides no finding".to_owned(),
            };
            (what, "take it out, or it will hide the next fault that comes to stand there".to_owned())
        }
    };
    let finding = Finding::new(&META, suppression.span, CERTAIN, message).note(note);
    let whole =
        suppression.name.is_none() && suppression.fault.is_none() && !suppression.span.is_empty();
    if whole { finding.fix(Fix::replace(suppression.span, "", Safety::Unsafe)) } else { finding }
}

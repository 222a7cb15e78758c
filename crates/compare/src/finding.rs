//! Changes as findings, so that every report format tells them.

use unspin_lint::{Edit, Finding, Fix, LogOdds, Safety};
use unspin_text::{Document, Span};

use crate::{Change, Comparison, Kind, meta};

/// Most code points of a text that are quoted in a message.
const LONGEST_QUOTE: usize = 60;

/// A text that is compared, with what a reader finds it by.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// Its path, as given.
    pub name: &'t str,
    /// The text.
    pub document: &'t Document<'t>,
}

/// Findings in both texts, each by its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What the original has and the reworded text leaves out.
    pub original: Vec<Finding>,
    /// Everything else.
    pub reworded: Vec<Finding>,
}

impl Comparison {
    /// The changes as findings: in the reworded text, or in the original what was left out of it. Each names the place in
    /// the other text. They are facts, so that they carry no evidence and full confidence.
    pub fn findings(&self, original: Text<'_>, reworded: Text<'_>) -> Findings {
        let mut findings = Findings::default();
        for change in &self.changes {
            let finding = change.finding(original, reworded);
            let is_in_reworded = change.is_in_reworded();
            let Findings { original, reworded } = &mut findings;
            if is_in_reworded { reworded } else { original }.push(finding);
        }
        findings.original.sort_by_key(|finding| finding.span);
        findings.reworded.sort_by_key(|finding| finding.span);
        findings
    }
}

impl Change {
    /// The change as a finding in the reworded text, or in the original if only that has the words.
    pub fn finding(&self, original: Text<'_>, reworded: Text<'_>) -> Finding {
        let (in_original, in_reworded) = ((original, self.original), (reworded, self.reworded));
        if self.is_in_reworded() {
            finding(self, in_reworded, (original, self.original, "original"))
        } else {
            finding(self, in_original, (reworded, self.reworded, "reworded text"))
        }
    }
}

fn finding(
    change: &Change,
    (own, span): (Text<'_>, Span),
    (other, there, role): (Text<'_>, Span, &str),
) -> Finding {
    let own_words = quoted(own.document, span);
    let message = if !change.is_in_reworded() {
        let what = match change.kind {
            Kind::Quotation => "the quoted ",
            Kind::DroppedAttribution => "the source ",
            _ => "",
        };
        format!("{what}{own_words} is left out")
    } else if change.is_in_original() {
        let words = quoted(other.document, there);
        match change.kind {
            Kind::Reordering => format!("{own_words} stands elsewhere in the original"),
            Kind::Quotation => format!("the quoted {own_words} is {words} in the original"),
            Kind::Addition => format!("{own_words} adds to {words} of the original"),
            Kind::DroppedClause | Kind::DroppedAttribution => {
                format!("{own_words} is all that is left of {words} of the original")
            }
            _ => format!("{own_words} is {words} in the original"),
        }
    } else {
        format!("{own_words} is not in the original")
    };
    let mut finding = Finding::new(&meta(change.kind), span, LogOdds::EVEN, message);
    finding.posterior = LogOdds::from_probability(1.0);
    if let Some(wording) = change.wording.as_ref().filter(|_| change.is_in_reworded()) {
        // To put quoted words back is to change what somebody is said to have said.
        let safety = if change.kind == Kind::Quotation { Safety::Quoted } else { Safety::Unsafe };
        finding = finding.fix(if change.repair == span {
            Fix::replace(span, wording.clone(), safety)
        } else {
            let edit = Edit { span: change.repair, text: wording.clone() };
            Fix::new(format!("write \"{wording}\""), safety, vec![edit])
        });
    }
    let source = other.document.source();
    let place = other.document.in_source(there).start;
    let place = other.document.positions().at(source, place);
    finding.note(format!("{role}: {}:{}:{}", other.name, place.line, place.column))
}

/// Words in quotation marks, on one line; of many the first and the last.
fn quoted(document: &Document<'_>, span: Span) -> String {
    let text = one_line(document.slice(span));
    let count = text.chars().count();
    if count <= LONGEST_QUOTE {
        return format!("\"{text}\"");
    }
    let half = LONGEST_QUOTE / 2;
    let start: String = text.chars().take(half).collect();
    let end: String = text.chars().skip(count - half).collect();
    // No word is cut in two.
    let start = start.rsplit_once(' ').map_or(&*start, |(whole, _)| whole);
    let end = end.split_once(' ').map_or(&*end, |(_, whole)| whole);
    format!("\"{start} … {end}\"")
}

/// White space within is one blank: a line of one text may end where one of the other does not.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use unspin_model::Model;

    use super::*;
    use crate::compare;

    #[test]
    fn a_finding_names_the_place_in_the_other_text() {
        let old = "The county said so.\n\nThe ferry, which was built in Norway by hand, sank off the pier.";
        let new = "The county said so.\n\nThe vessel sank off the pier.";
        let (a, b) = (Document::new(old.as_bytes()), Document::new(new.as_bytes()));
        let (a, b) = (Text { name: "a.txt", document: &a }, Text { name: "b.txt", document: &b });
        let found = compare(a.document, b.document, &Model::embedded()).findings(a, b);
        let told = |list: &[Finding]| -> Vec<String> {
            list.iter().map(|f| format!("{}; {}; {}", f.rule, f.message, f.notes[0])).collect()
        };
        let reworded =
            ["replaced-wording; \"vessel\" is \"ferry\" in the original; original: a.txt:3:5"];
        assert_eq!(told(&found.reworded), reworded);
        let left_out = "dropped-clause; \"which was built in Norway by hand\" is left out; reworded text: b.txt:3:12";
        assert_eq!(told(&found.original), [left_out]);
        assert_eq!(found.reworded[0].suggestions().collect::<Vec<_>>(), ["ferry"]);
    }
}

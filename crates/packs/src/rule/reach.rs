//! How much of a text decides what a rule sees.

use unspin_lint::Scope;

use super::PackRule;
use crate::Kind;
use crate::layout::condition::{DOCUMENT_CONTAINS, DOCUMENT_LACKS};

impl PackRule {
    /// The scope that the rule counts in, or the document where something else in it looks further: a regex, which knows
    /// no paragraphs; the names that a heading keeps; a condition on the whole.
    pub(super) fn measured_reach(&self) -> Scope {
        let looks_at_all = self.record.regexes > 0
            || matches!(self.record.kind, Kind::Capitalization { style: Some(_), .. });
        let of_all = |list: u32| {
            let mut list = self.pack.list(list);
            while let (Some(number), Some(_), Some(_)) = (list.next(), list.next(), list.next()) {
                if matches!(number, DOCUMENT_CONTAINS | DOCUMENT_LACKS) {
                    return true;
                }
            }
            false
        };
        let entries = (self.record.first_entry..).map_while(|i| self.pack.entry(i));
        let mut own = entries.take_while(|entry| entry.rule == self.index);
        if looks_at_all
            || of_all(self.record.conditions)
            || of_all(self.pack.rule_conditions(self.index))
            || own.any(|entry| of_all(entry.conditions))
        {
            return Scope::Document;
        }
        self.record.meta.scope
    }
}

//! Words that need something else in the document: an abbreviation its full name.

use std::collections::{HashMap, HashSet};

use unspin_lint::{Context, Finding};

use super::PackRule;
use crate::scan::{Match, matches};

impl PackRule {
    /// Reports the first use of each entry, or of each text that the first group of a regex met, that lacks what it
    /// needs before it, or anywhere.
    pub(super) fn lacking(&self, cx: &Context<'_>, anywhere: bool, out: &mut Vec<Finding>) {
        let document = cx.document();
        let found = matches(&self.pack, cx);
        let mut seen: HashSet<(u32, &str)> = HashSet::new();
        // By entry and first group: where what is needed stands first.
        let mut needed: HashMap<u32, HashMap<String, u32>> = HashMap::new();
        for used in self.uses(cx) {
            let Some(entry) = self.entry(&used) else { continue };
            let number = self.pack.entry_of(&used);
            let is_regex = self.pack.phrase(used.phrase).is_none();
            let group =
                if is_regex { self.compiled().group(&self.pack, document, &used) } else { "" };
            if !seen.insert((number, group)) {
                continue;
            }
            let first = if is_regex {
                let places = needed.entry(number).or_insert_with(|| self.places(cx, &used));
                // Where only one of the two has a group, there is nothing to compare.
                match group {
                    "" => places.values().min().copied(),
                    group => places.get(group).or_else(|| places.get("")).copied(),
                }
            } else {
                found.context().group(entry.own).first().map(|needed| needed.span.start)
            };
            let is_there = first.is_some_and(|first| anywhere || first <= used.span.start);
            if !is_there {
                out.extend(self.finding(cx, &used));
            }
        }
    }

    /// Where what a match of a regex needs stands first, by its first group.
    fn places(&self, cx: &Context<'_>, used: &Match) -> HashMap<String, u32> {
        let mut places = HashMap::new();
        self.compiled().needed(&self.pack, used, cx.document(), |span, group| {
            let first = places.entry(group.to_owned()).or_insert(span.start);
            *first = span.start.min(*first);
        });
        places
    }
}

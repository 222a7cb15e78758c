//! Which findings of a text are known: the policy.
//!
//! A person expects a finding to stay known when its paragraph moves or when a word near it is edited, and to hear of
//! the same phrase where it was not before. So:
//!
//! 1. Rule and text must be the same, white space aside. A text that changed is another finding.
//! 2. Findings whose surrounding words are all the same are matched first.
//! 3. Of the rest, those that share most of their surroundings first: of the three words on each side, at least three
//!    next to the text must be the same, in order, both sides together. The edge of a paragraph counts as a word,
//!    letter case does not count. One edited word is always forgiven, since then the other side is whole.
//! 4. With two such words left a finding is known only if its text is there no more often than the baseline says:
//!    then it was rewritten around, and nothing was added.
//! 5. What shares less is new, even if an entry is left: somebody wrote that phrase in another place.
//!
//! An entry stands for so many findings as it counts, and no more. Among findings that are alike in all this, those
//! with the earlier places are known. Nothing depends on the order of paragraphs or of entries: both sides are sorted by
//! what they say before they are joined, and each step is one join by hash, so the time is linear but for the sorting.

use std::collections::HashMap;

use unspin_lint::Diagnostic;

use super::{Entry, by_identity, key};

/// Words of each side that are compared.
const SIDE: usize = 3;
/// Stands for the edge of a paragraph; no word holds white space.
const EDGE: &str = "\n";
/// So many of the nearest words before and after must be the same, the strictest first.
const NEAR: [(usize, usize); 10] =
    [(3, 3), (3, 2), (2, 3), (2, 2), (3, 1), (1, 3), (3, 0), (0, 3), (2, 1), (1, 2)];
/// The same where the text occurs no more often than it did.
const REWRITTEN: [(usize, usize); 3] = [(1, 1), (2, 0), (0, 2)];

/// What was matched.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Matched {
    /// Of each finding, whether it is known.
    pub(super) known: Vec<bool>,
    /// How often each entry was found, by its number in the list, rising; those that were not found are left out.
    pub(super) used: Vec<(usize, u32)>,
}

/// Findings, or an entry, that are the same in rule, text and surroundings.
struct Site<'a> {
    entry: &'a Entry,
    /// How many of them have no partner yet.
    left: u32,
    /// The nearest words before and after, the nearest first, for the steps that compare some of them.
    sides: [Vec<String>; 2],
}

impl<'a> Site<'a> {
    fn new(entry: &'a Entry, left: u32) -> Self {
        Self { entry, left, sides: [Vec::new(), Vec::new()] }
    }

    fn split_sides(&mut self) {
        fn side<'w>(words: impl Iterator<Item = &'w str>) -> Vec<String> {
            let words = words.map(str::to_lowercase).chain([EDGE.to_owned()]);
            words.take(SIDE).collect()
        }
        let Entry { before, after, .. } = self.entry;
        self.sides = [side(before.split_whitespace().rev()), side(after.split_whitespace())];
    }

    /// What must be the same where so many words must be; `None` where there are not so many.
    fn near(&self, (before, after): (usize, usize)) -> Option<Near<'_>> {
        let [own_before, own_after] = &self.sides;
        let (before, after) = (own_before.get(..before)?, own_after.get(..after)?);
        Some((&self.entry.rule, &self.entry.text, before, after))
    }
}

type Near<'a> = (&'a str, &'a str, &'a [String], &'a [String]);

/// Matches findings, in the order of their places, with entries, which are sorted and each there once.
pub(super) fn matched(entries: &[Entry], found: &[Diagnostic]) -> Matched {
    let mut known = vec![false; found.len()];
    let of: Vec<Entry> = found.iter().map(key::entry).collect();
    let mut order: Vec<usize> = (0..of.len()).collect();
    // Stable, so that those that are alike stay in the order of their places.
    order.sort_by(|a, b| by_identity(&of[*a], &of[*b]));
    let alike: Vec<&[usize]> =
        order.chunk_by(|a, b| of[*a].identity() == of[*b].identity()).collect();

    let count = |sites: &[usize]| u32::try_from(sites.len()).unwrap_or(u32::MAX);
    let mut new: Vec<Site<'_>> = alike.iter().map(|s| Site::new(&of[s[0]], count(s))).collect();
    let mut old: Vec<Site<'_>> = entries.iter().map(|e| Site::new(e, e.count)).collect();
    for site in &mut new {
        if let Ok(at) = entries.binary_search_by(|entry| by_identity(entry, site.entry)) {
            take(site, &mut old[at]);
        }
    }
    join_near(&mut old, &mut new);

    for (site, places) in new.iter().zip(&alike) {
        let partners = places.len() - (site.left as usize).min(places.len());
        for place in &places[..partners] {
            known[*place] = true;
        }
    }
    let used = old.iter().zip(entries).map(|(site, entry)| entry.count - site.left).enumerate();
    Matched { known, used: used.filter(|(_, used)| *used > 0).collect() }
}

/// Matches as many as there are of both.
fn take(new: &mut Site<'_>, old: &mut Site<'_>) {
    let both = new.left.min(old.left);
    new.left -= both;
    old.left -= both;
}

/// Matches what is left by the words next to it.
fn join_near<'a>(old: &mut [Site<'a>], new: &mut [Site<'a>]) {
    if old.iter().all(|site| site.left == 0) || new.iter().all(|site| site.left == 0) {
        return;
    }
    for site in old.iter_mut().chain(new.iter_mut()).filter(|site| site.left > 0) {
        site.split_sides();
    }
    let grew = grown(old, new);
    for near in NEAR {
        join(old, new, near, |_| true);
    }
    for near in REWRITTEN {
        join(old, new, near, |site| !grew.contains_key(&(&*site.entry.rule, &*site.entry.text)));
    }
}

/// The rules and texts of which more are left unmatched than the baseline has left: something was added.
fn grown<'a>(old: &[Site<'a>], new: &[Site<'a>]) -> HashMap<(&'a str, &'a str), i64> {
    let mut grown: HashMap<(&str, &str), i64> = HashMap::new();
    let signed = old.iter().map(|site| (site, -1)).chain(new.iter().map(|site| (site, 1)));
    for (site, sign) in signed {
        let entry = site.entry;
        *grown.entry((&entry.rule, &entry.text)).or_default() += sign * i64::from(site.left);
    }
    grown.retain(|_, more| *more > 0);
    grown
}

/// Matches those that share so many words, each side in its order.
fn join<'a>(
    old: &mut [Site<'a>],
    new: &mut [Site<'a>],
    near: (usize, usize),
    may: impl Fn(&Site<'a>) -> bool,
) {
    let count = |sites: &[Site<'_>]| -> Vec<u32> { sites.iter().map(|site| site.left).collect() };
    let (mut left_old, mut left_new) = (count(old), count(new));
    let mut partners: HashMap<Near<'_>, Vec<usize>> = HashMap::new();
    // From the end, so that the first is taken first.
    for (at, site) in old.iter().enumerate().rev().filter(|(_, site)| site.left > 0) {
        if let Some(key) = site.near(near) {
            partners.entry(key).or_default().push(at);
        }
    }
    for (site, missing) in new.iter().zip(&mut left_new) {
        if *missing == 0 || !may(site) {
            continue;
        }
        let Some(of_site) = site.near(near).and_then(|key| partners.get_mut(&key)) else {
            continue;
        };
        while let Some(at) = of_site.last().copied().filter(|_| *missing > 0) {
            let both = (*missing).min(left_old[at]);
            *missing -= both;
            left_old[at] -= both;
            if left_old[at] == 0 {
                of_site.pop();
            }
        }
    }
    for (site, left) in old.iter_mut().zip(left_old).chain(new.iter_mut().zip(left_new)) {
        site.left = left;
    }
}

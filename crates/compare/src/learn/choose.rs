//! Of everything that could be said, what is: the widest way to say each pair that clean texts are silent about.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::{At, Rung};
use super::phrase::written_out;
use super::{Candidate, Candidates, Few};

/// Most suggestions of an entry.
const SUGGESTIONS: usize = 3;
/// The share of what the reworded texts have of a phrase that was put there, from which it is told beside a mark.
const PUT: (usize, usize) = (3, 4);

/// What came of running a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// In clean texts.
    pub gate: Gate,
    /// How often it stands in the reworded texts, put there or not.
    pub stands: usize,
}

/// What clean texts say of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// No clean text has it.
    Silent,
    /// Clean texts have it: how often, and where first.
    Hit(usize, String),
    /// It is not found even where it was learned: the grammar of packs reads it otherwise.
    Unsayable,
}

/// Why a pair of wordings is not in the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Clean texts have it, and with every neighbour that enough documents have.
    Clean,
    /// No clean text has it, but the language model knows it as good English, and with every neighbour.
    Usual,
    /// It is words of closed classes only, which stand everywhere, and no neighbour helps.
    FunctionWords,
    /// It is one word in two spellings.
    Spelling,
    /// The grammar of packs cannot say it.
    Unsayable,
}

/// What an entry suggests, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// As a pack says it.
    pub text: String,
    /// In how many documents the phrase stands for it.
    pub documents: usize,
    /// The places: numbers of lessons, and of sights in them.
    pub sights: Vec<(usize, usize)>,
}

/// An entry of the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// A phrase of a pack.
    pub phrase: String,
    /// That of most documents first.
    pub suggestions: Vec<Suggestion>,
}

/// A pair of wordings of enough documents that is not in the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// What was put in, in small letters.
    pub found: String,
    /// What it was put for.
    pub wording: String,
    /// In how many documents.
    pub documents: usize,
    /// How often in all.
    pub times: usize,
    /// Why.
    pub reason: Reason,
    /// What clean texts say of the words by themselves.
    pub gate: Gate,
    /// Whether some of its places are found by an entry with a neighbour.
    pub in_part: bool,
}

/// What is in the pack and what is not.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Marks: what stands in no clean text, by phrase.
    pub entries: Vec<Entry>,
    /// Good English that nearly always was put for something else where it stands beside a mark, by phrase.
    pub beside: Vec<Entry>,
    /// Those of most documents first.
    pub rejected: Vec<Rejected>,
    /// Pairs that too few documents have, but for those that an entry finds.
    pub few: Vec<Few>,
}

/// Chooses among candidates by what came of running each. `documents` says of each lesson which document it is; good
/// English is kept that stands beside marks in `beside` of them, none where that is `None`.
///
/// # Panics
/// If there are not as many trials as candidates.
pub fn choose(
    candidates: &Candidates,
    trials: &[Trial],
    documents: &[usize],
    beside: Option<usize>,
) -> Choice {
    assert_eq!(candidates.all.len(), trials.len(), "a trial for each candidate");
    let mut order: Vec<(&Candidate, &Trial)> = candidates.all.iter().zip(trials).collect();
    order.sort_by(|(a, _), (b, _)| {
        let key = |c: &Candidate| (c.rung, usize::MAX - c.documents, usize::MAX - c.sights.len());
        key(a).cmp(&key(b)).then_with(|| a.phrase.cmp(&b.phrase))
    });
    let mut chosen = Chosen::default();
    for (candidate, trial) in &order {
        if trial.gate == Gate::Silent && candidate.ruled_out.is_none() {
            chosen.take(candidate);
        }
    }
    let marked: BTreeSet<usize> = chosen.covered.iter().map(|(lesson, _)| *lesson).collect();
    let mut others = Chosen { entries: BTreeMap::new(), ..chosen.clone() };
    for (candidate, trial) in &order {
        let is_usual = matches!(candidate.ruled_out, None | Some(Reason::Usual));
        if is_usual && candidate.rung <= Rung::Words && is_put(candidate, trial) {
            let with_mark = candidate.sights.iter().filter(|(lesson, _)| marked.contains(lesson));
            let with_mark: BTreeSet<usize> =
                with_mark.map(|(lesson, _)| documents[*lesson]).collect();
            if beside.is_some_and(|least| with_mark.len() >= least) {
                others.take(candidate);
            }
        }
    }
    let mut rejected: Vec<Rejected> = candidates
        .all
        .iter()
        .zip(trials)
        .filter(|(candidate, _)| candidate.rung == Rung::Words)
        .filter_map(|(candidate, trial)| others.rejected(candidate, &trial.gate))
        .collect();
    rejected
        .sort_by(|a, b| (b.documents, b.times, &a.found).cmp(&(a.documents, a.times, &b.found)));
    let few = candidates.few.iter().filter(|few| !others.covers(&few.sights)).cloned().collect();
    Choice { entries: chosen.entries(), beside: others.entries(), rejected, few }
}

/// Whether nearly all that the reworded texts have of it was put there.
fn is_put(candidate: &Candidate, trial: &Trial) -> bool {
    trial.gate != Gate::Unsayable && candidate.sights.len() * PUT.1 >= trial.stands * PUT.0
}

#[derive(Clone, Default)]
struct Chosen {
    entries: BTreeMap<String, Entry>,
    /// Every phrase that an entry matches, with the entry's.
    taken: BTreeMap<String, String>,
    covered: BTreeSet<At>,
}

impl Chosen {
    /// Takes a candidate that says what no wider one does.
    fn take(&mut self, candidate: &Candidate) {
        if self.covers(&candidate.sights) {
            return;
        }
        let phrases = written_out(&candidate.phrase);
        let owners: BTreeSet<&String> =
            phrases.iter().filter_map(|phrase| self.taken.get(phrase)).collect();
        self.covered.extend(&candidate.sights);
        // Of two phrases for the same words a pack may hold one, and it finds what the other would.
        if owners.iter().any(|owner| **owner != candidate.phrase) {
            return;
        }
        self.taken.extend(phrases.into_iter().map(|phrase| (phrase, candidate.phrase.clone())));
        let phrase = candidate.phrase.clone();
        let entry = self
            .entries
            .entry(phrase.clone())
            .or_insert_with(|| Entry { phrase, suggestions: Vec::new() });
        entry.suggestions.push(Suggestion {
            text: candidate.suggestion.clone(),
            documents: candidate.documents,
            sights: candidate.sights.clone(),
        });
    }

    fn entries(self) -> Vec<Entry> {
        let entries = self.entries.into_values().map(|mut entry| {
            entry.suggestions.sort_by_key(|s| std::cmp::Reverse((s.documents, s.sights.len())));
            entry.suggestions.truncate(SUGGESTIONS);
            entry
        });
        entries.collect()
    }

    fn covers(&self, sights: &[At]) -> bool {
        sights.iter().all(|at| self.covered.contains(at))
    }

    fn rejected(&self, candidate: &Candidate, gate: &Gate) -> Option<Rejected> {
        if self.covers(&candidate.sights) {
            return None;
        }
        let reason = match (candidate.ruled_out, gate) {
            (None | Some(Reason::Usual), Gate::Hit(..)) | (None, Gate::Silent) => Reason::Clean,
            (Some(reason), _) => reason,
            (None, Gate::Unsayable) => Reason::Unsayable,
        };
        Some(Rejected {
            found: candidate.phrase.clone(),
            wording: candidate.suggestion.clone(),
            documents: candidate.documents,
            times: candidate.sights.len(),
            reason,
            gate: gate.clone(),
            in_part: candidate.sights.iter().any(|at| self.covered.contains(at)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(phrase: &str, suggestion: &str, rung: Rung, sights: &[At]) -> Candidate {
        Candidate {
            phrase: phrase.into(),
            suggestion: suggestion.into(),
            rung,
            sights: sights.to_vec(),
            documents: sights.len(),
            ruled_out: None,
        }
    }

    fn tried(all: &[Candidate], gates: &[Gate]) -> Vec<Trial> {
        // Where clean texts have it, the reworded ones have it twice as often as it was put there.
        let stands = |at: usize| all[at].sights.len() * 2;
        gates
            .iter()
            .enumerate()
            .map(|(at, gate)| Trial { gate: gate.clone(), stands: stands(at) })
            .collect()
    }

    fn told(all: Vec<Candidate>, gates: &[Gate]) -> (Vec<String>, Vec<(String, Reason, bool)>) {
        let trials = tried(&all, gates);
        let choice =
            choose(&Candidates { all, few: Vec::new() }, &trials, &[0, 1, 2, 3, 4, 5, 6], Some(2));
        let entries = choice.entries.iter().map(|entry| {
            let texts: Vec<&str> = entry.suggestions.iter().map(|s| s.text.as_str()).collect();
            format!("{} = {}", entry.phrase, texts.join(", "))
        });
        let rejected = choice.rejected.iter().map(|r| (r.found.clone(), r.reason, r.in_part));
        (entries.collect(), rejected.collect())
    }

    fn hit() -> Gate {
        Gate::Hit(1, "a.txt:1:1".into())
    }

    #[test]
    fn the_widest_that_is_silent_is_kept() {
        let all = || {
            vec![
                candidate("<vessel>", "<ship>", Rung::Forms, &[(0, 0), (1, 0)]),
                candidate("vessels", "ships", Rung::Words, &[(0, 0), (1, 0)]),
                candidate("the vessels", "the ships", Rung::Beside, &[(0, 0), (1, 0)]),
            ]
        };
        let kept = |gates: &[Gate]| told(all(), gates).0;
        assert_eq!(kept(&[Gate::Silent, Gate::Silent, Gate::Silent]), ["<vessel> = <ship>"]);
        assert_eq!(kept(&[hit(), Gate::Silent, Gate::Silent]), ["vessels = ships"]);
        assert_eq!(kept(&[hit(), hit(), Gate::Silent]), ["the vessels = the ships"]);
        let (entries, rejected) = told(all(), &[hit(), hit(), hit()]);
        assert_eq!(entries, [""; 0]);
        assert_eq!(rejected, [("vessels".to_owned(), Reason::Clean, false)]);
    }

    #[test]
    fn what_a_neighbour_saves_in_part_is_told() {
        let all = vec![
            candidate("harm", "damage", Rung::Words, &[(0, 0), (1, 0), (2, 0)]),
            candidate("the harm", "the damage", Rung::Beside, &[(0, 0), (1, 0)]),
        ];
        let (entries, rejected) = told(all, &[hit(), Gate::Silent]);
        assert_eq!(entries, ["the harm = the damage"]);
        assert_eq!(rejected, [("harm".to_owned(), Reason::Clean, true)]);
    }

    #[test]
    fn good_english_is_told_beside_marks_if_it_nearly_always_was_put_there() {
        let all = vec![
            candidate("withinside", "in", Rung::Words, &[(0, 0), (1, 0)]),
            candidate("facts", "data", Rung::Words, &[(0, 1), (1, 1), (1, 2)]),
            candidate("stated", "said", Rung::Words, &[(0, 3), (1, 3), (1, 4)]),
            candidate("harm", "damage", Rung::Words, &[(1, 5), (2, 0)]),
        ];
        let trial = |gate, stands| Trial { gate, stands };
        let trials = [trial(Gate::Silent, 2), trial(hit(), 4), trial(hit(), 5), trial(hit(), 2)];
        let all = Candidates { all, few: Vec::new() };
        let choice = choose(&all, &trials, &[0, 1, 2], Some(2));
        let phrases = |entries: &[Entry]| -> Vec<String> {
            entries.iter().map(|entry| entry.phrase.clone()).collect()
        };
        assert_eq!(phrases(&choice.entries), ["withinside"]);
        assert_eq!(
            phrases(&choice.beside),
            ["facts"],
            "others were not put there, or not beside a mark"
        );
        assert_eq!(choice.rejected.len(), 2);
        assert_eq!(choose(&all, &trials, &[0, 1, 2], None).beside, []);
    }

    #[test]
    fn one_phrase_has_all_its_suggestions_and_no_rival() {
        let all = vec![
            candidate("<vessel>", "<ship>", Rung::Forms, &[(0, 0), (1, 0)]),
            candidate("<vessel>", "<boat>", Rung::Forms, &[(2, 0), (3, 0), (4, 0)]),
            candidate("vessel", "craft", Rung::Words, &[(5, 0), (6, 0)]),
        ];
        let (entries, rejected) = told(all, &[Gate::Silent, Gate::Silent, Gate::Silent]);
        assert_eq!(entries, ["<vessel> = <boat>, <ship>"]);
        assert_eq!(rejected, [], "the entry finds it too");
    }
}

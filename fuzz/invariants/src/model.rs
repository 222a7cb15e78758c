//! Model files, which may come from anybody: opening one gives an error or answers, never a panic.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};
use unspin_lint::{Document, INTERNAL_ERROR};
use unspin_linter::{LanguageModel, Linter};
use unspin_model::build::{
    self, BigramCount, GateTable, LexiconWord, PhraseOriginal, Section, Split, Tree,
};
use unspin_model::{Entry, Model, Original, Tally, WordFlags, WordId};
use unspin_rules_substitution::{features, ranking};

use crate::choices::Choices;
use crate::linter::LINTER;
use crate::told;

const TEXT: &str = "The ferry board moved the harbour clerk to the outer islands. The clerk said the boats wait at \
                    the pier, and the board moved the boats. Okoro wrote to the board; the okora board said no.";
const WORDS: [&str; 9] =
    ["board", "boats", "clerk", "ferry", "harbour", "moved", "pier", "the", "wait"];
/// Bytes of the header, and of a section in the list that follows it.
const HEADER: usize = 64;
const RECORD: usize = 24;

/// Where sections begin, and their lengths, in bytes.
type Sections = Vec<(usize, usize)>;

/// A model of a few words with every section, and where its sections lie.
static SMALL: LazyLock<(Vec<u8>, Sections)> = LazyLock::new(|| {
    let bytes = small();
    assert_eq!(failures(&bytes), Some(Vec::new()), "the sound model works");
    let mut linter: Linter = LINTER.clone();
    linter.set_model(LanguageModel::open(bytes.clone()).expect("just built"));
    let found = linter.rules().run(&Document::new(TEXT.as_bytes())).findings;
    assert!(found.iter().any(|found| found.family == "substitution"), "damage to it must matter");
    let number = |at: usize| {
        let bytes: [u8; 8] = bytes[at..at + 8].try_into().expect("eight bytes");
        u64::from_le_bytes(bytes) as usize
    };
    let sections = Model::from_bytes(&bytes).expect("just built").section_lengths().len();
    let places = (0..sections).map(|i| HEADER + RECORD * i);
    let places = places.map(|at| (number(at + 8), number(at + 16))).collect();
    (bytes, places)
});

/// The first byte decides whether the rest is a file or damage to a sound one, with its digest put right, whether rules
/// ask the model, and whether the file is cut.
pub fn check(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let how = choices.byte();
    let file = if how & 1 == 0 { choices.rest().to_vec() } else { damaged(choices) };
    if how & 4 == 4 {
        let most = file.len().saturating_sub(1);
        let cut = &file[..most.min(usize::from(how >> 3) * most / 30)];
        assert!(LanguageModel::open(cut.to_vec()).is_err(), "a file that is cut is refused");
    }
    match Model::from_bytes(&file) {
        Err(error) => told::sentence(&error.to_string()),
        Ok(model) => answers(&model),
    }
    // What is opened for rules stays in memory for good, so that it is not done each time.
    if how & 2 == 2
        && let Some(failures) = failures(&file)
    {
        assert_eq!(failures, Vec::<String>::new());
    }
}

/// Each piece of damage is a section, a place in it and what comes there.
fn damaged(mut choices: Choices<'_>) -> Vec<u8> {
    let (mut bytes, sections) = SMALL.clone();
    while !choices.is_empty() {
        let how = choices.byte();
        let (start, length) = sections[usize::from(how >> 2) % sections.len()];
        // Half of it to the numbers that sections begin with, some to the list of sections.
        let (start, reach) = match how & 3 {
            0 | 1 => (start, length.min(24)),
            2 => (start, length),
            _ => (0, HEADER + RECORD * sections.len()),
        };
        let at = [choices.byte(), choices.byte(), choices.byte(), 0];
        let at = start + u32::from_le_bytes(at) as usize % reach.max(1);
        if let Some(there) = bytes.get_mut(at) {
            *there = choices.byte();
        }
    }
    let digest = Sha256::digest(&bytes[HEADER..]);
    bytes[24..56].copy_from_slice(&digest);
    bytes
}

/// Asks everything; the answers do not matter.
fn answers(model: &Model<'_>) {
    let _ = (model.verify(), model.digest(), model.section_lengths());
    let mut near = Vec::new();
    for word in WORDS.into_iter().chain(["okora", "", "'s", "\u{130}stanbul"]) {
        let _ = model.vocabulary().get(word);
        model.names().near(word, &mut near);
    }
    let _ = (model.names().iter().take(1000).count(), model.vocabulary().len());
    if let Some(all) = model.statistics() {
        let known = WORDS.iter().filter_map(|word| all.lexicon.get(unspin_text::fold_key(word)));
        let ids: Vec<WordId> = all.lexicon.ids().take(50).chain(known).collect();
        for &id in &ids {
            let _ = (all.lexicon.flags(id), all.lexicon.spelling(id), all.channel.emission(id));
            let _ = (all.lexicon.log10_hundredths(id), all.vectors.get(id));
            let _ = all.channel.originals(id).count() + all.channel.all_originals(id).count();
            let _ = all.bigrams.log10_count(id, ids[0]);
            let _ = all.phrases.originals([id, ids[0]].into_iter()).count();
        }
    }
    for trees in [model.scorer(), model.ranker()].into_iter().flatten() {
        if trees.features() < 1000 {
            let row = vec![7_i16; trees.features()];
            trees.score(&row, &mut [0]);
            let _ = trees.ablate(&row, &row);
        }
    }
    if let Some(gate) = model.gate() {
        let mut tally = Tally::default();
        for score in [i32::MIN, -1_000, 0, 777, i32::MAX] {
            gate.add(&mut tally, score, 2);
        }
        let _ = (gate.evidence(gate.statistic(tally), 3_000), gate.threshold(), gate.screen());
    }
}

/// The rules that failed on a text with this model; `None` if it cannot be opened.
fn failures(bytes: &[u8]) -> Option<Vec<String>> {
    let model = match LanguageModel::open(bytes.to_vec()) {
        Ok(model) => model,
        Err(error) => {
            told::sentence(&error.to_string());
            return None;
        }
    };
    let mut linter: Linter = LINTER.clone();
    linter.set_model(model);
    let report = linter.check(&Document::new(TEXT.as_bytes()));
    let failed = report.findings.into_iter().filter(|found| found.rule == INTERNAL_ERROR);
    Some(failed.map(|finding| finding.message).collect())
}

fn small() -> Vec<u8> {
    let entries = WORDS.map(|word| (word, Entry::new(Some(-300)).word(true)));
    let base = build::model(entries, &[("Okoro", -500)]).expect("few names");
    let word = |word: &&str| LexiconWord {
        spelling: (*word).to_owned(),
        key: unspin_text::fold_key(word),
        log10_hundredths: -300,
        flags: WordFlags(WordFlags::NOUN),
    };
    let lexicon = Section::lexicon(&WORDS.iter().map(word).collect::<Vec<_>>());
    let opened = lexicon.as_lexicon().expect("just made");
    let (ids, bound): (Vec<WordId>, usize) = (opened.ids().collect(), opened.id_bound());
    let pair = |pair: &[WordId]| BigramCount { first: pair[0], second: pair[1], log10_count: 150 };
    let pairs: Vec<BigramCount> = ids.windows(2).map(pair).collect();
    let (mut originals, mut vectors) = (vec![Vec::new(); bound], vec![None; bound]);
    for pair in ids.windows(2) {
        originals[pair[0].index()] = vec![Original { id: pair[1], log10_share: -20 }];
        vectors[pair[0].index()] = Some(vec![90_i8, -90]);
    }
    let splits = vec![Split { feature: 0, threshold: -250 }, Split { feature: 11, threshold: 0 }];
    let tree = Tree { splits, leaves: vec![300, 2_000, 4_000, -100] };
    let expression = |three: &[WordId]| PhraseOriginal {
        words: three[..2].to_vec(),
        original: Original { id: three[2], log10_share: -20 },
    };
    let expressions: Vec<PhraseOriginal> = ids.windows(3).map(expression).collect();
    let gate = GateTable {
        lowest: -1_000,
        step: 500,
        threshold: 10,
        slope: 4_000,
        // Every text is looked at.
        screen: -1_000,
        counts: (0..20).map(|i| i * 100).collect(),
    };
    let sections = [
        lexicon,
        Section::bigrams(700, &pairs, 4).0,
        Section::channel(&originals, &vec![200; bound]),
        Section::phrases(&expressions).0,
        Section::vectors(2, &vectors),
        Section::scorer(features::COUNT, 0, std::slice::from_ref(&tree)),
        Section::ranker(ranking::COUNT, 0, &[tree]),
        Section::gate(&gate),
    ];
    build::with_sections(&Model::from_bytes(&base).expect("just built"), &sections)
}

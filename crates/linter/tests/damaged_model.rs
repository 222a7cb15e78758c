//! A model file may come from anybody: whatever is in it, opening it gives an error or answers, never a panic.

use sha2::{Digest, Sha256};
use unspin_lint::Document;
use unspin_linter::{LanguageModel, Linter};
use unspin_model::build::{
    self, BigramCount, GateTable, LexiconWord, PhraseOriginal, Section, Split, Tree,
};
use unspin_model::{Entry, Model, Original, WordFlags, WordId};
use unspin_rules_substitution::{features, ranking};

const TEXT: &str = "The ferry board moved the harbour clerk to the outer islands. The clerk said the boats wait at \
                    the pier, and the board moved the boats. Okoro wrote to the board; the okora board said no.";

/// A model of a few words with every section, small enough to make many of.
fn small() -> Vec<u8> {
    let words = ["board", "boats", "clerk", "ferry", "harbour", "moved", "pier", "the", "wait"];
    let entries = words.map(|word| (word, Entry::new(Some(-300)).word(true)));
    let base = build::model(entries, &[("Okoro", -500)]).unwrap();
    let lexicon: Vec<LexiconWord> = words
        .iter()
        .map(|word| LexiconWord {
            spelling: (*word).to_owned(),
            key: unspin_text::fold_key(word),
            log10_hundredths: -300,
            flags: WordFlags(WordFlags::NOUN),
        })
        .collect();
    let lexicon = Section::lexicon(&lexicon);
    let ids: Vec<WordId> = lexicon.as_lexicon().unwrap().ids().collect();
    let bound = lexicon.as_lexicon().unwrap().id_bound();
    let pairs: Vec<BigramCount> = ids
        .windows(2)
        .map(|pair| BigramCount { first: pair[0], second: pair[1], log10_count: 150 })
        .collect();
    let mut originals = vec![Vec::new(); bound];
    let mut vectors = vec![None; bound];
    for pair in ids.windows(2) {
        originals[pair[0].index()] = vec![Original { id: pair[1], log10_share: -20 }];
        vectors[pair[0].index()] = Some(vec![90_i8, -90]);
    }
    let splits = vec![Split { feature: 0, threshold: -250 }, Split { feature: 11, threshold: 0 }];
    let tree = Tree { splits, leaves: vec![300, 2_000, 4_000, -100] };
    let expressions: Vec<PhraseOriginal> = ids
        .windows(3)
        .map(|three| PhraseOriginal {
            words: three[..2].to_vec(),
            original: Original { id: three[2], log10_share: -20 },
        })
        .collect();
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
    build::with_sections(&Model::from_bytes(&base).unwrap(), &sections)
}

/// The rules that failed on the text.
fn failures(model: &LanguageModel) -> Vec<String> {
    let mut linter = Linter::new();
    linter.set_model(*model);
    let report = linter.check(&Document::new(TEXT.as_bytes()));
    let failed = report.findings.into_iter().filter(|f| f.rule == "internal-error");
    failed.map(|finding| finding.message).collect()
}

/// Puts the digest right, as somebody with ill intent would.
fn signed(mut bytes: Vec<u8>) -> Vec<u8> {
    let digest = Sha256::digest(&bytes[64..]);
    bytes[24..56].copy_from_slice(&digest);
    bytes
}

/// Numbers that look random (Knuth's MMIX generator), the same in every run.
fn numbers() -> impl FnMut(usize) -> usize {
    let mut state = 1_u64;
    move |bound| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    }
}

#[test]
fn a_whole_model_of_a_few_words_works() {
    let model = LanguageModel::open(small()).unwrap();
    let mut linter = Linter::new();
    linter.set_model(model);
    assert_eq!(failures(&model), Vec::<String>::new());
    let words = linter.rules().run(&Document::new(TEXT.as_bytes())).findings;
    assert!(words.iter().any(|f| f.family == "substitution"), "the damage below must matter");
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let bytes = small();
    let mut number = numbers();
    for _ in 0..200 {
        let cut = bytes[..number(bytes.len())].to_vec();
        assert!(LanguageModel::open(cut).is_err());
    }
}

#[test]
fn random_bytes_are_refused() {
    let mut number = numbers();
    for _ in 0..200 {
        let length = number(400);
        let mut bytes: Vec<u8> = (0..length).map(|_| number(256) as u8).collect();
        assert!(LanguageModel::open(bytes.clone()).is_err());
        // The same behind a right beginning.
        bytes.splice(0..0, *b"UNSPIN\x01\x00");
        assert!(LanguageModel::open(bytes).is_err());
    }
}

#[test]
fn damage_with_a_right_digest_makes_no_rule_fail() {
    let bytes = small();
    let sections = LanguageModel::open(bytes.clone()).unwrap().sections();
    let number_at = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize;
    let starts: Vec<usize> = (0..sections.len()).map(|i| number_at(64 + 24 * i + 8)).collect();
    let mut number = numbers();
    let mut opened = 0;
    for round in 0..300 {
        let mut damaged = bytes.clone();
        for _ in 0..=number(3) {
            // Half of the damage to the numbers that sections begin with.
            let section = number(starts.len());
            let length = sections[section].1;
            let reach = if number(2) == 0 { length.min(24) } else { length };
            damaged[starts[section] + number(reach)] =
                [0, 1, 0x7F, 0x80, 0xFF, number(256) as u8][number(6)];
        }
        if let Ok(model) = LanguageModel::open(signed(damaged)) {
            opened += 1;
            assert_eq!(failures(&model), Vec::<String>::new(), "round {round}");
        }
    }
    assert!(opened > 100, "{opened} of 300 opened");
}

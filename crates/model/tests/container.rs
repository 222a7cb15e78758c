//! The file format from outside: what is written can be read, what is damaged cannot hurt.

use proptest::prelude::*;
use unspin_model::{Entry, Model, ModelError, build};

const WORDS: [&str; 6] = ["the", "minister", "said", "biden", "naïve", "o'clock"];
const NAMES: [(&str, i16); 4] =
    [("Biden", -517), ("Putin", -480), ("McCain", -520), ("Zürich", -610)];

fn small() -> Vec<u8> {
    let words = WORDS.map(|word| (word, Entry::new(Some(-400)).word(true)));
    build::model(words, &NAMES).expect("few names")
}

/// Asks everything; the answers do not matter.
fn exercise(model: &Model<'_>) {
    let mut out = Vec::new();
    for word in WORDS.into_iter().chain(["diden", "zurich", "", "'s", "İstanbul"]) {
        model.vocabulary().get(word);
        model.names().near(word, &mut out);
    }
    model.names().iter().count();
    model.digest();
    drop(model.verify());
}

#[test]
fn a_built_model_reads_back() {
    let bytes = small();
    let model = Model::from_bytes(&bytes).expect("just built");
    assert_eq!(model.vocabulary().len(), WORDS.len());
    assert!(WORDS.iter().all(|word| model.vocabulary().get(word).is_some_and(Entry::is_word)));
    assert_eq!(model.vocabulary().get("diden"), None);
    assert_eq!(model.names().iter().next(), Some(("Putin", -480)));
    assert_eq!(model.verify(), Ok(()));
    assert!(model.digest().starts_with("sha256:"));
    assert_eq!(model.digest().len(), 7 + 64);
}

#[test]
fn an_empty_model_knows_nothing() {
    let bytes = build::model([], &[]).expect("no names");
    let model = Model::from_bytes(&bytes).expect("just built");
    assert!(model.vocabulary().is_empty() && model.names().is_empty());
    exercise(&model);
}

#[test]
fn each_damage_has_its_own_error() {
    let bytes = small();
    let error = |bytes: &[u8]| Model::from_bytes(bytes).expect_err("damaged");
    assert_eq!(error(b"PK\x03\x04"), ModelError::Magic);
    assert_eq!(error(&[]), ModelError::Magic);
    assert!(matches!(error(&bytes[..20]), ModelError::Truncated { needed: 64, .. }));
    assert!(matches!(error(&bytes[..bytes.len() - 1]), ModelError::Truncated { .. }));

    let changed = |at: usize, value: u8| {
        let mut bytes = bytes.clone();
        bytes[at] = value;
        bytes
    };
    assert_eq!(error(&changed(6, 9)), ModelError::Version { found: 9, expected: 1 });
    assert_eq!(error(&changed(64, b'X')), ModelError::MissingSection { tag: "VOCA".to_owned() });
    assert!(matches!(error(&changed(72, 113)), ModelError::SectionBounds { .. }));
    assert!(matches!(error(&changed(87, 0xFF)), ModelError::SectionBounds { .. }));
    // Behind the filter of common words, which has no counts, stands the number of buckets.
    let table = 64 + 2 * 24 + 4 * 65_536;
    assert!(matches!(error(&changed(table + 2, 1)), ModelError::SectionLayout { .. }));

    let late = changed(bytes.len() - 1, b'?');
    let model = Model::from_bytes(&late).expect("only the content is changed");
    assert!(matches!(model.verify(), Err(ModelError::Digest { .. })));
}

#[cfg(feature = "embedded-model")]
#[test]
fn the_embedded_model_is_whole_and_described_by_its_manifest() {
    let model = Model::embedded();
    assert_eq!(model.verify(), Ok(()));
    let manifest = include_str!("../../model-data/manifest.toml");
    assert!(manifest.contains(&model.digest()), "manifest.toml is of another build");
    assert!(manifest.contains(&format!("words = {}\n", model.vocabulary().len())));
    assert!(manifest.contains(&format!("names = {}\n", model.names().len())));
}

#[cfg(feature = "embedded-model")]
#[test]
fn the_embedded_model_knows_words_and_names_of_news() {
    let model = Model::embedded();
    let get = |word| model.vocabulary().get(word).unwrap_or_else(|| panic!("{word} is unknown"));
    for word in ["government", "colour", "organisations", "centre", "unemployed", "podcasts"] {
        assert!(get(word).is_word() && get(word).is_listed(), "{word}");
    }
    for name in ["Biden", "Obama", "Putin", "Reuters", "Lagos", "Johannesburg"] {
        assert!(get(name).is_name() && !get(name).is_word(), "{name}");
    }
    assert_eq!(model.vocabulary().get("diden"), None);
    assert!(get("the").log10_hundredths() > get("colour").log10_hundredths());

    let mut near = Vec::new();
    model.names().near("diden", &mut near);
    assert_eq!(near.first().map(|m| m.name), Some("Biden"));
}

/// A stem of a few letters, so that random words are often neighbours.
fn word() -> impl Strategy<Value = String> {
    "[ab\u{e9}c']{0,7}"
}

proptest! {
    #[test]
    fn every_word_written_is_read_back(
        entries in prop::collection::btree_map(
            "\\p{Ll}{1,12}",
            (prop::option::of(-1016_i16..=0), any::<(bool, bool, bool)>()),
            0..50,
        )
    ) {
        let entries: Vec<(String, Entry)> = entries
            .into_iter()
            .map(|(word, (log10, (is_word, is_name, is_listed)))| {
                (word, Entry::new(log10).word(is_word).name(is_name).listed(is_listed))
            })
            .collect();
        let bytes = build::model(entries.iter().map(|(w, e)| (w.as_str(), *e)), &[]).unwrap();
        let model = Model::from_bytes(&bytes).unwrap();
        let differs = |&(word, entry): &(&String, &Entry)| {
            model.vocabulary().get(word).expect("stored") != *entry
        };
        // One word in 16,000 shares its fingerprint with another and answers for that.
        prop_assert!(entries.iter().map(|(w, e)| (w, e)).filter(differs).count() <= 2);
    }

    #[test]
    fn names_found_are_those_a_scan_finds(
        names in prop::collection::btree_set(word(), 0..40),
        query in word(),
    ) {
        let names: Vec<(&str, i16)> = names.iter().map(|name| (name.as_str(), -500)).collect();
        let bytes = build::model([], &names).unwrap();
        let mut found = Vec::new();
        Model::from_bytes(&bytes).unwrap().names().near(&query, &mut found);
        let found: Vec<(&str, usize)> =
            found.iter().map(|m| (m.name, usize::from(m.distance))).collect();
        let scanned: Vec<(&str, usize)> = names
            .iter()
            .filter(|(name, _)| name.chars().count() >= 4)
            .map(|&(name, _)| (name, strsim::osa_distance(&query, name)))
            .filter(|&(_, distance)| distance <= 1)
            .collect();
        prop_assert_eq!(found, scanned);
    }

    #[test]
    fn damaged_bytes_never_panic(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)
    ) {
        let mut bytes = small();
        for (index, value) in damage {
            let at = index.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(model) = Model::from_bytes(&bytes) {
            exercise(&model);
        }
    }

    #[test]
    fn any_tail_after_a_header_never_panics(tail in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = small()[..112].to_vec();
        bytes.extend(tail);
        let length = bytes.len() as u64;
        bytes[16..24].copy_from_slice(&length.to_le_bytes());
        // Both sections reach to the end, so that their insides are what is random.
        for record in [64, 88] {
            bytes[record + 8..record + 16].copy_from_slice(&112_u64.to_le_bytes());
            bytes[record + 16..record + 24].copy_from_slice(&(length - 112).to_le_bytes());
        }
        if let Ok(model) = Model::from_bytes(&bytes) {
            exercise(&model);
        }
    }
}

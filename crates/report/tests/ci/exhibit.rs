//! The page of a comparison by an HTML tokenizer, and as a whole.

use std::fs;
use std::path::Path;

use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};
use unspin_compare::{Comparison, Kind, Relation, meta};
use unspin_lint::{Document, Severity};
use unspin_model::Model;
use unspin_report::{Compared, ComparisonReport, Exhibit};

use crate::html::{Element, expect_names, parsed};
use crate::setup;

const ORIGINAL: &str = "Council backs the harbour wall\n\nThe harbour wall will cost 11 million pounds, said Ada Mayne, \
                        who leads the council. \"We cannot wait for another storm,\" she said.\n\nFishermen were \
                        pleased. The vote was held on Tuesday in the old school.\n";
const REWORDED: &str = "Council backs the harbour wall\n\nThe harbour barrier will cost 12 million pounds, stated Ada \
                        Mayne. \"We can not wait for another typhoon,\" she said.\n\nThe vote was held on Tuesday in the \
                        old school. Nobody has counted the gulls of the pier so far.\n";

/// A page with these severities in place of those of the rules.
fn page_of(
    (original, reworded): (&str, &str),
    full: bool,
    severity: impl Fn(Kind) -> Severity,
) -> (String, Comparison) {
    let (a, b) = (Document::new(original.as_bytes()), Document::new(reworded.as_bytes()));
    let comparison = unspin_compare::compare(&a, &b, &Model::embedded());
    let report = ComparisonReport {
        comparison: &comparison,
        original: Compared::new("a.txt", original.as_bytes(), &a),
        reworded: Compared::new("b.txt", reworded.as_bytes(), &b),
    };
    let exhibit = Exhibit {
        report: &report,
        tool: setup().tool,
        severities: Kind::ALL.map(severity),
        settings: "",
        command: "unspin compare --format html a.txt b.txt",
        full,
    };
    let mut out = Vec::new();
    exhibit.write(&mut out).unwrap();
    (String::from_utf8(out).unwrap(), comparison)
}

fn page(original: &str, reworded: &str, full: bool) -> (Vec<Element>, Comparison) {
    let (page, comparison) = page_of((original, reworded), full, |kind| meta(kind).severity);
    (parsed(&page), comparison)
}

fn of<'e>(elements: &'e [Element], class: &str) -> Vec<&'e Element> {
    elements.iter().filter(|e| e.is_of(class)).collect()
}

/// The text of the marks of a change on a side.
fn marked(elements: &[Element], id: &str, end: char) -> String {
    let side = if end == 'o' { "side original" } else { "side reworded" };
    let mut told = String::new();
    let mut here = false;
    for element in elements {
        if element.name == "div" {
            here = element.attribute("class") == side;
        }
        let is_of = |own: &str| element.attribute("data-for").split(' ').any(|one| one == own);
        if here && element.name == "mark" && is_of(id) {
            told.push_str(&element.text.replace("^nothing here", ""));
        }
    }
    told
}

#[test]
fn the_whole_page_is_what_it_was() {
    let (page, _) = page_of((ORIGINAL, REWORDED), false, |kind| meta(kind).severity);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ci/snapshots/comparison.html.out");
    if std::env::var_os("UNSPIN_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(page == expected, "{} is now\n{page}", path.display());
}

#[test]
fn a_page_asks_for_nothing_and_obeys_its_own_styles_and_scripts_alone() {
    for full in [false, true] {
        let (page, _) = page_of((ORIGINAL, REWORDED), full, |kind| meta(kind).severity);
        let elements = parsed(&page);
        expect_names(&elements);
        let policy =
            elements.iter().find(|e| e.attribute("http-equiv") == "Content-Security-Policy");
        let policy = policy.unwrap().attribute("content");
        for (name, directive) in [("style", "style-src"), ("script", "script-src")] {
            let own = elements.iter().filter(|e| e.name == name);
            let hashes =
                own.map(|e| format!(" 'sha256-{}'", BASE64.encode(&Sha256::digest(&e.text))));
            let hashes: Vec<String> = hashes.collect();
            assert_eq!(hashes.len(), 2, "{name}");
            assert!(policy.contains(&format!("{directive}{};", hashes.concat())), "{policy}");
        }
        assert!(
            policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"),
            "{policy}"
        );
    }
}

#[test]
fn every_change_is_marked_on_both_sides_and_told_once() {
    for full in [false, true] {
        let (elements, comparison) = page(ORIGINAL, REWORDED, full);
        let (a, b) = (Document::new(ORIGINAL.as_bytes()), Document::new(REWORDED.as_bytes()));
        let told = elements.iter().filter(|e| e.is_of("finding") && e.name == "li").map(|e| {
            let id = e.attribute("id");
            for end in ['o', 'r'] {
                let own = format!("{id}-{end}");
                assert_eq!(
                    elements.iter().filter(|e| e.attribute("id") == own).count(),
                    1,
                    "{own}"
                );
                let to = format!("#{own}");
                assert!(
                    elements.iter().any(|e| e.attribute("href") == to),
                    "nothing leads to {to}"
                );
            }
            let kind = e.attribute("data-rule").to_owned();
            (kind, marked(&elements, id, 'o'), marked(&elements, id, 'r'))
        });
        let mut told: Vec<_> = told.collect();
        let mut expected: Vec<_> = comparison
            .changes
            .iter()
            .map(|c| {
                let texts = (a.slice(c.original).to_owned(), b.slice(c.reworded).to_owned());
                (c.kind.as_str().to_owned(), texts.0, texts.1)
            })
            .collect();
        told.sort();
        expected.sort();
        assert_eq!(told, expected);
        assert!(told.len() > 6, "{told:?}");
    }
}

#[test]
fn what_a_text_a_path_or_a_setting_holds_is_text() {
    let evil = "</script><img src=x onerror=alert(1)>\x1b[2J\u{202e}<!-- & \"q\" 'q'\0";
    let original = format!("The old ferry lies {evil} off the long pier of Harwell here.");
    let reworded = format!("The old vessel lies off the long pier of Harwell here {evil} {evil}.");
    let (a, b) = (Document::new(original.as_bytes()), Document::new(reworded.as_bytes()));
    let comparison = unspin_compare::compare(&a, &b, &Model::embedded());
    assert!(comparison.changes.len() > 2, "{:?}", comparison.changes);
    let compared = |document| Compared::new(evil, evil.as_bytes(), document).with_entry(Some(evil));
    let report = ComparisonReport {
        comparison: &comparison,
        original: compared(&a),
        reworded: compared(&b),
    };
    for full in [false, true] {
        let exhibit = Exhibit {
            report: &report,
            tool: setup().tool,
            severities: [Severity::Error; Kind::ALL.len()],
            settings: evil,
            command: evil,
            full,
        };
        let mut out = Vec::new();
        exhibit.write(&mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        let elements = parsed(&page);
        expect_names(&elements);
        assert!(!page.contains("<img") && !page.contains("<!--"), "{page}");
        assert!(!page.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'));
        let shown = &*unspin_report::printable(evil);
        for class in ["path", "entry", "made-of"] {
            assert!(of(&elements, class)[0].text.contains(shown), "{class}");
        }
        assert!(elements.iter().any(|e| e.name == "pre" && e.text.contains(shown)));
        let words = of(&elements, "words");
        assert!(words.iter().any(|e| e.text.contains("<img src=x onerror=alert(1)>\u{241b}[2J")));
    }
}

#[test]
fn all_of_both_texts_stands_in_a_full_page_and_else_what_a_change_touches() {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let (elements, _) = page(ORIGINAL, REWORDED, true);
    let side = |class: &str| {
        let own = elements.iter().enumerate().filter(|(_, e)| e.attribute("class") == class);
        let words = own.flat_map(|(at, _)| {
            let rest = elements[at + 1..].iter().take_while(|e| e.name != "div" && e.name != "li");
            rest.filter(|e| e.attribute("class") == "words")
        });
        squeezed(&words.map(|e| e.text.replace("^nothing here", "")).collect::<String>())
    };
    assert_eq!(side("side original"), squeezed(ORIGINAL));
    assert_eq!(side("side reworded"), squeezed(REWORDED));

    let (elements, _) = page(ORIGINAL, REWORDED, false);
    assert!(!of(&elements, "words").iter().any(|e| e.text.contains("Council backs")));
    let gaps: Vec<&str> = of(&elements, "gap").iter().map(|e| e.text.as_str()).collect();
    assert_eq!(gaps, ["1 sentence without a change", "1 sentence without a change"]);
    let nothing: Vec<&str> = of(&elements, "nothing").iter().map(|e| e.text.as_str()).collect();
    assert_eq!(
        nothing,
        ["Not in the reworded text. ^nothing here", "Not in the original. ^nothing here"]
    );
}

#[test]
fn a_kind_that_is_off_is_neither_shown_nor_counted() {
    let severity = |kind| match kind {
        Kind::Substitution => Severity::Off,
        _ => Severity::Error,
    };
    let (page, comparison) = page_of((ORIGINAL, REWORDED), false, severity);
    let elements = parsed(&page);
    let shown = comparison.changes.iter().filter(|c| c.kind != Kind::Substitution).count();
    assert!(shown < comparison.changes.len());
    assert_eq!(elements.iter().filter(|e| e.is_of("finding")).count(), shown);
    assert!(!page.contains("replaced-wording") && page.contains("turn off 1 kind"), "{page}");
    assert!(!elements.iter().any(|e| e.name == "li" && e.is_of("warning")));
}

#[test]
fn filters_count_what_is_there() {
    let (elements, comparison) = page(ORIGINAL, REWORDED, false);
    let mut told = 0;
    for (at, row) in elements.iter().enumerate().filter(|(_, e)| e.name == "tr") {
        let inside = || elements[at + 1..].iter().take_while(|e| e.name != "tr");
        let Some(name) = inside().find(|e| e.is_of("name")) else { continue };
        let count: usize = inside().find(|e| e.is_of("count")).unwrap().text.parse().unwrap();
        let findings = elements.iter().filter(|e| e.is_of("finding"));
        let own = findings.filter(|e| {
            [e.attribute("data-rule"), e.attribute("data-severity")].contains(&name.text.as_str())
        });
        assert_eq!(own.count(), count, "{}", row.text);
        assert_eq!(inside().any(|e| e.name == "input"), count > 0, "{}", row.text);
        told += count;
    }
    assert_eq!(told, 2 * comparison.changes.len(), "once by severity and once by kind");
    assert_eq!(of(&elements, "chart").len(), 2);
}

#[test]
fn a_text_against_itself_and_texts_that_have_nothing_in_common_make_short_pages() {
    let other = "Rain fell on the hills for nine days and the river rose. Farmers drove their sheep to the upper fields.";
    let none = "";
    for (original, reworded, relation, told) in [
        (ORIGINAL, ORIGINAL, Relation::Same, "The same words in the same order."),
        (
            ORIGINAL,
            other,
            Relation::NotDerived,
            "Not derived: they share too little for one to come from the other.",
        ),
        (
            ORIGINAL,
            none,
            Relation::NotDerived,
            "Not derived: they share too little for one to come from the other.",
        ),
    ] {
        for full in [false, true] {
            let (elements, comparison) = page(original, reworded, full);
            expect_names(&elements);
            assert_eq!(comparison.relation, relation);
            assert_eq!(of(&elements, "relation")[0].text, told);
            let marks = elements.iter().filter(|e| e.name == "mark").count();
            let pairs = of(&elements, "pair").len();
            assert_eq!((marks, pairs > 0), (0, full));
            assert!(!elements.iter().any(|e| e.name == "aside"));
        }
    }
}

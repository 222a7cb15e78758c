//! Pages by an HTML tokenizer: what stands in them is ours, and what comes from a text is text.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::BASE64;
use html5gum::{Token, Tokenizer};
use sha2::{Digest as _, Sha256};
use unspin_lint::{Diagnosis, Document, Level, LogOdds, Report, Severity, Span, Window};
use unspin_report::{Failure, FileReport, Format, Html, Offsets, Setup};

use crate::sample::{self, finding, verdict};
use crate::{named, report, setup};

/// The elements of our pages.
const ELEMENTS: &str = "a article aside b blockquote body caption code dd del details div dl dt figcaption figure footer \
                        h1 h2 h3 head header html input ins label li main mark meta ol p path pre rect script section \
                        span style summary svg table tbody td th thead title tr ul";
/// Their attributes, in small letters: no style, no handler, no address but `href`.
const ATTRIBUTES: &str = "aria-describedby aria-hidden aria-label aria-labelledby charset checked class content d data-filter \
                          data-for data-n data-rule data-severity data-what height hidden href http-equiv id lang name open preserveaspectratio \
                          role scope tabindex type value viewbox width x y";

/// An element, with the text in it.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub(crate) fn is_of(&self, class: &str) -> bool {
        self.attribute("class").split(' ').any(|own| own == class)
    }
}

/// The elements of a page in the order in which they begin, after a look that they are nested and ask for nothing.
pub(crate) fn parsed(page: &str) -> Vec<Element> {
    const VOID: [&str; 2] = ["meta", "input"];
    let (mut elements, mut open) = (Vec::<Element>::new(), Vec::<usize>::new());
    let plain = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    for token in Tokenizer::new(page) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let name = plain(&tag.name);
                assert!(ELEMENTS.split(' ').any(|known| known == name), "<{name}>");
                let attributes = tag.attributes.iter();
                let attributes: BTreeMap<String, String> =
                    attributes.map(|(name, value)| (plain(name), plain(&value.value))).collect();
                for (attribute, value) in &attributes {
                    let known = ATTRIBUTES.split(' ').any(|known| known == attribute);
                    assert!(known, "{attribute}={value}");
                    let inside = attribute != "href" || value.starts_with('#');
                    assert!(inside, "{attribute}={value}");
                }
                if !(tag.self_closing || VOID.contains(&name.as_str())) {
                    open.push(elements.len());
                }
                elements.push(Element { name, attributes, text: String::new() });
            }
            Token::EndTag(tag) => {
                let last = open.pop().expect("something is open");
                assert_eq!(elements[last].name, plain(&tag.name));
            }
            Token::String(text) => {
                let text = plain(&text);
                for &at in &open {
                    elements[at].text.push_str(&text);
                }
            }
            Token::Doctype(_) => {}
            Token::Comment(text) => panic!("a comment: {}", plain(&text)),
            Token::Error(error) => panic!("{error:?}"),
        }
    }
    assert!(open.is_empty(), "all are closed");
    elements
}

/// Looks that ids are of one element each, and that what points somewhere points at one.
pub(crate) fn expect_names(elements: &[Element]) {
    let mut ids = BTreeSet::new();
    for id in elements.iter().filter_map(|element| element.attributes.get("id")) {
        assert!(ids.insert(id.as_str()), "{id} twice");
    }
    for element in elements {
        let href = element.attribute("href").trim_start_matches('#');
        let named = element.attribute("aria-labelledby");
        let described = element.attribute("aria-describedby");
        let named = element.attribute("data-for").split(' ').chain([href, named, described]);
        for id in named.filter(|id| !id.is_empty()) {
            assert!(ids.contains(id), "nothing is called {id}");
        }
    }
}

fn full() -> Box<dyn Format> {
    unspin_report::format("html", Setup { full: true, ..setup() }).unwrap()
}

#[test]
fn a_page_asks_for_nothing_and_obeys_its_own_style_and_script_alone() {
    for page in [sample::run(&*named("html")), sample::run(&*full())] {
        let elements = parsed(&page);
        expect_names(&elements);
        let policy =
            elements.iter().find(|e| e.attribute("http-equiv") == "Content-Security-Policy");
        let policy = policy.unwrap().attribute("content");
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        for (name, directive) in [("style", "style-src"), ("script", "script-src")] {
            let own: Vec<_> = elements.iter().filter(|e| e.name == name).collect();
            assert_eq!(own.len(), 1, "{name}");
            let hash = BASE64.encode(&Sha256::digest(&own[0].text));
            assert!(policy.contains(&format!("{directive} 'sha256-{hash}'")), "{policy}");
        }
        // Before all that it governs.
        assert!(page.find("http-equiv") < page.find("<style"));
    }
}

#[test]
fn what_a_text_a_path_or_a_message_holds_is_text() {
    let evil = "</script><img src=x onerror=alert(1)>\x1b[2J\u{202e}<!-- & \"q\" 'q'\0";
    let text = format!("It lies {evil} here.");
    let document = Document::new(text.as_bytes());
    let span = Span::new(8, 8 + evil.len() as u32);
    let mut found = finding(Severity::Error, span, evil);
    found.rule = evil.to_owned().into();
    found.notes.push(evil.into());
    found.fixes.push(unspin_lint::Fix::replace(span, evil, unspin_lint::Safety::Unsafe));
    let said = Report { findings: vec![found], verdict: verdict(Level::Reworded) };
    let said = Diagnosis::new(&document, &said);
    for format in [named("html"), full()] {
        let page = report(&*format, |writer| {
            let file = FileReport::new(evil, &text, Offsets::Entry, &said)
                .with_entry(Some(evil))
                .with_model(Some(evil))
                .with_settings(evil);
            writer.file(&file.render(&*format))?;
            writer.failure(Failure { path: evil.into(), message: evil.into() })
        });
        let elements = parsed(&page);
        expect_names(&elements);
        assert!(!page.contains("<img") && !page.contains("<!--"), "{page}");
        assert!(!page.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'));
        let shown = &*unspin_report::printable(evil);
        let of = |class: &str| elements.iter().filter(|e| e.is_of(class)).collect::<Vec<_>>();
        assert_eq!(of("finding")[0].attribute("data-rule"), shown);
        for class in ["message", "fixes", "reasons", "rule", "failure", "entry"] {
            assert!(of(class)[0].text.contains(shown), "{class}: {}", of(class)[0].text);
        }
        let marks = elements.iter().filter(|e| e.name == "mark");
        assert!(marks.clone().all(|mark| mark.text == shown) && marks.count() >= 1);
    }
}

#[test]
fn every_finding_is_there_with_its_reasons_its_fixes_and_its_sentence() {
    let elements = parsed(&sample::run(&*named("html")));
    let findings: Vec<_> = elements.iter().filter(|e| e.is_of("finding")).collect();
    assert_eq!(findings.len(), 8);
    let first = findings[0];
    for part in [
        "error",
        "\"withinside the\" is not English.",
        "It is what chained rewording makes of \"inside the\".",
        "Safe to make unseen: replace with \"inside the\"",
        "Wants a look: replace with \"within, the\"",
        "In somebody's words: replace with \"in the\"",
        "cascade-artifact",
        "confidence 0.97",
        "line 2, column 18",
    ] {
        assert!(first.text.contains(part), "{part} is not in {}", first.text);
    }
    let id = first.attribute("id");
    let mark = elements.iter().find(|e| e.name == "mark" && e.attribute("data-for") == id).unwrap();
    assert_eq!(mark.text, "withinside the");
    let sentence = elements.iter().find(|e| e.name == "blockquote").unwrap();
    assert_eq!(sentence.text, "The caf\u{e9} \u{1f600} lies \u{201c}withinside the\u{201d} walls.");
}

#[test]
fn the_sums_are_those_of_the_findings() {
    let page = sample::run(&*named("html"));
    let elements = parsed(&page);
    let findings = || elements.iter().filter(|e| e.is_of("finding"));
    let mut told = 0;
    for (at, row) in elements.iter().enumerate().filter(|(_, e)| e.name == "tr") {
        let inside = &elements[at + 1..];
        let Some(input) = inside.iter().take_while(|e| e.name != "tr").find(|e| e.name == "input")
        else {
            continue;
        };
        let value = input.attribute("value");
        let count = findings()
            .filter(|f| [f.attribute("data-rule"), f.attribute("data-severity")].contains(&value))
            .count();
        let figure = inside.iter().find(|e| e.is_of("count")).unwrap();
        assert_eq!(figure.text, count.to_string(), "{value}: {}", row.text);
        told += count;
    }
    assert_eq!(told, 2 * findings().count(), "once by severity and once by rule");
}

#[test]
fn sentences_alone_are_quoted_unless_somebody_asks_for_the_texts() {
    let text = "It rained for days. The boats lie withinside the harbour. Nobody came.";
    let document = Document::new(text.as_bytes());
    let at = text.find("withinside").unwrap() as u32;
    let odd = finding(Severity::Error, Span::new(at, at + 10), "odd");
    let said = Report { findings: vec![odd], verdict: verdict(Level::Doubtful) };
    let said = Diagnosis::new(&document, &said);
    let page = |full: bool| {
        let format = Html::new(setup().tool, setup().rules, full);
        report(&format, |writer| {
            let file = FileReport::new("a.txt", text, Offsets::File, &said);
            writer.file(&file.render(&format))
        })
    };
    assert!(!page(false).contains("rained") && page(false).contains("The boats lie "));
    let elements = parsed(&page(true));
    expect_names(&elements);
    let whole = elements.iter().find(|e| e.is_of("prose")).unwrap();
    assert_eq!(whole.text, text);
}

#[test]
fn a_page_names_what_was_checked_with_what() {
    let said = Diagnosis { verdict: Some(verdict(Level::Clean)), diagnostics: Vec::new() };
    let page = |bytes: &[u8]| {
        let format = named("html");
        report(&*format, |writer| {
            let settings = "[rules.cascade-artifact]\nseverity = \"info\"";
            let file = FileReport::new("a.txt", "abc", Offsets::File, &said)
                .with_bytes(bytes)
                .with_settings(settings);
            writer.file(&file.render(&*format))
        })
    };
    let elements = parsed(&page(b"abc"));
    let code: Vec<_> = elements.iter().filter(|e| e.name == "code").map(|e| &*e.text).collect();
    // The example of FIPS 180-2, appendix B.1.
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(code, ["sha256:00ff", hash]);
    assert!(elements.iter().any(|e| e.name == "pre" && e.text.contains("severity = \"info\"")));
    assert!(!page(b"\xef\xbb\xbfabc").contains(hash), "the bytes are those that were read");
}

#[test]
fn a_strip_shows_in_place_and_in_words_where_the_marks_and_the_stretches_are() {
    let text =
        format!("{}odd\n{}odd\n{}", "fine\n".repeat(19), "fine\n".repeat(19), "fine\n".repeat(160));
    let document = Document::new(text.as_bytes());
    let marks = text.match_indices("odd").map(|(at, _)| Span::new(at as u32, at as u32 + 3));
    let findings = marks.map(|span| finding(Severity::Warning, span, "odd")).collect();
    let window = Window { span: Span::new(0, 498), score: LogOdds::from_nats(2.0) };
    let verdict = unspin_lint::Verdict { windows: vec![window], ..verdict(Level::Reworded) };
    let said = Diagnosis::new(&document, &Report { findings, verdict });
    let format = named("html");
    let page = report(&*format, |writer| {
        let file = FileReport::new("a.txt", &text, Offsets::File, &said);
        writer.file(&file.render(&*format))
    });
    let elements = parsed(&page);
    let strip = elements.iter().find(|e| e.is_of("strip")).unwrap();
    assert_eq!(strip.attribute("aria-label"), "2 findings between line 20 and line 40 of 200");
    let of = |class: &str| {
        let rects = elements.iter().filter(|e| e.name == "rect" && e.is_of(class));
        rects.map(|e| (e.attribute("x"), e.attribute("width"))).collect::<Vec<_>>()
    };
    assert_eq!(of("stretch"), [("0", "498")]);
    assert_eq!(of("warning"), [("95", "3"), ("194", "3")]);
    let told = elements.iter().find(|e| e.is_of("stretches")).unwrap();
    assert_eq!(told.text, "Shaded, as marked by itself: lines 1 to 100 (score 0.88).");
}

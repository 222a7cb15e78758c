//! What holds for every text, path, span and message: the output is valid, and parses back to the same strings.

use proptest::prelude::*;
use unspin_lint::{Diagnosis, Document, Edit, Fix, Level, Report, Safety, Severity, Span};
use unspin_report::{Failure, FileReport, Offsets, printable};

use crate::sample::{finding, verdict};
use crate::{github_commands, markdown, named, report, schemas, xml};

/// Characters that are hard on one format or another, among ordinary ones.
fn hard_text() -> impl Strategy<Value = String> {
    let hard = vec![
        '\n',
        '\r',
        '\t',
        '\x1b',
        '\0',
        '\u{202e}',
        '\u{fffe}',
        '\u{ffff}',
        '\u{feff}',
        '<',
        '>',
        '&',
        '"',
        '\'',
        ']',
        '[',
        '(',
        ')',
        '`',
        '|',
        '*',
        '_',
        '@',
        '#',
        ':',
        ',',
        '%',
        '\\',
        '/',
        '.',
        '\u{e9}',
        '\u{1f600}',
        '~',
        '-',
        '=',
        '{',
        '}',
    ];
    let c = prop_oneof![
        3 => proptest::char::range('a', 'e'),
        2 => Just(' '),
        4 => proptest::sample::select(hard),
        1 => any::<char>(),
    ];
    proptest::collection::vec(c, 1..80).prop_map(String::from_iter)
}

/// What XML can hold of `text`.
fn in_xml(text: &str) -> String {
    printable(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

proptest! {
    #[test]
    fn any_text_path_and_message_parse_back(
        text in hard_text(), path in hard_text(), message in hard_text(), entry in any::<bool>(),
        a in any::<proptest::sample::Index>(), b in any::<proptest::sample::Index>(),
    ) {
        let bounds: Vec<u32> =
            (0..=text.len()).filter(|i| text.is_char_boundary(*i)).map(|i| i as u32).collect();
        let (a, b) = (*a.get(&bounds), *b.get(&bounds));
        let span = Span::new(a.min(b), a.max(b));
        // A path as a repository has it; how others are changed is a matter of `place.rs`.
        let path = format!("p{path}");
        let mut found = finding(Severity::Warning, span, &message);
        found.fixes.push(Fix::new(message.clone(), Safety::Unsafe, vec![Edit { span, text: message.clone() }]));
        let document = Document::new(text.as_bytes());
        let faults = document.faults().len();
        let diagnosis = Diagnosis::new(&document, &Report { findings: vec![found], verdict: verdict(Level::Doubtful) });
        let out = |name: &str| {
            let format = named(name);
            report(&*format, |writer| {
                let file = FileReport::new(&path, &text, Offsets::File, &diagnosis)
                    .with_entry(entry.then_some(message.as_str()));
                writer.file(&file.render(&*format))?;
                writer.failure(Failure { path: path.clone(), message: message.clone() })
            })
        };

        let run = schemas::sarif(&out("sarif"));
        let result = &run["results"][faults];
        prop_assert_eq!(&result["properties"]["text"], &text[span.range()]);
        prop_assert_eq!(&result["properties"]["suggestions"][0], &message);
        let place = &result["locations"][0]["physicalLocation"];
        prop_assert_eq!(decoded(place["artifactLocation"]["uri"].as_str().unwrap()), path.clone());
        if !entry {
            let count = text[..span.start as usize].chars().count();
            prop_assert_eq!(&place["region"]["charOffset"], count);
            prop_assert_eq!(&place["region"]["snippet"]["text"], &text[span.range()]);
        }

        let rdjson = schemas::rdjson(&out("rdjson"));
        let member = &rdjson["diagnostics"][faults];
        prop_assert_eq!(&member["location"]["path"], &path);
        prop_assert!(member["message"].as_str().unwrap().contains(&message));
        if !entry {
            prop_assert_eq!(&member["suggestions"][0]["text"], &message);
        }

        let issues = schemas::gitlab(&out("gitlab"));
        prop_assert_eq!(issues.len(), faults + 2);
        prop_assert!(issues[faults]["description"].as_str().unwrap().contains(&message));

        for (name, element) in [("junit", "failure"), ("checkstyle", "error")] {
            let out = out(name);
            let document = xml::parsed(name, &out);
            let elements = document.get_elements_by_tag_name(element);
            // JUnit has an element a rule, and faults of the bytes are one rule's.
            let at = if name == "junit" { faults.min(1) } else { faults };
            let told = xml::attribute(&document, elements[at], "message");
            prop_assert!(told.contains(&in_xml(&message)), "{}: {}", name, out);
        }

        let out_of = out("github");
        let commands: Vec<_> = out_of.lines().map(github_commands::parse).collect();
        prop_assert_eq!(commands.len(), faults + 2);
        prop_assert_eq!(&commands[faults].properties["file"], &*printable(&path));
        prop_assert!(commands[faults].data.contains(&*printable(&message)));

        let spans = markdown::code_spans(&out("markdown"));
        prop_assert!(spans.iter().any(|span| *span == *printable(&message)) || message.trim().is_empty() || message.chars().count() > 60);
    }
}

fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            let digits = std::str::from_utf8(&digits).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

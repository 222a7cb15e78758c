//! What holds for every text, span and message.

use proptest::prelude::*;

use super::*;

fn is_safe(c: char) -> bool {
    let bidi = ['\u{61c}', '\u{200e}', '\u{200f}'].contains(&c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c);
    c == '\n' || !(c.is_control() || bidi || c == '\u{200d}')
}

/// Characters that are hard on a report, among ordinary ones.
fn hard_text() -> impl Strategy<Value = String> {
    let c = prop_oneof![
        4 => proptest::char::range('a', 'e'),
        2 => Just(' '),
        2 => proptest::sample::select(vec!['\n', '\r', '\t', '\x1b', '\0', '\u{9b}', '\u{202e}']),
        1 => proptest::sample::select(vec!['\u{301}', '\u{65e5}', '\u{1f600}', '\u{200d}', '"', '\\']),
        1 => any::<char>(),
    ];
    proptest::collection::vec(c, 0..300).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn any_text_and_span_give_safe_output_and_valid_json(
        text in hard_text(), other in hard_text(),
        a in any::<proptest::sample::Index>(), b in any::<proptest::sample::Index>(),
    ) {
        let bounds: Vec<u32> =
            (0..=text.len()).filter(|i| text.is_char_boundary(*i)).map(|i| i as u32).collect();
        let (a, b) = (*a.get(&bounds), *b.get(&bounds));
        let span = Span::new(a.min(b), a.max(b));
        let mut found = finding(Severity::Warning, span, &other);
        found.rule = Cow::Owned(other.clone());
        found.notes.push(other.clone());
        found.fixes.push(Fix::new(other.clone(), Safety::Unsafe, vec![Edit { span, text: other.clone() }]));
        let report = Report { findings: vec![found], verdict: verdict(Level::Doubtful) };

        // A text full of NULs is valid UTF-8 and yet told to look like no text, before anything else.
        let faults = Document::new(text.as_bytes()).faults().len();

        let plain = output(&Text::new(false, false), &other, text.as_bytes(), &report);
        prop_assert!(plain.chars().all(is_safe), "{plain:?}");
        prop_assert!(plain.lines().count() < 30 + 8 * faults, "{plain}");
        let colored = output(&Text::new(true, false), &other, text.as_bytes(), &report);
        prop_assert_eq!(without_sgr(&colored), plain);
        let concise = output(&Concise, &other, text.as_bytes(), &report);
        prop_assert!(concise.chars().all(is_safe) && concise.lines().count() == 1 + faults, "{concise:?}");

        let out = output(&json(), &other, text.as_bytes(), &report);
        prop_assert!(out.chars().all(is_safe), "{out:?}");
        let parsed: Value = serde_json::from_str(&out).unwrap();
        let member = &parsed["files"][0]["findings"][faults];
        prop_assert_eq!(&member["text"], &text[span.range()]);
        prop_assert_eq!(&member["message"], other.as_str());
        prop_assert_eq!(&member["start"]["utf16"], text[..a.min(b) as usize].encode_utf16().count());
    }

    #[test]
    fn any_bytes_give_a_report(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let report = Report { findings: vec![], verdict: verdict(Level::Clean) };
        let plain = output(&Text::new(false, false), "a", &bytes, &report);
        prop_assert!(plain.chars().all(is_safe), "{plain:?}");
        let parsed: Value = serde_json::from_str(&output(&json(), "a", &bytes, &report)).unwrap();
        prop_assert_eq!(&parsed["summary"]["files"], 1);
    }
}

//! Outputs that do not say what they must: whatever a guest says becomes good findings or one failure.

use proptest::prelude::*;
use unspin_lint::{Context, Document};

use crate::guest::{TEXT, Wat, description, failure, put, run};

/// The bytes of a finding with one fix of these edits; `safety` is the number of its safety.
fn finding(span: (u32, u32), message: &[u8], safety: u8, edits: &[(u32, u32, &str)]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(span.0.to_le_bytes());
    out.extend(span.1.to_le_bytes());
    out.extend(3_000_i32.to_le_bytes());
    put(&mut out, message);
    out.extend(0_u32.to_le_bytes());
    out.extend(1_u32.to_le_bytes());
    put(&mut out, b"a title");
    out.push(safety);
    out.extend((edits.len() as u32).to_le_bytes());
    for (start, end, text) in edits {
        out.extend(start.to_le_bytes());
        out.extend(end.to_le_bytes());
        put(&mut out, text.as_bytes());
    }
    out
}

fn output(findings: &[Vec<u8>]) -> Vec<u8> {
    let mut out = (findings.len() as u32).to_le_bytes().to_vec();
    out.extend(findings.concat());
    out
}

/// What is said of an output, after "its output is malformed: ".
fn wrong(output: Vec<u8>) -> String {
    let said = Wat { output, ..Wat::default() }.failure();
    let what = said.strip_prefix("its output is malformed: ");
    what.unwrap_or_else(|| panic!("{said}")).to_owned()
}

#[test]
fn a_good_output_is_believed() {
    let good = finding((4, 9), b"odd", 1, &[(4, 4, "small "), (4, 9, "inn")]);
    let found = Wat { output: output(&[good]), ..Wat::default() }.findings();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule.as_ref(), found[0].family.as_ref()), ("odd", "bad"));
    assert_eq!((found[0].evidence.milli(), found[0].fixes[0].edits().len()), (3_000, 2));
}

#[test]
fn spans_lie_in_the_text_on_characters() {
    let at = |start, end| wrong(output(&[finding((start, end), b"odd", 1, &[(0, 3, "A")])]));
    assert_eq!(at(0, 1_000), "a finding at 0..1000 in a text of 48 bytes");
    assert_eq!(at(5, 4), "a finding at 5..4 in a text of 48 bytes");
    assert_eq!(at(u32::MAX, u32::MAX), "a finding at 4294967295..4294967295 in a text of 48 bytes");
    assert_eq!(at(4, 8), "a finding at 4..8, which cuts a character");
    let edit = |start, end| wrong(output(&[finding((4, 9), b"odd", 1, &[(start, end, "A")])]));
    assert_eq!(edit(40, 49), "an edit at 40..49 in a text of 48 bytes");
    assert_eq!(edit(8, 9), "an edit at 8..9, which cuts a character");
}

#[test]
fn edits_are_sorted_and_apart() {
    let edits = |edits: &[_]| wrong(output(&[finding((0, 3), b"odd", 1, edits)]));
    assert_eq!(
        edits(&[(0, 3, "A"), (2, 4, "b")]),
        "the edit at 2..4 is not after the one before it"
    );
    assert_eq!(
        edits(&[(10, 12, "A"), (0, 3, "b")]),
        "the edit at 0..3 is not after the one before it"
    );
    assert_eq!(edits(&[]), "a fix without an edit");
    assert_eq!(edits(&[(0, 3, "\u{1b}[2J")]), "an edit puts in the control character \\u{1b}");
}

#[test]
fn one_bad_finding_takes_the_good_ones_with_it() {
    let good = finding((0, 3), b"odd", 1, &[(0, 3, "A")]);
    let bad = finding((0, 3), b"odd", 3, &[(0, 3, "A")]);
    assert_eq!(wrong(output(&[good, bad])), "3 is no safety");
}

#[test]
fn texts_are_utf_8_and_counts_are_true() {
    let odd = |message: &[u8]| output(&[finding((0, 3), message, 1, &[(0, 3, "A")])]);
    assert_eq!(wrong(odd(b"\xff\xfe")), "a message is not UTF-8");
    assert_eq!(wrong(odd(b" ")), "a message is empty");
    assert_eq!(wrong(odd(&[b'a'; 3_000])), "a message has 3000 bytes, and 2000 are the limit");
    let mut long = odd(b"odd");
    long[16..20].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(wrong(long), "it ends within a message");
    let mut more = odd(b"odd");
    more[0] = 2;
    assert_eq!(wrong(more), "it ends within a finding");
    let mut fewer = odd(b"odd");
    fewer[0] = 0;
    assert_eq!(wrong(fewer), "56 bytes follow its end");
    let mut sure = odd(b"odd");
    sure[12..16].copy_from_slice(&i32::MIN.to_le_bytes());
    assert_eq!(
        wrong(sure),
        "evidence of -2147483648 thousandths of a nat, and 20000 are the limit"
    );
}

#[test]
fn a_million_findings_are_refused() {
    let mut count = 1_000_000_u32.to_le_bytes().to_vec();
    assert_eq!(wrong(count.clone()), "1000000 findings, and 10000 are the limit");
    // Really a million, by a guest that writes them: four megabytes hold no more than 200,000 of the smallest.
    count.resize(4, 0);
    let writes = "(local i32) (local.set 2 (i32.const 262144)) \
        (loop (i32.store (local.get 2) (i32.const 1)) (local.set 2 (i32.add (local.get 2) (i32.const 21))) \
        (br_if 0 (i32.lt_u (local.get 2) (i32.const 1300000)))) (i64.const 0x0000100001406f40)";
    let wat = Wat { check: writes.into(), ..Wat::default() };
    assert_eq!(
        wat.failure(),
        "its output has 20999999 bytes, and 4194304 are the limit".replace("20999999", "21000000")
    );
}

#[test]
fn what_a_terminal_would_obey_is_written_out() {
    let loud = finding((0, 3), b"a\x1b[31m\nred \xe2\x80\xaeflag", 1, &[(0, 3, "A")]);
    let found = Wat { output: output(&[loud]), ..Wat::default() }.findings();
    assert_eq!(found[0].message, "a\\u{1b}[31m\\nred \\u{202e}flag");
}

/// The rules of a guest that says `output` to everything but `describe`.
fn native(output: Vec<u8>) -> Vec<std::sync::Arc<dyn unspin_lint::Rule>> {
    let answer = move |export: &str, _: &[u8]| {
        Some(if export == "unspin_v1_describe" { description() } else { output.clone() })
    };
    unspin_plugins::load_native("bad", answer).unwrap()
}

fn never_panics(output: &[u8]) {
    let document = Document::new(TEXT.as_bytes());
    let (cx, rules) = (Context::new(&document), native(output.to_vec()));
    let mut found = Vec::new();
    rules[0].check(&cx, &mut found);
    for finding in &found {
        assert!(document.text().get(finding.span.range()).is_some());
    }
    let said = found.iter().filter(|f| f.rule == "internal-error").count();
    assert!(said == 0 || found.len() == 1, "{found:?}");
    rules[0].explain(&cx, unspin_lint::Span::new(0, 3), &mut Vec::new());
}

proptest! {
    #[test]
    fn any_bytes_are_findings_or_one_failure(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        never_panics(&bytes);
    }

    #[test]
    fn any_change_of_a_good_output_is_findings_or_one_failure(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let one = finding((4, 9), b"odd", 1, &[(0, 3, "A"), (4, 9, "inn")]);
        let mut bytes = output(&[one.clone(), one]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        never_panics(&bytes);
    }
}

#[test]
fn a_native_guest_without_an_answer_is_told() {
    let answer = |export: &str, _: &[u8]| (export == "unspin_v1_describe").then(description);
    let found = run(unspin_plugins::load_native("bad", answer).unwrap());
    assert_eq!(found[0].rule, "internal-error");
    assert!(found[0].message.ends_with("it stopped with a trap (no answer to `unspin_v1_check`)"));
    let none = unspin_plugins::load_native("bad", |_, _| None).err().unwrap().to_string();
    assert!(none.starts_with("the plugin `bad` failed while it described itself: "), "{none}");
    // A failure has the same shape whichever guest it is of.
    assert!(std::panic::catch_unwind(|| failure(&found)).is_err(), "its path is another");
}

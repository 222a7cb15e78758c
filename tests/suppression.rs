//! Suppression comments through the built binary.

use crate::unspin::{Run, root, run};

fn check(text: &str, args: &[&str]) -> Run {
    run(
        root(),
        &[&["check", "--no-config", "--format", "concise", "--fail-on", "info"], args, &["-"]]
            .concat(),
        text.as_bytes(),
    )
}

/// Places (`line:column rule`) of what is found.
#[track_caller]
fn expect(text: &str, wanted: &[&str]) {
    let got = check(text, &[]);
    let place = |line: &str| {
        let (place, rest) = line.strip_prefix("<stdin>:").unwrap().split_once(": ").unwrap();
        let rule = rest.split(['[', ']']).nth(1).unwrap();
        format!("{place} {rule}")
    };
    assert_eq!(got.stdout.lines().map(place).collect::<Vec<_>>(), wanted, "{text}\n{}", got.stdout);
}

const BAD: &str = "The boats wait withinside the harbour.";

#[test]
fn each_form_hides_what_it_reaches_in_plain_text_and_in_markup() {
    for (open, close) in [("[", "]"), ("<!-- ", " -->")] {
        let ask = |what: &str| format!("{open}unspin-{what}{close}");
        let line = ask("disable-line cascade-artifact: the mate's own words");
        expect(&format!("{BAD} {line}\n{BAD}\n"), &["2:16 cascade-artifact"]);
        let next = ask("disable-next-line cascade-artifact");
        expect(&format!("{next}\n\n{BAD}\n\n{BAD}\n"), &["5:16 cascade-artifact"]);
        let (disable, enable) = (ask("disable phrases"), ask("enable phrases"));
        expect(
            &format!("{BAD}\n{disable}\n{BAD}\n{enable}\n{BAD}\n"),
            &["1:16 cascade-artifact", "5:16 cascade-artifact"],
        );
        expect(&format!("{BAD}\n\n{BAD}\n\n{}\n", ask("disable-file")), &[]);
    }
}

#[test]
fn a_comment_names_rules_and_hides_no_others() {
    let text = format!("{BAD} [unspin-disable-line garbled-name]\n");
    expect(&text, &["1:16 cascade-artifact", "1:61 unused-suppression"]);
    expect(
        &format!("{BAD} [unspin-disable-line garbled-name, cascade-artifact]\n"),
        &["1:61 unused-suppression"],
    );
}

#[test]
fn unknown_rules_and_requests_are_explained() {
    let got = check(&format!("{BAD} [unspin-disable-line cascade-artefact]\n"), &[]);
    let line = got.stdout.lines().nth(1).unwrap();
    assert!(line.contains("there is no rule `cascade-artefact`, so it hides nothing"), "{line}");
    let text = run(
        root(),
        &["check", "--no-config", "--color", "never", "-"],
        b"All is well. [unspin-disable-lin x]\n",
    )
    .stdout;
    assert!(text.contains("did you mean `unspin-disable-line`?"), "{text}");
    expect("All is well.\n[unspin-enable garbled-name]\n", &["2:16 unused-suppression"]);
}

#[test]
fn a_comment_for_a_rule_that_is_hidden_today_is_not_unused() {
    let text = format!("{BAD} [unspin-disable-line cascade-artifact]\n");
    for args in [
        ["--ignore", "cascade-artifact"],
        ["--severity", "cascade-artifact=off"],
        ["--select", "house"],
    ] {
        assert_eq!(check(&text, &args).stdout, "", "{args:?}");
    }
    let unused = format!("{BAD} [unspin-disable-line garbled-name]\n");
    assert_eq!(check(&unused, &["--severity", "unused-suppression=off"]).stdout.lines().count(), 1);
}

#[test]
fn comments_hide_findings_and_leave_the_verdict_as_it_is() {
    let spun = std::fs::read_to_string(root().join("tests/corpus/ferry_spun.txt")).unwrap();
    let value = |text: &str| -> serde_json::Value {
        let got = run(root(), &["check", "--no-config", "--format", "json", "-"], text.as_bytes());
        serde_json::from_str(&got.stdout).unwrap()
    };
    let (plain, hidden) = (value(&spun), value(&format!("[unspin-disable-file]\n\n{spun}")));
    let found = |value: &serde_json::Value| value["files"][0]["findings"].as_array().unwrap().len();
    assert!(found(&plain) > 10);
    assert_eq!(found(&hidden), 0);
    let verdict = |value: &serde_json::Value| {
        let verdict = &value["files"][0]["verdict"];
        assert_eq!(verdict["level"], "reworded");
        ["score", "rarity", "marks", "words"].map(|key| verdict[key].clone())
    };
    assert_eq!(verdict(&hidden), verdict(&plain));
}

#[test]
fn a_comment_that_is_shown_as_code_asks_for_nothing() {
    expect(&format!("Write `[unspin-disable-file]` so. {BAD}\n"), &["1:50 cascade-artifact"]);
    let fenced = format!("~~~text\n<!-- unspin-disable-file -->\n~~~\n\n{BAD}\n");
    expect(&fenced, &["5:16 cascade-artifact"]);
}

#[test]
fn many_comments_on_one_line_are_read_in_time() {
    let text = format!(
        "{}{BAD}\n",
        "[unspin-disable-line a] [unspin-disable-next-line b] ".repeat(20_000)
    );
    let got = check(&text, &["--select", "phrases"]);
    assert_eq!(got.stdout.lines().count(), 1);
}

#[test]
fn comments_work_where_the_format_keeps_them_out_of_the_text() {
    let page = format!(
        "<p>{BAD}</p>\n<!-- unspin-disable-next-line cascade-artifact -->\n<p>{BAD}</p>\n\
         <!-- unspin-disable-next-line garbled-name -->\n<p>{BAD}</p>\n"
    );
    let notes = format!("{BAD} [unspin-disable-line cascade-artifact]\n\n*Later.* {BAD}\n");
    for (name, text, wanted) in [
        ("a.html", page, &["cascade-artifact", "unused-suppression", "cascade-artifact"][..]),
        ("a.md", notes, &["cascade-artifact"]),
    ] {
        let args = ["--stdin-filename", name];
        let got = check(&text, &args).stdout;
        let rule = |line: &str| line.split(['[', ']']).nth(1).unwrap().to_owned();
        assert_eq!(got.lines().map(rule).collect::<Vec<_>>(), wanted, "{got}");
    }
}

//! Settings through the built binary: files that extend others, overrides, vocabulary, options, `config show`.

use crate::unspin::{Run, folder_with, root, run};

const SPUN: &str = "The boats wait withinside the harbour until noon.\n";

/// `unspin ARGS` in a folder of these files.
fn ran(files: &[(&str, &str)], args: &[&str]) -> Run {
    run(folder_with(files).path(), args, b"")
}

fn check(files: &[(&str, &str)]) -> Run {
    ran(files, &["check", "--format", "concise", "--color", "never", "."])
}

#[test]
fn a_settings_file_extends_others_relative_to_itself() {
    let got = check(&[
        ("paper/lint.toml", "extends = [\"../desk/base.toml\", \"../desk/strict.toml\"]\n"),
        ("desk/base.toml", "[rules.cascade-artifact]\nseverity = \"info\"\nmin-confidence = 0.1\n"),
        ("desk/strict.toml", "[rules.cascade-artifact]\nseverity = \"warning\"\n"),
        ("paper/city/a.txt", SPUN),
    ]);
    assert!(got.stdout.starts_with("paper/city/a.txt:1:16: warning[cascade-artifact]"), "{got:?}");
}

#[test]
fn circles_and_missing_files_are_findings_where_they_are_written() {
    let got = check(&[
        ("lint.toml", "# ours\nextends = [\"b.toml\", \"gone.toml\"]\n"),
        ("b.toml", "extends = \"./lint.toml\"\n"),
        ("a.txt", SPUN),
    ]);
    let lines: Vec<&str> = got.stdout.lines().collect();
    assert!(
        lines[0]
            .starts_with("lint.toml:2:22: error[settings] cannot read gone.toml: there is no such"),
        "{got:?}"
    );
    let circle =
        "b.toml:1:11: error[settings] `./lint.toml` leads back to a file that extends this one";
    assert!(lines[1].starts_with(circle), "{got:?}");
    assert!(lines[2].starts_with("a.txt:1:16: error[cascade-artifact]"), "{got:?}");
    assert_eq!((lines.len(), got.code), (3, 1));
}

#[cfg(unix)]
#[test]
fn a_circle_through_links_is_seen() {
    let folder =
        folder_with(&[("lint.toml", "extends = \"other.toml\"\n"), ("a.txt", "All is well.\n")]);
    std::os::unix::fs::symlink("lint.toml", folder.path().join("other.toml")).unwrap();
    let got = run(folder.path(), &["check", "--format", "concise", "."], b"");
    assert!(got.stdout.contains("leads back to a file that extends this one"), "{got:?}");
    assert_eq!(got.stdout.lines().count(), 1, "{got:?}");
}

#[test]
fn what_is_wrong_in_a_file_that_two_extend_is_told_once() {
    let got = check(&[
        (".git/HEAD", ""),
        ("desk.toml", "rulse = 1\n"),
        ("a/lint.toml", "extends = \"../desk.toml\"\n"),
        ("a/x.txt", SPUN),
        ("b/lint.toml", "extends = \"../desk.toml\"\n"),
        ("b/x.txt", SPUN),
    ]);
    assert_eq!(
        got.stdout.matches("desk.toml:1:1: error[settings] unknown key `rulse`").count(),
        1,
        "{got:?}"
    );
}

#[test]
fn an_override_holds_for_its_files_and_the_command_line_over_it() {
    let files = [
        (
            "lint.toml",
            "[rules.cascade-artifact]\nseverity = \"error\"\n\n[[override]]\nfiles = [\"opinion/**\", \"*.md\"]\n\
             [override.rules.cascade-artifact]\nseverity = \"info\"\n",
        ),
        ("a.txt", SPUN),
        ("b.md", SPUN),
        ("opinion/deep/c.txt", SPUN),
        ("x/opinion/d.txt", SPUN),
    ];
    let severities = |run: &Run| -> Vec<String> {
        let severity =
            |line: &str| line.split(": ").nth(1).unwrap().split('[').next().unwrap().to_owned();
        run.stdout.lines().map(severity).collect()
    };
    assert_eq!(severities(&check(&files)), ["error", "info", "info", "error"]);
    let args = ["check", "--format", "concise", "--severity", "cascade-artifact=warning", "."];
    assert_eq!(severities(&ran(&files, &args)), ["warning"; 4]);
}

#[test]
fn accepted_words_are_no_findings_and_no_marks_in_any_form() {
    let spun = std::fs::read_to_string(root().join("tests/corpus/ferry_spun.txt")).unwrap();
    let args = ["check", "--format", "json", "a.txt"];
    let value = |settings: &str| -> serde_json::Value {
        let got = ran(&[("lint.toml", settings), ("a.txt", &spun)], &args);
        serde_json::from_str(&got.stdout).unwrap_or_else(|e| panic!("{e}: {got:?}"))
    };
    let of = |value: &serde_json::Value, word: &str| {
        let findings = value["files"][0]["findings"].as_array().unwrap();
        findings.iter().filter(|f| f["text"].as_str().unwrap().contains(word)).count()
    };
    let plain = value("");
    assert!(of(&plain, "misplaced") > 0 && of(&plain, "with the aid of using") > 0);
    // What is accepted covers a finding whole or not at all: a longer one needs a term of its own.
    let accepted = value(
        "[vocabulary]\naccept = [\"misplace\", \"with the aid of using\", \"led with the aid of using\"]\n",
    );
    assert_eq!((of(&accepted, "misplaced"), of(&accepted, "with the aid of using")), (0, 0));
    let marks = |value: &serde_json::Value| value["files"][0]["verdict"]["marks"].as_u64().unwrap();
    assert!(marks(&accepted) < marks(&plain));
}

#[test]
fn rejected_terms_are_found_in_any_form_and_the_nearest_file_may_take_one_back() {
    let files = [
        (
            "lint.toml",
            "[vocabulary]\nreject = [{ term = \"utilise\", suggest = \"use\" }, \"whilst\"]\n",
        ),
        ("a.txt", "They utilised the mill whilst it stood.\n"),
        ("b/lint.toml", "extends = \"../lint.toml\"\n[vocabulary]\naccept = [\"whilst\"]\n"),
        ("b/c.txt", "They utilised the mill whilst it stood.\n"),
    ];
    let got = check(&files);
    let wanted = "a.txt:1:6: warning[rejected-term] \"utilised\" is rejected by the vocabulary, which has \"used\" (fix: \"used\")\n\
                  a.txt:1:24: warning[rejected-term] \"whilst\" is rejected by the vocabulary\n\
                  b/c.txt:1:6: warning[rejected-term] \"utilised\" is rejected by the vocabulary, which has \"used\" (fix: \"used\")\n";
    assert_eq!(got.stdout, wanted);
    assert_eq!(got.code, 1);
}

#[test]
fn options_of_several_files_are_laid_together() {
    let text = "The Okoro ministry spoke on Monday. On Friday reeve okora spoke again, and Okoro resigned.\n";
    let base = ("base.toml", "[rules.garbled-name]\ntitles = [\"reeve\"]\nmin-confidence = 0.0\n");
    let own =
        |uses: u32| format!("extends = \"base.toml\"\n[rules.garbled-name]\nmin-uses = {uses}\n");
    let found = |uses| {
        check(&[base, ("lint.toml", &own(uses)), ("a.txt", text)]).stdout.contains("garbled-name")
    };
    assert!(found(2));
    assert!(!found(3));
}

#[test]
fn suggestions_can_be_left_out() {
    let spun = std::fs::read_to_string(root().join("tests/corpus/ferry_spun.txt")).unwrap();
    let off = "[rules.garbled-word]\nsuggest = false\n";
    let got = check(&[("lint.toml", off), ("a.txt", &spun)]);
    let mut words = got.stdout.lines().filter(|line| line.contains("[garbled-word]")).peekable();
    assert!(words.peek().is_some());
    assert!(words.all(|line| line.ends_with("reads as a substitution")), "{}", got.stdout);
}

const SHOWN: [(&str, &str); 3] = [
    (
        "lint.toml",
        "extends = \"desk.toml\"\n\n[rules.garbled-name]\nseverity = \"info\"\n\n[[override]]\nfiles = \"*.md\"\n\
         rules.garbled-name.min-uses = 3\n",
    ),
    (
        "desk.toml",
        "[vocabulary]\naccept = [\n  \"ring-fence\",\n  { term = \"premise\", inflect = false },\n]\n",
    ),
    ("a.md", "All is well.\n"),
];

#[test]
fn config_show_tells_each_value_and_its_origin() {
    let args = ["config", "show", "--origin", "--severity", "rejected-term=error", "a.md"];
    let got = ran(&SHOWN, &args);
    assert_eq!((got.code, got.stderr.as_str()), (0, ""));
    let line = |start: &str| {
        let words = |l: &str| l.split_whitespace().collect::<Vec<_>>().join(" ");
        got.stdout.lines().map(words).find(|l| l.starts_with(start)).unwrap_or_default()
    };
    assert!(
        got.stdout.starts_with("# governed by lint.toml\n# which extends desk.toml\n"),
        "{}",
        got.stdout
    );
    assert_eq!(line("severity = \"info\" # lint"), "severity = \"info\" # lint.toml:4");
    assert_eq!(line("min-uses"), "min-uses = 3 # lint.toml:8, override");
    assert_eq!(line("well-known"), "well-known = true # default");
    assert_eq!(line("\"ring-fence\""), "\"ring-fence\", # desk.toml:3");
    assert_eq!(line("severity = \"error\" # command"), "severity = \"error\" # command line");
}

#[test]
fn what_config_show_prints_are_settings_that_come_to_the_same() {
    let folder = folder_with(&SHOWN);
    let show = |file: &str| run(folder.path(), &["config", "show", file], b"");
    let first = show("a.md");
    assert!(first.stdout.contains("min-uses = 3"), "{first:?}");
    assert!(!show("a.txt").stdout.contains("min-uses = 3"));
    assert!(!run(folder.path(), &["config", "show"], b"").stdout.contains("min-uses = 3"));
    std::fs::write(folder.path().join("lint.toml"), &first.stdout).unwrap();
    assert_eq!(show("a.md"), first);
    assert_eq!(show("a.txt"), first);
}

#[test]
fn values_of_several_lines_and_paths_of_other_folders_stay_right() {
    let settings = "extends = \"../desk/base.toml\"\n[rules.garbled-name]\ntitles = [\n  \"a#b\", # x\n  \"c\\\"\",\n]\n";
    let folder = folder_with(&[
        ("paper/lint.toml", settings),
        (
            "desk/base.toml",
            "model = \"gone.model\"\n[vocabulary]\naccept = [\"caf\u{e9}\", \"\\\\o\"]\n",
        ),
    ]);
    let paper = folder.path().join("paper");
    let show = || run(&paper, &["config", "show", "--origin", "a.txt"], b"").stdout;
    let first = show();
    let model = first.lines().find(|line| line.starts_with("model = ")).unwrap();
    assert!(model.contains("desk/gone.model\"") && model.ends_with("base.toml:1"), "{first}");
    std::fs::write(paper.join("lint.toml"), &first).unwrap();
    let second = show();
    let values =
        |text: &str| -> toml::Table { text.parse().unwrap_or_else(|e| panic!("{e}: {text}")) };
    assert_eq!(values(&second), values(&first));
    assert_eq!(values(&first)["rules"]["garbled-name"]["titles"].as_array().unwrap().len(), 2);
}

#[test]
fn config_show_tells_what_is_wrong_and_prints_the_rest() {
    let got = ran(&[("lint.toml", "modle = \"x\"\n")], &["config", "show", "a.txt"]);
    assert!(
        got.stderr.starts_with("lint.toml:1:1: error[settings] unknown key `modle`"),
        "{got:?}"
    );
    assert!(got.stdout.contains("[rules.garbled-name]"));
    assert_eq!(got.code, 2);
    let bare =
        ran(&[("lint.toml", "modle = \"x\"\n")], &["config", "show", "--no-config", "a.txt"]);
    assert_eq!((bare.stderr.as_str(), bare.code), ("", 0));
}

#[test]
fn the_settings_that_init_writes_change_nothing_and_name_every_key() {
    let folder = folder_with(&[("a.txt", "All is well.\n")]);
    let show = || run(folder.path(), &["config", "show", "a.txt"], b"").stdout;
    let before = show();
    assert_eq!(run(folder.path(), &["init"], b"").code, 0);
    assert_eq!(show(), before);
    let path = folder.path().join("lint.toml");
    let template = std::fs::read_to_string(&path).unwrap();
    // Set free, every line of it is right: what stands there is what may be written.
    let mut free = String::new();
    for line in template.lines().filter_map(|line| line.strip_prefix('#')) {
        let line = line.strip_prefix(' ').unwrap_or(line);
        let opens_a_file =
            ["extends", "model", "packs", "echo", "ferry"].iter().any(|key| line.starts_with(key));
        if (line.contains(" = ") || line.starts_with('[')) && !opens_a_file {
            free.push_str(line);
            free.push('\n');
        }
    }
    std::fs::write(&path, free).unwrap();
    let got = run(folder.path(), &["check", "."], b"");
    assert_eq!(
        (got.stdout.as_str(), got.code),
        ("no findings in 1 file (3 words)\n", 0),
        "{got:?}"
    );
    for key in [
        "extends",
        "model",
        "packs",
        "[plugins]",
        "[[override]]",
        "files",
        "[vocabulary]",
        "accept",
        "reject",
        "min-uses",
    ] {
        assert!(template.contains(key), "the template does not show {key}");
    }
}

#[test]
fn a_page_shows_the_settings_that_are_not_as_usual_wherever_they_come_from() {
    let files = [
        ("lint.toml", "[gate]\nfindings = 9\n[rules.garbled-word]\nmin-confidence = 0.95\n"),
        ("a.txt", SPUN),
        ("b/lint.toml", ""),
        ("b/b.txt", SPUN),
    ];
    let set = ["--severity", "doubled-word=error", "--ignore", "names"];
    let args = [&["check", "--format", "html", "a.txt", "b/b.txt"], &set[..]].concat();
    let page = ran(&files, &args).stdout;
    let pages: Vec<&str> =
        page.split("<pre>").skip(1).map(|p| p.split("</pre>").next().unwrap()).collect();
    let own = "[gate]\nfindings = 9\n\n";
    let everywhere = "[rules.doubled-word]\nseverity = &quot;error&quot;";
    assert_eq!(pages.len(), 2, "{page}");
    assert!(pages[0].starts_with(own) && pages[0].contains(everywhere), "{}", pages[0]);
    assert!(pages[0].contains("\n[rules.garbled-word]\nmin-confidence = 0.95\n"), "{}", pages[0]);
    assert!(!pages[0].contains("severity = &quot;warning&quot;"), "what is as usual is left out");
    assert!(!pages[1].contains("garbled-word") && pages[1].contains(everywhere), "{}", pages[1]);
    assert!(pages[1].contains("[rules.garbled-name]\n# not shown"), "{}", pages[1]);
    let usual =
        ran(&[("a.txt", SPUN)], &["check", "--no-config", "--format", "html", "a.txt"]).stdout;
    assert!(
        !usual.contains("<pre>") && usual.contains("as they come with the program<"),
        "{usual}"
    );
}

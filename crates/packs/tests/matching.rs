//! What phrases match, and what their fixes make of it.

use unspin_lint::{Safety, page};
use unspin_packs::{Pack, compile, rules};
use unspin_text::Document;

/// A substitution rule with these lines under `[phrases]`.
fn rule(phrases: &str) -> String {
    format!(
        "id = \"r\"\nfamily = \"f\"\nkind = \"substitution\"\nseverity = \"warning\"\nevidence = 2\n\
         message = '\"{{found}}\" for \"{{suggestion}}\"'\npage = \"p\"\n[phrases]\n{phrases}\n"
    )
}

/// The text after the first fixes, and whether each fix could be applied unseen.
fn fixed(phrases: &str, text: &str) -> String {
    let table = compile(&rule(phrases)).expect(phrases);
    let rules = rules(Pack::from_bytes(table).expect("just written"));
    page::apply(text, &page::raw(rules[0].as_ref(), &Document::new(text.as_bytes())))
}

#[test]
fn white_space_and_line_breaks_do_not_matter() {
    let phrases = "\"at this point in time\" = \"now\"";
    // Lines long enough to be those of wrapped prose, not of a list.
    let wrapped = "The old stone bridge that carries the road over the river is at this\npoint   in time closed to lorries, \
        and it will stay so until the spring floods are over.";
    assert!(fixed(phrases, wrapped).contains("river is now closed to"));
    assert_eq!(
        fixed(phrases, "It is at this point, in time, closed."),
        "It is at this point, in time, closed."
    );
}

#[test]
fn letter_case_is_taken_over() {
    let phrases = "\"at this point in time\" = \"now\"";
    assert_eq!(fixed(phrases, "At this point in time it shuts."), "Now it shuts.");
    let inside = "\"inside of the (world|UK)\" = \"in the {1}\"";
    for (text, right) in [
        ("He sits inside of the World Court.", "He sits in the World Court."),
        ("He sits inside of the world.", "He sits in the world."),
        ("Inside of the World Court he sits.", "In the World Court he sits."),
        ("Inside Of The World Court", "In The World Court"),
        ("INSIDE OF THE WORLD COURT", "IN THE WORLD COURT"),
        ("He lives inside of the UK.", "He lives in the UK."),
        ("Inside of the UK it rains.", "In the UK it rains."),
    ] {
        assert_eq!(fixed(inside, text), right);
    }
}

#[test]
fn curly_and_straight_apostrophes_are_alike() {
    let phrases = "\"ain't no\" = \"isn't any\"";
    assert_eq!(fixed(phrases, "There ain\u{2019}t no tea."), "There isn't any tea.");
    assert_eq!(
        fixed("\"ain\u{2019}t no\" = \"isn't any\"", "There ain't no tea."),
        "There isn't any tea."
    );
}

#[test]
fn suggestions_take_the_form_of_the_lemma() {
    let phrases = "\"<get> rid of\" = \"<remove>\"";
    assert_eq!(fixed(phrases, "She got rid of it."), "She removed it.");
    assert_eq!(fixed(phrases, "Getting rid of it hurt."), "Removing it hurt.");
}

#[test]
fn groups_and_wildcards_are_repeated_in_the_suggestion() {
    let phrases =
        "\"(does|did) now no longer\" = \"{1} not\"\n\"*-primarily based totally\" = \"*-based\"";
    assert_eq!(fixed(phrases, "It did now no longer move."), "It did not move.");
    assert_eq!(fixed(phrases, "An Oslo-primarily based totally firm."), "An Oslo-based firm.");
}

#[test]
fn a_match_never_crosses_the_end_of_a_sentence() {
    let phrases = "\"whether or not\" = \"whether\"";
    assert_eq!(
        fixed(phrases, "Nobody knew whether. Or not so, he said."),
        "Nobody knew whether. Or not so, he said."
    );
}

#[test]
fn of_overlapping_matches_the_longest_stays() {
    let phrases = "\"as soon as\" = \"once\"\n\"as soon as possible\" = \"soon\"";
    assert_eq!(fixed(phrases, "Come as soon as possible."), "Come soon.");
    assert_eq!(fixed(phrases, "Come as soon as you can."), "Come once you can.");
}

#[test]
fn neighbours_can_forbid_a_match() {
    let phrases = "\"a few time\" = { suggest = \"some time\", unless-after = [\"zones\", \"-\"], unless-before = \"not only\" }";
    assert_eq!(fixed(phrases, "It took a few time."), "It took some time.");
    for good in [
        "It spans a few time zones.",
        "It has a few time-saving tricks.",
        "Not only a few time is left.",
    ] {
        assert_eq!(fixed(phrases, good), good);
    }
}

#[test]
fn a_quotation_mark_inside_is_passed_over_and_keeps_the_fix_from_being_applied() {
    let table = compile(&rule("\"so referred to as\" = \"so-called\"")).expect("well formed");
    let rules = rules(Pack::from_bytes(table).expect("just written"));
    for text in
        ["The so \u{201c}referred to as\u{201d} experts.", "The so \"referred to as\" experts."]
    {
        let found = page::raw(rules[0].as_ref(), &Document::new(text.as_bytes()));
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].fixes[0].safety, Safety::Display);
    }
}

#[test]
fn an_entry_may_say_how_far_its_own_fix_is_to_be_trusted() {
    let safeties = |toml: &str, text: &str| -> Vec<Safety> {
        let rules = rules(Pack::from_bytes(compile(toml).expect(toml)).expect("just written"));
        let found = page::raw(rules[0].as_ref(), &Document::new(text.as_bytes()));
        found.iter().map(|finding| finding.fixes[0].safety).collect()
    };
    let phrases = "\"till until\" = { suggest = \"until\", safety = \"safe\" }\n\
                   \"until till\" = { suggest = \"until\", safety = \"display\" }\n\
                   \"such as as\" = \"such as\"\n\
                   [regex]\n'such like as' = { suggest = \"such as\", safety = \"safe\" }";
    let text =
        "Wait till until noon, until till one, for trifles such as as rain, such like as hail.";
    let mut toml = rule(phrases);
    assert_eq!(
        safeties(&toml, text),
        [Safety::Safe, Safety::Display, Safety::Unsafe, Safety::Safe],
        "the third has that of the rule, which says nothing"
    );
    toml.insert_str(0, "safety = \"safe\"\n");
    assert_eq!(
        safeties(&toml, text),
        [Safety::Safe, Safety::Display, Safety::Safe, Safety::Safe],
        "an entry's own is stronger than the rule's"
    );
    let wrong = rule("\"till until\" = { suggest = \"until\", safety = \"saf\" }");
    let error = compile(&wrong).unwrap_err();
    assert_eq!(error.message, "`saf` is no safety");
    assert_eq!(error.help.as_deref(), Some("did you mean `safe`?"));
}

#[test]
fn rules_of_one_table_keep_their_own_matches() {
    let mut compiler = unspin_packs::Compiler::default();
    compiler.add(&rule("\"withinside\" = \"in\"")).expect("well formed");
    let second = rule("\"withinside the\" = \"in the\"").replace("\"r\"", "\"second\"");
    compiler.add(&second).expect("well formed");
    let pack = Pack::from_bytes(compiler.finish()).expect("just written");
    let matches = pack.scan(&Document::new(b"It lay withinside the box."));
    assert_eq!(
        (matches.of_rule(0).len(), matches.of_rule(1).len(), matches.of_rule(2).len()),
        (1, 1, 0)
    );
    let names: Vec<_> = rules(pack).iter().map(|r| r.meta().id.clone().into_owned()).collect();
    assert_eq!(names, ["r", "second"]);
}

#[test]
fn an_existence_rule_suggests_nothing() {
    let toml = rule("\"neath\" = {}")
        .replace("substitution", "existence")
        .replace(" for \\\"{suggestion}\\\"", "");
    let toml =
        toml.replace("message = '\"{found}\" for \"{suggestion}\"'", "message = \"{found}\"");
    let rules =
        rules(Pack::from_bytes(compile(&toml).expect("well formed")).expect("just written"));
    let found = page::raw(rules[0].as_ref(), &Document::new(b"It lay neath\nit."));
    assert_eq!((found.len(), found[0].fixes.len(), found[0].message.as_str()), (1, 0, "neath"));
}

#[test]
fn faults_are_told_with_their_place() {
    for (line, place, message) in [
        ("\"(a|b\" = \"c\"", "(a|b", "`(` is never closed"),
        ("\"a || b\" = \"c\"", "|| b", "`|` stands outside of a group"),
        ("\"a (b|) c\" = \"d\"", ") c", "an empty alternative"),
        ("\"<get rid\" = \"d\"", "<get rid", "`<` is never closed"),
        ("\"* (a)?\" = \"d\"", "\"* (a)?\"", "`* (a)?` can match without any word of its own"),
        ("\"a\" = \"<go>\"", "<go>", "the pattern has no lemma whose form this could take"),
        ("\"(a|b) c\" = \"{2} d\"", "{2} d", "the pattern has no group 2"),
        ("\"a b\" = \"* d\"", "* d", "more wildcards than the pattern has"),
        ("\"a b\" = []", "\"a b\"", "`a b` has no suggestion"),
        ("\"a b\" = { sugest = \"c\" }", "sugest", "unknown key `sugest`"),
        (
            "\"a b\" = { suggest = \"c\", origin = \"writen\" }",
            "\"writen\"",
            "`writen` is no origin",
        ),
        (
            "\"a b\" = { suggest = \"c\", evidence = 99 }",
            "99",
            "`evidence` lies between -20 and 20 nats",
        ),
        (
            "\"a b\" = \"c\"\n\"(a|d) b\" = \"c\"",
            "\"(a|d) b\"",
            "`(a|d) b` matches what `a b` matches",
        ),
        ("\"a b\" = 3", "3", "a string or an array of strings is needed"),
    ] {
        let toml = rule(line);
        let error = compile(&toml).expect_err(line);
        assert_eq!((&toml[error.span.clone()], error.message.as_str()), (place, message), "{line}");
    }
}

#[test]
fn faults_of_the_rule_itself_come_with_help() {
    let whole = rule("\"a b\" = \"c\"");
    for (from, to, message, help) in [
        (
            "severity = \"warning\"",
            "severity = \"warnign\"",
            "`warnign` is no severity",
            "did you mean `warning`?",
        ),
        ("evidence = 2", "evidense = 2", "unknown key `evidense`", "did you mean `evidence`?"),
        (
            "\"substitution\"",
            "\"substition\"",
            "`substition` is no kind",
            "did you mean `substitution`?",
        ),
        (
            "id = \"r\"",
            "id = \"My Rule\"",
            "`My Rule` is not kebab-case",
            "lower-case words joined by hyphens",
        ),
        ("{found}", "{fuond}", "`{fuond}` is no placeholder", "known: {found}, {suggestion}"),
    ] {
        let error = compile(&whole.replacen(from, to, 1)).expect_err(to);
        assert_eq!((error.message.as_str(), error.help.as_deref()), (message, Some(help)));
    }
    assert_eq!(compile("id = \"a\"").expect_err("short").message, "`kind` is missing");
    assert!(compile("id = ").is_err());
}

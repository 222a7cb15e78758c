use crate::{Document, Markup, QuoteKind, Roles, Span, TokenKind};

fn read(source: &str, markup: Markup) -> Document<'_> {
    Document::read(source.as_bytes(), markup)
}

fn markdown(source: &str) -> String {
    read(source, Markup::Markdown).text().to_owned()
}

fn html(source: &str) -> String {
    read(source, Markup::Html).text().to_owned()
}

/// The bytes of the file behind the first occurrence of a phrase of the prose.
fn behind<'s>(document: &'s Document<'_>, phrase: &str) -> &'s str {
    let at = document.text().find(phrase).expect("the prose holds it") as u32;
    let span = document.in_source(Span::new(at, at + phrase.len() as u32));
    &document.source()[span.range()]
}

#[test]
fn inline_markup_parts_neither_words_nor_sentences() {
    for (source, markup) in [
        ("The **art**ificial lake is [very *deep*](x.html \"t\") and `x`.", Markup::Markdown),
        (
            "<p>The <b>art</b>ificial lake is <a href=x>very <i>deep</i></a> and <code>x</code>.",
            Markup::Html,
        ),
        ("The arti&shy;fi<wbr>cial lake is very deep and <kbd>x</kbd>.", Markup::Html),
        (
            "The <b>art</b>ificial lake is <!-- so --> very <em>deep</em> and <code>x</code>.",
            Markup::Markdown,
        ),
    ] {
        let document = read(source, markup);
        assert_eq!(document.text(), "The artificial lake is very deep and x.", "{source}");
        assert_eq!(document.sentences().len(), 1, "{source}");
        let words: Vec<_> = document.tokens().iter().map(|t| document.token_text(t)).collect();
        assert_eq!(words[1], "artificial");
    }
    let document = read("The <b>art</b>ificial lake", Markup::Html);
    assert_eq!(behind(&document, "artificial"), "art</b>ificial");
}

#[test]
fn references_and_escapes_are_read_and_keep_their_bytes() {
    let document =
        read("<p>Smith &amp; Sons&#8217; caf&eacute; &lt;Blue&gt; &semi; end", Markup::Html);
    assert_eq!(document.text(), "Smith & Sons\u{2019} caf\u{e9} <Blue> ; end");
    assert_eq!(behind(&document, "&"), "&amp;");
    assert_eq!(behind(&document, "\u{2019}"), "&#8217;");
    assert_eq!(behind(&document, "caf\u{e9}"), "caf&eacute;");
    assert_eq!(behind(&document, ";"), "&semi;");
    let document = read("Five \\* six &amp; seven\\_eight \\# end", Markup::Markdown);
    assert_eq!(document.text(), "Five * six & seven_eight # end");
    assert_eq!(behind(&document, "*"), "\\*");
    assert_eq!(behind(&document, "& seven_eight"), "&amp; seven\\_eight");
}

#[test]
fn what_is_no_prose_is_left_out() {
    let front = "---\ntitle: x\n---\nOne.\n\n```rust\nlet x = 1;\n```\n\n    indented code\n\nTwo <!-- three -->.";
    assert_eq!(markdown(front), "One.\n\nTwo .");
    assert_eq!(markdown("+++\na = 1\n+++\nOne."), "One.");
    assert_eq!(markdown("---\n\nOne.\n\n---\n\nTwo."), "One.\n\nTwo.");
    assert_eq!(
        markdown("\u{feff}# One\n\n<https://a.example/b> [x]: y\n"),
        "One\n\nhttps://a.example/b [x]: y"
    );
    let page = "<title>t</title><style>p{}</style><p title='no'>One<script>var a = '<p>';</script>.\
                <pre><code>x</code></pre><nav>Home</nav><form><p>Mail</form><noscript>no</noscript>Two.";
    assert_eq!(html(page), "One.\n\nTwo.");
    let document = read("Call `let x = 2;` or <https://a.example> now.", Markup::Markdown);
    let kinds: Vec<_> = document
        .tokens()
        .iter()
        .filter(|t| t.kind == TokenKind::Address)
        .map(|t| document.token_text(t))
        .collect();
    assert_eq!(kinds, ["let x = 2;", "https://a.example"]);
}

#[test]
fn blocks_end_sentences_and_line_breaks_do_not() {
    assert_eq!(
        html("<h1>Head</h1>body<p>one\n  two<p>three<ul><li>a<li>b</ul>"),
        "Head\n\nbody\n\none two\n\nthree\n\na\n\nb"
    );
    assert_eq!(html("one<br>two<br><br/>three"), "one\ntwo\n\nthree");
    assert_eq!(
        markdown("Head\n====\nsoft\nbreak\n\n- a\n- b\n\n> q\n> r"),
        "Head\n\nsoft break\n\na\n\nb\n\nq r"
    );
}

#[test]
fn roles_are_known() {
    let page = "<h2>Head</h2><p>Run</p><blockquote><p>Said</p></blockquote><figure><img src=a alt='Pic'>\
                <figcaption>Cap</figcaption></figure><table><caption>Tab</caption><tr><td>Cell<td><p>Laid</table><li>Item";
    let text = "## Head\n\nRun\n\n> Said\n\n![Pic](a)\n\n<figcaption>Cap</figcaption>\n\n| Cell |\n|---|\n\n- Item";
    for (source, markup) in [(page, Markup::Html), (text, Markup::Markdown)] {
        let document = read(source, markup);
        for (word, roles) in [
            ("Head", Roles::HEADING),
            ("Run", Roles::NONE),
            ("Said", Roles::QUOTE),
            ("Pic", Roles::ALT_TEXT),
            ("Cap", Roles::CAPTION),
            ("Cell", Roles::TABLE_CELL),
            ("Item", Roles::LIST_ITEM),
        ] {
            let at = document.text().find(word).unwrap_or_else(|| panic!("{word} of {source}"));
            assert_eq!(document.roles_at(at as u32), roles, "{word} of {source}");
        }
        let quoted: Vec<_> =
            document.quotations().iter().map(|q| (q.kind, document.slice(q.span))).collect();
        assert_eq!(quoted, [(QuoteKind::Block, "Said")]);
    }
    let document = read(page, Markup::Html);
    let laid = document.text().find("Laid").unwrap() as u32;
    assert_eq!(document.roles_at(laid), Roles::NONE, "a paragraph in a cell lays out the page");
}

#[test]
fn alternative_text_stands_after_its_block() {
    let document =
        read("<p>See <img alt='a &quot;red&quot; boat'> the harbour.<p>Next.", Markup::Html);
    assert_eq!(document.text(), "See the harbour.\n\na \"red\" boat\n\nNext.");
    assert_eq!(behind(&document, "\"red\""), "&quot;red&quot;");
    let document = read("See ![a *red*\nboat](x) the harbour.", Markup::Markdown);
    assert_eq!(document.text(), "See the harbour.\n\na red boat");
    assert_eq!(behind(&document, "red"), "red");
}

#[test]
fn tags_that_are_missing_or_misplaced_lose_no_text() {
    assert_eq!(html("<div><p>one</div></b></p></td>two <"), "one\n\ntwo <");
    assert_eq!(html("<table><tr><td>a</div><td>b<tr><td>c</table>d"), "a\n\nb\n\nc\n\nd");
    assert_eq!(html("<ul><li>a<ul><li>b</ul><li>c</ul>"), "a\n\nb\n\nc");
    assert_eq!(html("one <sup><a href=#n>3</a></sup>two CO<sub>2</sub>"), "one two CO2");
    assert_eq!(html("a <span hidden>b <span>c</span> d</span> e"), "a e");
    assert_eq!(html("a<pre>b\n c\n\nd</pre>"), "a\n\nb\nc\n\nd");
}

/// The file after the edit that replaces a phrase of the prose.
fn edited(source: &str, markup: Markup, phrase: &str, by: &str) -> Option<String> {
    let document = read(source, markup);
    let at = document.text().find(phrase).expect("the prose holds it") as u32;
    let (span, text) = document.source_edit(Span::new(at, at + phrase.len() as u32), by)?;
    let mut edited = document.source().to_owned();
    edited.replace_range(span.range(), &text);
    Some(edited)
}

#[test]
fn an_edit_never_touches_markup() {
    let html = |source, phrase, by| edited(source, Markup::Html, phrase, by);
    let md = |source, phrase, by| edited(source, Markup::Markdown, phrase, by);
    assert_eq!(html("a <b>bad</b> word", "bad", "good").unwrap(), "a <b>good</b> word");
    assert_eq!(html("a <b>bad</b> word", "bad word", "good word").unwrap(), "a <b>good</b> word");
    assert_eq!(html("a <b>bad</b> word", "bad word", "phrase"), None);
    assert_eq!(html("a&nbsp;bad &amp; word", "bad & word", "R&D").unwrap(), "a&nbsp;R&amp;D");
    assert_eq!(html("<p>one<p>two", "one\n\ntwo", "three"), None);
    assert_eq!(html("one<br>two", "one\ntwo", "three"), None);
    assert_eq!(html("<img alt='it is'>", "it is", "it's").unwrap(), "<img alt='it&#39;s'>");
    assert_eq!(html("5 <\u{e9}a> b", "\u{e9}a", "b"), None, "it would open a tag");
    assert_eq!(
        html("a</>b c", "b", "d").unwrap(),
        "a</>d c",
        "an end tag without a name is nothing"
    );
    assert_eq!(html("a &nGt; b", "\u{226b}", "d"), None, "one reference, two characters");
    assert_eq!(html("a &odd; b", "odd", "lt"), None, "it would be a reference");
    assert_eq!(md("a \\b c", "b", "*"), None, "it would be escaped");
    let links = "[bad] [bad][] [bad][a] [bad](b)\n\n[bad]: c\n[a]: d";
    assert_eq!(md(links, "bad", "good"), None, "the text says where the link leads");
    let third = "[bad][a] [bad](b) [bad]\n\n[a]: d";
    assert_eq!(md(third, "bad bad", "good good"), None);
    assert_eq!(md("[bad][a]\n\n[a]: d", "bad", "good").unwrap(), "[good][a]\n\n[a]: d");
    assert_eq!(md("[bad] word", "bad", "good").unwrap(), "[good] word");
    assert_eq!(md("a **bad** word", "bad", "good").unwrap(), "a **good** word");
    assert_eq!(md("a **bad** word", "bad", ""), None);
    assert_eq!(md("a *bad word*", "bad ", ""), None);
    assert_eq!(md("one\n> two\n> three", "two three", "2"), None);
    assert_eq!(md("one two\nthree", "two three", "2").unwrap(), "one 2");
    assert_eq!(md("one two", "two", "a*b_").unwrap(), "one a&#42;b&#95;");
    assert_eq!(md("ten. So", "ten", "10").unwrap(), "&#49;0. So");
    assert_eq!(md("one\n\ntwo", "one\n\ntwo", "three"), None);
    assert_eq!(edited("a bad\nword", Markup::Plain, "bad\nword", "good").unwrap(), "a good");
}

#[test]
fn formats_are_known_by_ending_or_by_their_first_bytes() {
    assert_eq!(Markup::of_extension("XHTML"), Some(Markup::Html));
    assert_eq!(Markup::of_extension("rs"), None);
    assert_eq!(Markup::of(Some("txt"), b"<!doctype html><p>"), Markup::Plain);
    assert_eq!(Markup::of(Some("php"), b"\n<!DOCTYPE HTML>\n<p>"), Markup::Html);
    assert_eq!(Markup::of(None, b"<htmlx>"), Markup::Plain);
}

#[test]
fn comments_are_kept_wherever_they_stand() {
    let source =
        "<!-- a --><html><body><nav><!-- b --></nav><article><p>One<!-- c --> two.</article>";
    let document = read(source, Markup::Html);
    let comments: Vec<_> =
        document.comments().iter().map(|c| (&source[c.source.range()], c.at)).collect();
    assert_eq!(comments, [("<!-- a -->", 0), ("<!-- b -->", 0), ("<!-- c -->", 3)]);
}

//! What is read of JSON Lines, CSV and TSV.

use unspin_containers::Options;
use unspin_text::Markup;

use crate::build::*;

#[test]
fn the_first_usual_field_of_each_line_is_its_text() {
    let file = "{\"id\": 1, \"text\": \"One \\u2014 \\\"two\\\"\", \"title\": \"No\"}\n\n\
        {\"content\": \"No\", \"Body\": \"Three\"}\r\n{\"body\": null, \"text\": \"Four\"}\n\
        {\"text\": \"  \"}";
    let expected =
        ["line 1 /text: One \u{2014} \"two\"", "line 3 /body: Three", "line 4 /text: Four"];
    assert_eq!(lines(&read("a.jsonl", file.as_bytes())), expected);
    assert_eq!(lines(&read("a.ndjson.gz", &gz(file.as_bytes()))), expected);
    assert_eq!(lines(&read("a.jsonl.zst", &zst(file.as_bytes()))), expected);
    assert_eq!(lines(&read("a.jsonl", &utf16(file))), expected);
    assert_eq!(lines(&read("a.jsonl", format!("\u{feff}{file}").as_bytes())), expected);
}

#[test]
fn chosen_fields_are_entries_in_the_order_chosen() {
    let file = "{\"title\": \"T\", \"article\": {\"body\": \"<p>B</p>\"}}\n\
        {\"title\": null, \"article\": {\"body\": 3}}\n{\"article\": {}}\n[1]\n";
    let read = read_with("a.jsonl", file.as_bytes(), &fields(&["/article/body", "title"]));
    let expected = [
        "line 1 /article/body: <p>B</p>",
        "line 1 /title: T",
        "! line 2 /article/body is a number and not a text: choose another field",
        "! line 3: there is no `/article/body`: choose of `article`",
        "! line 3: there is no `/title`: choose of `article`",
        "! line 4: there is no `/article/body`: choose of nothing, since it is empty",
        "! line 4: there is no `/title`: choose of nothing, since it is empty",
    ];
    assert_eq!(lines(&read), expected);
    assert_eq!(read[0].as_ref().unwrap().markup, Markup::Html);
    assert_eq!(read[1].as_ref().unwrap().markup, Markup::Plain);
    let options = Options { markup: Some(Markup::Markdown), ..fields(&["/article/body"]) };
    let read = read_with("a.jsonl", file.as_bytes(), &options);
    assert_eq!(read[0].as_ref().unwrap().markup, Markup::Markdown);
}

#[test]
fn a_bad_line_is_one_error_and_the_next_is_read() {
    let file = b"{\"text\": \"One\"}\n{\"text\": \"Two\n{\"text\": \"caf\xe9\"}\n{\"text\": \"\\ud800\"}\n{\"text\": \"Five\"}\n";
    let expected = [
        "line 1 /text: One",
        "! line 2: not well-formed JSON (EOF while parsing a string at byte 13): mend it there",
        "! line 3: not well-formed JSON (invalid unicode code point at byte 14): mend it there",
        "! line 4: not well-formed JSON (unexpected end of hex escape at byte 17): mend it there",
        "line 5 /text: Five",
    ];
    assert_eq!(lines(&read("a.jsonl", file)), expected);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_does_and_named_by_line_where_that_differs() {
    let file =
        "id,title,body\r\n1,T,\"One\r\ntwo, \"\"three\"\"\"\r\n2,,Four\r\n3,x\r\n4,, \r\n5,x,Six";
    let read = read("a.csv", file.as_bytes());
    let expected = [
        "row 2 body: One\r\ntwo, \"three\"",
        "row 3 (line 4) body: Four",
        "! row 4 (line 5): 2 columns where the header has 3: quote what holds a separator",
        "row 6 (line 7) body: Six",
    ];
    assert_eq!(lines(&read), expected);
}

#[test]
fn lines_are_right_whatever_ends_them() {
    for end in ["\n", "\r\n"] {
        let file = format!("body{end}{end}One{end}\"Two{end}three\"{end}{end}Four{end}{end}");
        let places: Vec<String> = read("a.csv", file.as_bytes())
            .into_iter()
            .map(|entry| entry.unwrap().locator)
            .collect();
        let expected = ["row 2 (line 3) body", "row 3 (line 4) body", "row 4 (line 7) body"];
        assert_eq!(places, expected);
    }
}

#[test]
fn columns_are_chosen_by_name_or_number() {
    let file = "id;note;lead text\n1;\"a;b\";c, d\n";
    let read_of = |chosen: &[&str]| lines(&read_with("a.csv", file.as_bytes(), &fields(chosen)));
    assert_eq!(read_of(&["lead text"]), ["row 2 lead text: c, d"]);
    assert_eq!(read_of(&["3", "2"]), ["row 2 lead text: c, d", "row 2 note: a;b"]);
    assert_eq!(read_of(&["/note"]), ["row 2 note: a;b"]);
    let expected = "! row 1: there is no `4`: choose of `id`, `note`, `lead text`";
    assert_eq!(read_of(&["4"]), [expected]);
    let expected = "! row 1: there is no field of the usual names (body, text, content, article, \
        articleBody, article_body, body_text, maintext, story): choose of `id`, `note`, `lead text`";
    assert_eq!(read_of(&[]), [expected]);
}

#[test]
fn tabs_part_values_in_tsv_and_in_csv_that_has_them() {
    let file = "id\tText\n1\tOne, two\n";
    assert_eq!(lines(&read("a.tsv", file.as_bytes())), ["row 2 Text: One, two"]);
    assert_eq!(lines(&read("a.csv", file.as_bytes())), ["row 2 Text: One, two"]);
    assert_eq!(lines(&read("a.csv", &utf16(file))), ["row 2 Text: One, two"]);
    assert_eq!(lines(&read("a.csv.gz", &gz(file.as_bytes()))), ["row 2 Text: One, two"]);
    assert_eq!(lines(&read("a.tsv", b"")), [""; 0]);
    assert_eq!(lines(&read("a.tsv", b"text\n")), [""; 0]);
}

#[test]
fn a_cell_in_another_encoding_is_one_error() {
    let read = read("a.csv", b"body\ncaf\xe9\nOne\n");
    let expected =
        ["! row 2 body: bytes that are not UTF-8: save the file as UTF-8", "row 3 body: One"];
    assert_eq!(lines(&read), expected);
}

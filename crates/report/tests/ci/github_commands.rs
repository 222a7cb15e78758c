//! Workflow commands by a parser of their documented grammar, which is ours: no registry has one.

use std::collections::BTreeMap;

use crate::{named, sample};

#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) name: String,
    pub(crate) properties: BTreeMap<String, String>,
    pub(crate) data: String,
}

/// A line as GitHub's runner reads it: `::name key=value,key=value::data`, where the first `::` after the beginning ends
/// the properties.
pub(crate) fn parse(line: &str) -> Command {
    let rest = line.strip_prefix("::").expect("a command begins with colons");
    let (head, data) = rest.split_once("::").expect("its properties end in colons");
    let (name, properties) = head.split_once(' ').expect("there are properties");
    let properties = properties.split(',').map(|property| {
        let (key, value) = property.split_once('=').expect("a property has a value");
        assert!(!value.is_empty(), "the runner drops a property without a value: {line}");
        let value = value.replace("%3A", ":").replace("%2C", ",");
        (key.to_owned(), unescape(&value))
    });
    Command { name: name.to_owned(), properties: properties.collect(), data: unescape(data) }
}

fn unescape(text: &str) -> String {
    text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

#[test]
fn commands_parse_back_to_what_was_said() {
    let out = sample::run(&*named("github"));
    let commands: Vec<Command> = out.lines().map(parse).collect();
    assert_eq!(commands.len(), 9);
    let first = &commands[0];
    assert_eq!(first.name, "error");
    let expected = [
        ("file", "news/a b,\"1\".txt"),
        ("line", "2"),
        ("endLine", "2"),
        ("col", "18"),
        ("endColumn", "32"),
        ("title", "unspin: cascade-artifact"),
    ];
    let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(first.properties, BTreeMap::from(expected));
    assert!(commands[2].data.starts_with("50% odd,\u{240a}::stop:: "), "{}", commands[2].data);
    let entry = commands.iter().find(|command| command.properties["file"] == "wire.jsonl").unwrap();
    assert!(!entry.properties.contains_key("line") && entry.data.starts_with("/body of line 1: "));
}

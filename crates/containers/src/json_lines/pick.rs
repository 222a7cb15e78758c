//! The wanted strings of a JSON value, without building the value.
//!
//! A line of brackets and commas would take sixteen times its own size as a tree. So what is not on the way to a wanted
//! place is parsed and dropped, however deep it is nested.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::field::Pointer;

/// How many bytes of member names are kept for an error that lists them.
const NAMES: usize = 4096;

/// What stands at a wanted place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// No such place.
    Nothing,
    Null,
    Text(String),
    /// Neither; with its article, for an error.
    Other(&'static str),
}

/// What was found in one value.
#[derive(Debug)]
pub(crate) struct Picked {
    /// One for each pointer.
    pub(crate) found: Vec<Found>,
    /// The members of the value itself, up to some 4 KiB of them.
    pub(crate) names: Vec<String>,
}

/// Reads one line; the error is what the parser says. Of a name that comes twice, the last counts.
pub(crate) fn pick(line: &[u8], pointers: &[Pointer], ignore_case: bool) -> Result<Picked, String> {
    let mut found = vec![Found::Nothing; pointers.len()];
    let mut names = Names { list: Vec::new(), bytes: 0 };
    let active = (0..pointers.len()).collect();
    let walk = Walk {
        pointers,
        ignore_case,
        depth: 0,
        active,
        found: &mut found,
        names: Some(&mut names),
    };
    let mut deserializer = serde_json::Deserializer::from_slice(line);
    let result = walk.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    match result {
        Ok(()) => Ok(Picked { found, names: names.list }),
        Err(error) => {
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or_default();
            Err(format!("{what} at byte {}", error.column()))
        }
    }
}

struct Names {
    list: Vec<String>,
    bytes: usize,
}

/// One value on the way to wanted places.
struct Walk<'a> {
    pointers: &'a [Pointer],
    ignore_case: bool,
    /// Steps taken so far.
    depth: usize,
    /// The pointers whose steps so far led here.
    active: Vec<usize>,
    found: &'a mut Vec<Found>,
    /// Where the names of its members go; only those of the outermost value are kept.
    names: Option<&'a mut Names>,
}

impl Walk<'_> {
    /// What stands here, for those pointers that end here.
    fn put(&mut self, found: &Found) {
        for &pointer in &self.active {
            if self.pointers[pointer].steps.len() == self.depth {
                self.found[pointer] = found.clone();
            }
        }
    }

    /// The pointers that go on with this step.
    fn follow(&self, step: &str) -> Vec<usize> {
        let matches = |pointer: &usize| {
            self.pointers[*pointer].steps.get(self.depth).is_some_and(|own| {
                own == step || self.ignore_case && own.eq_ignore_ascii_case(step)
            })
        };
        self.active.iter().copied().filter(matches).collect()
    }

    fn child(&mut self, active: Vec<usize>) -> Walk<'_> {
        Walk {
            pointers: self.pointers,
            ignore_case: self.ignore_case,
            depth: self.depth + 1,
            active,
            found: self.found,
            names: None,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_str<E>(mut self, text: &str) -> Result<(), E> {
        self.put(&Found::Text(text.to_owned()));
        Ok(())
    }

    fn visit_unit<E>(mut self) -> Result<(), E> {
        self.put(&Found::Null);
        Ok(())
    }

    fn visit_bool<E>(mut self, _: bool) -> Result<(), E> {
        self.put(&Found::Other("a truth value"));
        Ok(())
    }

    fn visit_i64<E>(mut self, _: i64) -> Result<(), E> {
        self.put(&Found::Other("a number"));
        Ok(())
    }

    fn visit_u64<E>(mut self, _: u64) -> Result<(), E> {
        self.put(&Found::Other("a number"));
        Ok(())
    }

    fn visit_f64<E>(mut self, _: f64) -> Result<(), E> {
        self.put(&Found::Other("a number"));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        self.put(&Found::Other("an object"));
        while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            if let Some(names) = &mut self.names
                && names.bytes < NAMES
            {
                let kept: String = name.chars().take(100).collect();
                names.bytes += kept.len() + 1;
                names.list.push(kept);
            }
            let active = self.follow(&name);
            if active.is_empty() {
                map.next_value::<IgnoredAny>()?;
            } else {
                map.next_value_seed(self.child(active))?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        self.put(&Found::Other("an array"));
        let wants_more =
            |walk: &Self| walk.active.iter().any(|&p| walk.pointers[p].steps.len() > walk.depth);
        let mut number = 0_u64;
        while wants_more(&self) {
            let active = self.follow(&number.to_string());
            let is_more = if active.is_empty() {
                seq.next_element::<IgnoredAny>()?.is_some()
            } else {
                seq.next_element_seed(self.child(active))?.is_some()
            };
            if !is_more {
                return Ok(());
            }
            number += 1;
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str, fields: &[&str]) -> Vec<Found> {
        let pointers: Vec<Pointer> = fields.iter().map(|field| Pointer::new(field)).collect();
        pick(line.as_bytes(), &pointers, false).unwrap().found
    }

    #[test]
    fn strings_are_found_wherever_a_pointer_leads() {
        let line = r#"{"a": {"b": ["x", "y\n\u00e9"], "c/d": "z"}, "n": null, "i": 3, "i": true}"#;
        let found = of(line, &["/a/b/1", "/a/c~1d", "n", "i", "a", "/a/b/2", "/a/b"]);
        let text = |text: &str| Found::Text(text.into());
        assert_eq!(
            found,
            [
                text("y\né"),
                text("z"),
                Found::Null,
                Found::Other("a truth value"),
                Found::Other("an object"),
                Found::Nothing,
                Found::Other("an array"),
            ]
        );
    }

    #[test]
    fn depth_costs_nothing_where_nothing_is_wanted() {
        let deep = 1_000_000;
        let line = format!("{{\"x\": {}{}, \"b\": \"t\"}}", "[".repeat(deep), "]".repeat(deep));
        assert_eq!(of(&line, &["b"]), [Found::Text("t".into())]);
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        let why = |line: &str| pick(line.as_bytes(), &[Pointer::new("b")], false).unwrap_err();
        assert_eq!(why("{\"b\": tru}"), "expected ident at byte 10");
        assert_eq!(why("{\"b\": \"x\"} {"), "trailing characters at byte 12");
        assert_eq!(why("{\"b\": \"x"), "EOF while parsing a string at byte 8");
    }
}

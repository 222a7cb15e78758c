//! Options of a rule: declared with it, set in `lint.toml` under `[rules.<id>]`.

use crate::wire::Reader;

/// An option of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionMeta {
    /// Its key in `lint.toml`, in kebab-case.
    pub name: &'static str,
    /// Its type and default.
    pub kind: OptionKind,
    /// What it does: one sentence, lower case, no final stop.
    pub doc: &'static str,
}

/// The type of an option, with its default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer {
        /// Where nothing is set.
        default: i64,
        /// The least that makes sense.
        least: i64,
        /// The most that makes sense.
        most: i64,
    },
    /// A list of strings.
    Texts(&'static [&'static str]),
}

enum Value<'a> {
    Boolean(bool),
    Integer(i64),
    Texts(Vec<&'a str>),
}

/// The values of a rule's options: what is set, else the defaults. They have been checked against the declaration.
pub struct Options<'a> {
    declared: &'static [OptionMeta],
    values: Vec<Value<'a>>,
}

impl<'a> Options<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>, declared: &'static [OptionMeta]) -> Self {
        let count = reader.u32();
        let value = |_| match reader.u8() {
            0 => Value::Boolean(reader.u8() != 0),
            1 => Value::Integer(reader.i64()),
            _ => Value::Texts((0..reader.u32()).map(|_| reader.text()).collect()),
        };
        Self { declared, values: (0..count).map(value).collect() }
    }

    /// The value of a declared option that is true or false.
    ///
    /// # Panics
    /// If the rule declares no such option.
    pub fn boolean(&self, name: &str) -> bool {
        match self.get(name) {
            Some(Value::Boolean(value)) => *value,
            _ => panic!("the rule declares no boolean `{name}`"),
        }
    }

    /// The value of a declared option that is a whole number.
    ///
    /// # Panics
    /// If the rule declares no such option.
    pub fn integer(&self, name: &str) -> i64 {
        match self.get(name) {
            Some(Value::Integer(value)) => *value,
            _ => panic!("the rule declares no whole number `{name}`"),
        }
    }

    /// The value of a declared option that is a list of strings.
    ///
    /// # Panics
    /// If the rule declares no such option.
    pub fn texts(&self, name: &str) -> &[&'a str] {
        match self.get(name) {
            Some(Value::Texts(value)) => value,
            _ => panic!("the rule declares no list of strings `{name}`"),
        }
    }

    fn get(&self, name: &str) -> Option<&Value<'a>> {
        let place = self.declared.iter().position(|option| option.name == name)?;
        self.values.get(place)
    }
}

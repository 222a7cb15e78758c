//! What a scan of a settings file finds: its keys and values as a tree, and the place of the cursor in it.

use std::collections::HashMap;

use unspin_lint::Span;

/// The number of a [`Node`].
pub(super) type Id = usize;

/// The file itself.
pub(super) const ROOT: Id = 0;

/// What stands under a name, or in a list.
#[derive(Debug)]
pub(super) struct Node<'t> {
    /// None for the file, and for what hangs nowhere.
    pub(super) parent: Option<Id>,
    /// None for the file, and for an item of a list.
    pub(super) name: Option<&'t str>,
    /// How often something of this name was written.
    pub(super) written: u32,
    /// Whether a table header of its own opens it.
    pub(super) is_headed: bool,
    /// The last table of a list of tables: what a header below it speaks of.
    pub(super) last: Option<Id>,
    /// What it says, where it is a string on one line.
    pub(super) text: Option<&'t str>,
}

/// How a key is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// On a line of its own.
    Statement,
    /// Between square brackets, or double ones.
    Header { double: bool },
    /// Between braces.
    Inline,
}

/// A place for one part of a key.
#[derive(Debug)]
pub(super) struct KeySite<'t> {
    /// What it is a key of.
    pub(super) table: Id,
    /// What it names, if anything stands there.
    pub(super) own: Option<Id>,
    /// The part, in bytes; empty, and at the cursor, if nothing stands there.
    pub(super) part: Span,
    /// How it is written.
    pub(super) form: Form,
    /// Whether no dot stands before it.
    pub(super) is_first: bool,
    /// What follows on the line, from the first character that is not blank.
    pub(super) rest: &'t str,
}

/// A place for a value that is no list and no table.
#[derive(Debug)]
pub(super) struct ValueSite {
    /// What it is the value of.
    pub(super) owner: Id,
    /// As far as it is written, with its quotation marks, in bytes.
    pub(super) token: Span,
    /// Where it is a string.
    pub(super) quoted: Option<Quoted>,
}

/// A string on one line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quoted {
    /// Between the marks.
    pub(super) inner: Span,
    /// The opening mark.
    pub(super) mark: char,
    /// Whether it has a closing one.
    pub(super) is_closed: bool,
}

/// What the cursor is in.
#[derive(Debug)]
pub(super) enum Site<'t> {
    Key(KeySite<'t>),
    Value(ValueSite),
}

/// What a file holds, as far as it can be told, and the place of a cursor in it.
#[derive(Debug)]
pub(super) struct Scan<'t> {
    pub(super) nodes: Vec<Node<'t>>,
    pub(super) children: HashMap<(Id, &'t str), Id>,
    /// None in comments, between statements and where nothing sensible can stand.
    pub(super) site: Option<Site<'t>>,
}

impl<'t> Scan<'t> {
    /// The names that lead to a node, none for the item of a list; `None` if it hangs nowhere.
    pub(super) fn path(&self, mut id: Id) -> Option<Vec<Option<&'t str>>> {
        let mut path = Vec::new();
        while id != ROOT {
            let node = &self.nodes[id];
            path.push(node.name);
            id = node.parent?;
        }
        path.reverse();
        Some(path)
    }

    pub(super) fn node(&self, id: Id) -> &Node<'t> {
        &self.nodes[id]
    }

    /// What stands under a name in a table.
    pub(super) fn child(&self, table: Id, name: &str) -> Option<(Id, &Node<'t>)> {
        let id = *self.children.get(&(table, name))?;
        Some((id, &self.nodes[id]))
    }

    /// What stands under a path in the file itself.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Node<'t>> {
        let id = path.iter().try_fold(ROOT, |table, name| Some(self.child(table, name)?.0))?;
        Some(&self.nodes[id])
    }

    /// The strings that stand in the same list as an item, without its own.
    pub(super) fn beside(&self, item: Id) -> Vec<&'t str> {
        let node = &self.nodes[item];
        let list = node.parent.filter(|_| node.name.is_none());
        let others = self.nodes.iter().enumerate().filter(|(id, other)| {
            list.is_some() && other.parent == list && other.name.is_none() && *id != item
        });
        others.filter_map(|(_, other)| other.text).collect()
    }
}

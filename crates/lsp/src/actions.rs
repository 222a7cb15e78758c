//! What may be done about findings: the menu at a place.

use gen_lsp_types::{CodeAction, CodeActionKind, Command, Uri, WorkspaceEdit};
use serde::Serialize;
use serde_json::{Value, json};
use unspin_lint::{Diagnosis, Diagnostic, Edit, Markup, Safety, SourceFix, Span};

use crate::encoding::Places;
use crate::{diagnostics, suppress};

/// Suggestions of one finding that are offered.
const OFFERED: usize = 3;

/// Findings that a menu speaks of. An editor asks for the menu of whatever is selected, be it the whole text, and each
/// finding asks for several readings of the text to see where a comment can hide it.
const SPOKEN_OF: usize = 8;

/// The kind of the action that repairs a whole file.
pub(crate) const FIX_ALL: &str = "source.fixAll.unspin";

/// What is asked for: a place of a text, and which kinds of actions.
pub(crate) struct Asked<'a> {
    pub(crate) uri: &'a Uri,
    pub(crate) markup: Markup,
    pub(crate) span: Span,
    pub(crate) only: Option<&'a [CodeActionKind]>,
}

impl Asked<'_> {
    /// Whether actions of this kind are wanted.
    fn wants(&self, kind: &str) -> bool {
        let holds = |wanted: &CodeActionKind| {
            let wanted = sent_name(wanted);
            wanted.is_empty() || covers(&wanted, kind)
        };
        self.only.is_none_or(|only| only.iter().any(holds))
    }

    /// Whether somebody asks for just that: to have the whole file repaired.
    pub(crate) fn wants_all_fixed(&self) -> bool {
        let holds = |wanted: &CodeActionKind| covers(&sent_name(wanted), FIX_ALL);
        self.only.is_some_and(|only| only.iter().any(holds))
    }
}

/// Whether a kind is `wanted` or below it: kinds are trees, their names parted by full stops.
fn covers(wanted: &str, kind: &str) -> bool {
    kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The name of a kind or a language, as it is sent.
pub(crate) fn sent_name(kind: &impl Serialize) -> String {
    match serde_json::to_value(kind) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The action that repairs a whole file.
pub(crate) fn fix_all(edit: WorkspaceEdit) -> CodeAction {
    let kind = Some(CodeActionKind::from(FIX_ALL));
    let title = "Repair all that is safe to repair".to_owned();
    CodeAction { kind, edit: Some(edit), ..titled(title) }
}

/// The menu at a place, the likeliest remedy first. `edit` makes an edit of the text of edits by bytes of its source.
pub(crate) fn at(
    diagnosis: &Diagnosis,
    places: Places<'_>,
    asked: &Asked<'_>,
    edit: impl Fn(&[Edit]) -> WorkspaceEdit,
) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    if !asked.wants("quickfix") {
        return actions;
    }
    let touches =
        |d: &&Diagnostic| d.span.start <= asked.span.end && asked.span.start <= d.span.end;
    let here: Vec<&Diagnostic> =
        diagnosis.diagnostics.iter().filter(touches).take(SPOKEN_OF).collect();
    let quick = |title: String, found: &Diagnostic, edits: &[Edit]| CodeAction {
        edit: Some(edit(edits)),
        diagnostics: Some(vec![diagnostics::of(found, places)]),
        ..titled(title)
    };
    for found in &here {
        let made = found.fixes.iter().filter(|fix| may_be_made(fix)).take(OFFERED);
        for (rank, fix) in made.enumerate() {
            let quoted = if fix.safety == Safety::Quoted {
                " (somebody's words: check the source)"
            } else {
                ""
            };
            let mut action = quick(format!("{}{quoted}", raised(&fix.title)), found, &fix.edits);
            action.is_preferred = (rank == 0 && fix.safety == Safety::Safe).then_some(true);
            actions.push(action);
        }
    }
    let mut rules: Vec<&str> = Vec::new();
    for found in here.iter().filter(|d| is_of_a_rule(d)) {
        let rule = found.rule.as_ref();
        let here = edits(suppress::here(places.text, asked.markup, found.span, rule));
        if !here.is_empty() {
            actions.push(quick(format!("Suppress {rule} here"), found, &here));
        }
        if rules.contains(&rule) {
            continue;
        }
        rules.push(rule);
        let in_file = edits(suppress::in_file(places.text, asked.markup, rule));
        if !in_file.is_empty() {
            actions.push(quick(format!("Suppress {rule} in this file"), found, &in_file));
        }
        let (edits, findings) = all_of(rule, &diagnosis.diagnostics);
        if findings > 1 {
            actions.push(quick(format!("Repair all {findings} findings of {rule}"), found, &edits));
        }
        let uri = &asked.uri.0;
        if is_term(&found.text) {
            let title = format!("Add \"{}\" to the vocabulary", found.text);
            actions.push(command(title, "unspin.addToVocabulary", json!([found.text, uri])));
        }
        let title = format!("Open the page of {rule}");
        actions.push(command(title, "unspin.openRule", json!([rule, uri])));
    }
    let is_safe = |d: &Diagnostic| d.fixes.iter().any(|f| f.safety == Safety::Safe);
    if !here.is_empty() && diagnosis.diagnostics.iter().any(is_safe) {
        let title = "Repair all that is safe to repair in this file".to_owned();
        actions.push(command(title, "unspin.fixFile", json!([asked.uri.0])));
    }
    actions
}

/// Replacements as edits.
pub(crate) fn edits(replacements: Vec<(Span, String)>) -> Vec<Edit> {
    replacements.into_iter().map(|(span, text)| Edit { span, text }).collect()
}

fn titled(title: String) -> CodeAction {
    let (edit, command, diagnostics, is_preferred, disabled, data, tags) = Default::default();
    let kind = Some(CodeActionKind::QuickFix);
    CodeAction { title, kind, diagnostics, is_preferred, disabled, edit, command, data, tags }
}

fn command(title: String, command: &str, arguments: Value) -> CodeAction {
    let Value::Array(arguments) = arguments else { return titled(title) };
    let command = Command {
        title: title.clone(),
        tooltip: None,
        command: command.to_owned(),
        arguments: Some(arguments),
    };
    CodeAction { command: Some(command), ..titled(title) }
}

/// Whether it can be made at all, be it only when somebody asks for just that.
fn may_be_made(fix: &SourceFix) -> bool {
    fix.safety != Safety::Display && !fix.edits.is_empty()
}

/// Faults of the text and of the run are of no rule that could be silenced.
fn is_of_a_rule(found: &Diagnostic) -> bool {
    found.posterior.milli() != 0
        && found.family != "text"
        && found.rule != unspin_lint::INTERNAL_ERROR
}

/// Whether words can stand in a vocabulary: a few, on one line.
fn is_term(text: &str) -> bool {
    !text.contains('\n') && text.chars().any(char::is_alphanumeric) && text.split(' ').count() <= 5
}

/// The first remedies of all findings of a rule that nobody's words stand against, as far as they do not touch, and how
/// many they are.
fn all_of(rule: &str, diagnostics: &[Diagnostic]) -> (Vec<Edit>, usize) {
    let (mut edits, mut findings, mut end) = (Vec::new(), 0, 0);
    for found in diagnostics.iter().filter(|d| d.rule == rule) {
        let fix = found.fixes.iter().find(|fix| may_be_made(fix) && fix.safety != Safety::Quoted);
        let Some([first, .., last] | [first @ last]) = fix.map(|fix| &fix.edits[..]) else {
            continue;
        };
        if findings == 0 || first.span.start >= end {
            end = last.span.end;
            edits.extend(fix.into_iter().flat_map(|fix| fix.edits.iter().cloned()));
            findings += 1;
        }
    }
    (edits, findings)
}

/// With a capital, as menus have it.
fn raised(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

//! Packs in TOML, with lists.

use std::sync::Arc;

use unspin_lint::{Context, Document};
use unspin_packs::{Pack, PackFile, PackSource, compile_pack, pack_rules};

use crate::{findings, problems};

/// What the rules of a pack are run on.
const TEXT: &str = "The clerk utilised 3 boats in order to wait. \u{201c}Utilise it,\u{201d} he said; the caf\u{e9} \
                    was shut.\n\nAt this point in time Nobody knew WHY the the quay (and its boats) waits.\n";

/// Parts the files of a pack: what stands behind it in the line is the path of the next one.
const FILE: &str = "\n=== ";

/// The input is a pack of one file, or of several.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split(FILE);
    let first = parts.next().unwrap_or_default().to_owned();
    let mut files = vec![PackFile { path: "pack.toml".into(), text: first }];
    for part in parts {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        files.push(PackFile { path: path.to_owned(), text: text.to_owned() });
    }
    let source = PackSource { files };
    let compiled = compile_pack(&source);
    assert_eq!(compiled, compile_pack(&source), "not the same twice");
    let mut last = (0, 0);
    for fault in &compiled.faults {
        let file = source.files.get(fault.file).expect("a fault is in a file of the pack");
        let (error, here) = (&fault.error, (fault.file, fault.error.span.start));
        assert!(here >= last, "faults out of order");
        last = here;
        problems::check(&file.text, error.span.clone(), &error.message, error.help.as_deref());
        assert!(error.render(&file.path, &file.text).contains(&error.message));
    }
    if compiled.table.is_empty() {
        assert!(!compiled.faults.is_empty(), "neither rules nor a reason");
    } else {
        let pack = Pack::from_bytes(compiled.table).expect("what was compiled can be opened");
        runs(pack);
    }
}

/// The rules of a pack find something in a text or do not, and nothing else happens.
pub(crate) fn runs(pack: Pack) {
    let document = Document::new(TEXT.as_bytes());
    let context = Context::new(&document);
    let pack = Arc::new(pack);
    for rule in pack_rules(Arc::clone(&pack), "desk.toml") {
        let meta = rule.meta();
        assert!((0.0..=1.0).contains(&meta.min_confidence), "{}", meta.id);
        let (mut found, mut again, mut adjusted) = (Vec::new(), Vec::new(), Vec::new());
        rule.check(&context, &mut found);
        rule.adjust(&context, &mut adjusted);
        rule.check(&context, &mut again);
        assert_eq!(found, again, "not the same twice");
        for finding in &found {
            findings::finding(&document, finding);
        }
        let span = document.tokens()[5].span;
        let mut said = Vec::new();
        rule.explain(&context, span, &mut said);
    }
}

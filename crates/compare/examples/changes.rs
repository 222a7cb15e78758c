//! Prints the changes between two files: `cargo run -p unspin-compare --example changes ORIGINAL REWORDED`.

use unspin_model::Model;
use unspin_text::Document;

fn main() -> std::io::Result<()> {
    let mut paths = std::env::args().skip(1);
    let mut read = || std::fs::read(paths.next().expect("ORIGINAL REWORDED"));
    let (a, b) = (read()?, read()?);
    let (a, b) = (Document::new(&a), Document::new(&b));
    let found = unspin_compare::compare(&a, &b, &Model::embedded());
    for change in &found.changes {
        let (old, new) = (a.slice(change.original), b.slice(change.reworded));
        println!("{}\t{old:?}\t{new:?}\t{:?}", change.kind.as_str(), change.wording);
    }
    println!("{:?} {:.3}\n{:#?}", found.relation, found.common, found.figures);
    Ok(())
}

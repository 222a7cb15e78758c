//! Where the originals of many reworded texts come in one archive, for `benches/search`: one pass for all of them.
//!
//! ```sh
//! ranks ARCHIVE.jsonl QUERIES
//! ```
//!
//! The archive has a record `{"id", "text"}` a line; QUERIES is a folder of `ID.txt`. A line of JSON for each query:
//! the first candidates with their scores, and the same again from the archive without the text of that id.

use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use serde_json::{Value, json};
use unspin_compare::search::{Contents, Query, Ranking, Sketch, rank};
use unspin_text::Document;

/// Texts of the archive whose contents are held at a time.
const BATCH: usize = 512;
const MOST: usize = 20;

fn main() {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [archive, folder] = &arguments[..] else { panic!("usage: ranks ARCHIVE.jsonl QUERIES") };
    let archive = std::fs::read_to_string(archive).expect("the archive is readable");
    let records: Vec<(u64, String)> = archive.lines().map(record).collect();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of queries is readable")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let queries: Vec<(u64, Query)> = files
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).expect("a query is readable");
            let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            (stem.parse().expect("queries are named by ids"), Query::new(&Document::new(&bytes)))
        })
        .collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let lines: Vec<String> = std::thread::scope(|scope| {
        let share = queries.len().div_ceil(threads).max(1);
        let work: Vec<_> = queries
            .chunks(share)
            .map(|queries| scope.spawn(|| answers(queries, &records)))
            .collect();
        work.into_iter().flat_map(|work| work.join().expect("no panic")).collect()
    });
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in lines {
        writeln!(out, "{line}").expect("standard output is open");
    }
}

fn record(line: &str) -> (u64, String) {
    let record: Value = serde_json::from_str(line).expect("a record of JSON");
    let text = record["text"].as_str().expect("a text").to_owned();
    (record["id"].as_u64().expect("an id"), text)
}

fn answers(queries: &[(u64, Query)], records: &[(u64, String)]) -> Vec<String> {
    let mut sketches: Vec<Vec<Sketch>> = queries.iter().map(|_| Vec::new()).collect();
    for batch in records.chunks(BATCH) {
        let contents: Vec<Contents> =
            batch.iter().map(|(_, text)| Contents::of(&Document::new(text.as_bytes()))).collect();
        for ((_, query), sketches) in queries.iter().zip(&mut sketches) {
            sketches.extend(contents.iter().map(|contents| query.score_contents(contents)));
        }
    }
    let answer = |((id, query), mut sketches): (&(u64, Query), Vec<Sketch>)| {
        let mut ids: Vec<u64> = records.iter().map(|(id, _)| *id).collect();
        let with = told(&rank(query, &sketches, MOST), &ids);
        let without = ids.iter().position(|other| other == id).map(|at| {
            ids.remove(at);
            sketches.remove(at);
            told(&rank(query, &sketches, MOST), &ids)
        });
        let (words, features) = (query.words(), query.features());
        json!({ "id": id, "words": words, "features": features, "with": with, "without": without })
            .to_string()
    };
    queries.iter().zip(sketches).map(answer).collect()
}

fn told(ranking: &Ranking, ids: &[u64]) -> Vec<Value> {
    let told = ranking.ranked.iter().map(|ranked| {
        json!({ "id": ids[ranked.candidate], "score": ranked.score, "likely": ranked.is_likely })
    });
    told.collect()
}

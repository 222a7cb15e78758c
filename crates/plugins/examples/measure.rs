//! What a module costs: `cargo run --release -p unspin-plugins --example measure MODULE.wasm TEXT`.
#![expect(clippy::print_stdout, reason = "it prints what it measures")]

use std::time::{Duration, Instant};

use unspin_lint::{Context, Document};

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(module), Some(text)) = (args.next(), args.next()) else {
        println!("usage: measure MODULE.wasm TEXT");
        return;
    };
    let wasm = std::fs::read(&module).expect("the module can be read");
    let text = std::fs::read(&text).expect("the text can be read");
    let (rules, load) = timed(|| unspin_plugins::load("measured", &module, &wasm));
    let rules = rules.expect("a plugin");
    println!("module: {} bytes, loaded in {load:?}", wasm.len());
    for (what, text) in [("an empty text", &b""[..]), ("the text", &text)] {
        let document = Document::new(text);
        let mut calls: Vec<(usize, Duration)> = (0..20)
            .map(|_| {
                let cx = Context::new(&document);
                timed(|| {
                    let mut found = Vec::new();
                    rules[0].check(&cx, &mut found);
                    found.len()
                })
            })
            .collect();
        let first = calls[0];
        calls.sort_by_key(|call| call.1);
        let middle = calls[calls.len() / 2].1;
        let fuel = unspin_plugins::fuel_used("measured", &wasm, &document);
        let fuel = fuel.map_or_else(|error| error.to_string(), |fuel| fuel.to_string());
        println!(
            "{what}: {} bytes, {} findings, first call {:?}, median of 20 {middle:?}, fuel {fuel}",
            text.len(),
            first.0,
            first.1
        );
    }
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = run();
    (value, start.elapsed())
}

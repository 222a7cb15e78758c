//! Modules that misbehave on a document.

use crate::guest::{TEXT, Wat};

fn of(check: &str) -> String {
    Wat { check: check.into(), ..Wat::default() }.failure()
}

#[test]
fn an_endless_loop_ends() {
    let fuel = 2_000_000 + 7_000 * TEXT.len();
    let out = format!("it did not end within its {fuel} units of fuel");
    assert_eq!(of("(loop (br 0)) (i64.const 0)"), out);
    assert_eq!(of("(loop (drop (memory.grow (i32.const 0))) (br 0)) (i64.const 0)"), out);
    let fill = "(memory.fill (i32.const 0) (i32.const 1) (i32.const 1000000))";
    assert_eq!(of(&format!("(loop {fill} (br 0)) (i64.const 0)")), out);
    let alloc = "(loop (br 0)) (i32.const 0)".into();
    assert_eq!(Wat { alloc, ..Wat::default() }.failure(), out);
}

#[test]
fn memory_ends() {
    let out = of("(loop (drop (memory.grow (i32.const 1))) (br 0)) (i64.const 0)");
    let number = out.strip_prefix("it asked for more than its ").unwrap();
    let number: u64 = number.strip_suffix(" bytes of memory").unwrap().parse().unwrap();
    assert!((16 << 20..17 << 20).contains(&number), "{number}");
    // What no memory of its type could hold is refused to the guest itself, which then gives up.
    let check = "(if (i32.eq (memory.grow (i32.const 65000)) (i32.const -1)) (then unreachable)) (i64.const 0)";
    assert!(of(check).starts_with("it stopped with a trap (") || of(check) == out, "{}", of(check));
}

#[test]
fn a_trap_is_told() {
    for (check, how) in [
        ("unreachable", "wasm `unreachable` instruction executed"),
        ("(i64.load (i32.const -8))", "out of bounds memory access"),
        ("(i64.div_s (i64.const 1) (i64.const 0))", "integer divide by zero"),
        ("(i64.const 0) (drop) (call 2 (i32.const 0) (i32.const 0))", "call stack exhausted"),
    ] {
        assert_eq!(of(check), format!("it stopped with a trap ({how})"), "{check}");
    }
}

#[test]
fn a_place_for_input_that_is_none_is_told() {
    for at in [0, 20 * 65_536, 20 * 65_536 - 10, -1] {
        let alloc = format!("(i32.const {at})");
        let said = Wat { alloc, ..Wat::default() }.failure();
        let begins = format!("`unspin_v1_alloc` gave {}, where no ", at as u32);
        assert!(said.starts_with(&begins) && said.ends_with(" bytes lie in its memory"), "{said}");
    }
}

#[test]
fn output_outside_of_memory_is_told() {
    assert_eq!(
        of("(i64.const 0xffffffff00000008)"),
        "its output of 8 bytes at 4294967295 does not lie in its memory"
    );
    assert_eq!(
        of("(i64.const 0x0013fffc00000008)"),
        "its output of 8 bytes at 1310716 does not lie in its memory"
    );
    assert_eq!(
        of("(i64.const 0x00000400ffffffff)"),
        "its output has 4294967295 bytes, and 4194304 are the limit"
    );
    assert_eq!(of("(i64.const 0)"), "its output is malformed: it ends within findings");
}

#[test]
fn nothing_is_remembered_from_one_document_to_the_next() {
    // It finds a word at the first call of an instance and traps at the second.
    let mut output = 1_u32.to_le_bytes().to_vec();
    output.extend([0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
    crate::guest::put(&mut output, b"the first call");
    output.extend([0; 8]);
    let check = "(if (global.get $calls) (then unreachable)) (global.set $calls (i32.const 1)) \
                 (i64.or (i64.const 0x800000000000) (i64.const OUTPUT))";
    let before = "(global $calls (mut i32) (i32.const 0))".into();
    let wat = Wat { before, check: check.into(), output, ..Wat::default() };
    let rules = unspin_plugins::load("bad", "bad.wasm", &wat.wasm()).unwrap();
    for _ in 0..3 {
        let found = crate::guest::run(rules.clone());
        assert_eq!(
            found.iter().map(|f| f.message.as_str()).collect::<Vec<_>>(),
            ["the first call"]
        );
    }
}

#[test]
fn a_nan_has_one_pattern() {
    // 0/0 made in two ways, of which one has its sign bit set on some machines.
    let nan = "(i64.reinterpret_f64 (f64.div (f64.const 0) (f64.const 0)))";
    let neg =
        "(i64.reinterpret_f64 (f64.add (f64.neg (f64.const nan:0x8000000000001)) (f64.const 1)))";
    let check = format!(
        "(if (i64.ne {nan} (i64.const 0x7ff8000000000000)) (then unreachable)) \
         (if (i64.ne {neg} (i64.const 0x7ff8000000000000)) (then unreachable)) \
         (i64.or (i64.const 0x800000000000) (i64.const OUTPUT))"
    );
    assert_eq!(Wat { check, ..Wat::default() }.findings(), []);
}

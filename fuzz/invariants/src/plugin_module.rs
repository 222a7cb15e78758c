//! Modules of WebAssembly: any bytes, and damage to a sound module.

use std::fmt::Write as _;
use std::sync::LazyLock;

use unspin_plugins::{Limits, load_within};

use crate::damage;
use crate::plugin_output::{believed, description, refused};

/// A module that keeps to the interface: its description lies at 1024, what it finds is nothing, and it counts a while.
static MODULE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let description = description();
    let mut escaped = String::new();
    for byte in &description {
        let _ = write!(escaped, "\\{byte:02x}");
    }
    let text = format!(
        r#"(module (memory (export "memory") 3) (global $made (mut i32) (i32.const 65536)) (table 2 funcref)
          (elem (i32.const 0) $step $step) (type $t (func (param i32) (result i32)))
          (data (i32.const 1024) "{escaped}")
          (func $step (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
          (func (export "unspin_v1_alloc") (param i32) (result i32)
            (global.set $made (i32.add (global.get $made) (i32.const 8))) (global.get $made))
          (func (export "unspin_v1_describe") (result i64)
            (i64.or (i64.const 0x40000000000) (i64.const {})))
          (func (export "unspin_v1_check") (param i32 i32) (result i64) (local i32)
            (loop $again
              (local.set 2 (call_indirect (type $t) (local.get 2) (i32.and (local.get 2) (i32.const 1))))
              (br_if $again (i32.lt_u (local.get 2) (i32.const 50))))
            (i32.store (i32.const 32768) (i32.const 0))
            (memory.fill (i32.const 33000) (i32.const 7) (i32.const 64))
            (i64.or (i64.const 0x800000000000) (i64.const 4))))"#,
        description.len()
    );
    wat::parse_str(text).expect("it is a module")
});

/// Little enough that a module which does not end ends soon.
fn limits() -> Limits {
    Limits { fuel: 100_000, fuel_per_byte: 10, memory: 1 << 20, ..Limits::default() }
}

/// The first byte decides whether the rest is a module, or damage to one.
pub fn check(bytes: &[u8]) {
    let module = damage::given_or_done(&MODULE, bytes);
    match load_within("desk", "desk.wasm", &module, limits()) {
        Ok(rules) => believed(rules),
        Err(error) => refused(&error),
    }
}

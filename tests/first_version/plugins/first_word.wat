;; A plugin without a compiler: one rule, `first-word`, which finds the first four bytes of any text.
;; `crates/plugins/ABI.md` says what the bytes mean.
(module
  (memory (export "memory") 20)
  (data (i32.const 0x400) "\05\00\00\001.0.0\11\00\00\00MIT OR Apache-2.0\01\00\00\00\0a\00\00\00first-word\01\03\f4\01\00\00!\00\00\00The first four letters of a text.\03\00\00\00\04\00\00\00loud\00\01\11\00\00\00whether it shouts\05\00\00\00least\01\03\00\00\00\00\00\00\00\01\00\00\00\00\00\00\00\09\00\00\00\00\00\00\00\15\00\00\00the least that counts\05\00\00\00words\02\01\00\00\00\04\00\00\00quay\10\00\00\00words that count")
  (data (i32.const 0x800) "\01\00\00\00\00\00\00\00\04\00\00\00\b8\0b\00\00\14\00\00\00the text begins here\01\00\00\00\1a\00\00\00every text has a beginning\01\00\00\00\0f\00\00\00begin otherwise\01\01\00\00\00\00\00\00\00\04\00\00\00\04\00\00\00Thus")
  (data (i32.const 0xc00) "\01\00\00\00\01\00\00\00\00\04\00\00\00\01\00\00\00\00\00\00\00\04\00\00\00\04\00\00\00Thus\01\00\00\00\19\00\00\00nothing else is looked at")
  (func (export "unspin_v1_alloc") (param i32) (result i32) (i32.const 0x20000))
  (func (export "unspin_v1_describe") (result i64) (i64.const 0x400_000000e3))
  (func (export "unspin_v1_check") (param i32 i32) (result i64) (i64.const 0x800_00000076))
  (func (export "unspin_v1_explain") (param i32 i32) (result i64) (i64.const 0xc00_00000042)))

#!/usr/bin/env bash
# Builds the plugin in this folder for WebAssembly, lays the module beside and prints where. Takes the Rust toolchain's own target
# if it is installed, else Debian's cross-compiler.
set -euo pipefail
cd "$(dirname "$0")"

target=wasm32-unknown-unknown
# A small stack makes a small memory, and a small memory is quick to set up for each document. No module needs to know
# where it was built.
flags="-C link-arg=-zstack-size=32768 --remap-path-prefix={{source}}= --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}="

libdir() { "$1" --print target-libdir --target "$target" 2>/dev/null || true; }
own="$(libdir rustc)"
if [ -n "$own" ] && [ -d "$own" ]; then
  RUSTFLAGS="$flags" cargo build --release --target "$target"
elif [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && command -v wasm-ld >/dev/null &&
  [ -d "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library/std" ]; then
  # Debian's compiler has no std for the target, so it is built from rust-web-src; then without the text of panics, which
  # nobody would see.
  flags="$flags -Z unstable-options -C panic=immediate-abort"
  RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld RUSTFLAGS="$flags" \
    /usr/bin/cargo build --release -Z build-std=std,panic_abort --target "$target"
else
  echo "build.sh: no Rust compiler here can make $target: run \`rustup target add $target\`, or on Debian" \
    "\`apt-get install rustc-web cargo-web rust-web-src lld\`" >&2
  exit 3
fi
name={{name}}
cp "${CARGO_TARGET_DIR:-target}/$target/release/$name.wasm" .
echo "$PWD/$name.wasm"

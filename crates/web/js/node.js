// For Node: both files lie beside this one, and are read when they are first needed.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as shared from "./linter.js";

export { RuleFault, Session, model, version } from "./linter.js";

let module;

/** Reads the files and starts the module, anew if a fault ended it. */
function start({ wasm, model } = {}) {
  const read = (source, name) => {
    if (source instanceof ArrayBuffer) return new Uint8Array(source);
    return source instanceof Uint8Array ? source : readFileSync(source ?? new URL(name, import.meta.url));
  };
  if (wasm !== undefined) module = wasm instanceof WebAssembly.Module ? wasm : undefined;
  module ??= new WebAssembly.Module(read(wasm, "./unspin_bg.wasm"));
  const bytes = read(model, "./unspin.model");
  const digest = createHash("sha256").update(shared.content(bytes)).digest();
  shared.begin(module, bytes, shared.isDigest(bytes, digest));
}

function ensure() {
  if (!shared.isLoaded()) start();
}

/** Starts the module; in Node nobody needs to, but after a fault. `wasm` and `model` may be bytes, URLs or paths. */
export async function load(sources) {
  if (sources !== undefined || !shared.isLoaded()) start(sources);
}

export class Linter extends shared.Linter {
  constructor(options) {
    ensure();
    super(options);
  }
}

export function entries(name, bytes, told) {
  ensure();
  return shared.entries(name, bytes, told);
}

const checked = shared.checker(start);

export function check(text, options) {
  ensure();
  return checked(text, options);
}

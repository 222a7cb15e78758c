// For browsers and bundlers: both files are fetched, each by itself, so that each is kept by itself.
import * as shared from "./linter.js";

export { Linter, RuleFault, Session, entries, model, version } from "./linter.js";

let module;

/** Fetches what is not there yet and starts the module; after a fault it starts it anew. */
export async function load({ wasm, model } = {}) {
  if (wasm === undefined && model === undefined && shared.isLoaded()) return;
  if (wasm !== undefined) module = undefined;
  const [compiled, bytes] = await Promise.all([
    module ?? compile(wasm ?? new URL("./unspin_bg.wasm", import.meta.url)),
    read(model ?? new URL("./unspin.model", import.meta.url)),
  ]);
  module = compiled;
  // Where the page is not from a secure place, the module does it by itself.
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", shared.content(bytes));
  shared.begin(module, bytes, digest !== undefined && shared.isDigest(bytes, new Uint8Array(digest)));
}

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  const response = await fetched(source);
  if (!(response instanceof Response)) return WebAssembly.compile(await unpacked(source));
  // A server that does not know the type of the file is no reason not to work.
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/wasm") && WebAssembly.compileStreaming !== undefined) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await unpacked(await response.arrayBuffer()));
}

async function read(source) {
  const response = await fetched(source);
  return unpacked(response instanceof Response ? await response.arrayBuffer() : source);
}

/** A response to a URL; anything else is what it is. */
async function fetched(source) {
  const isPlace = source instanceof URL || typeof source === "string";
  const response = isPlace ? await fetch(source) : source;
  if (response instanceof Response && !response.ok) {
    throw new Error(`${response.url} cannot be fetched: ${response.status} ${response.statusText}`);
  }
  return response;
}

/** The bytes, unpacked if they are gzip's: a place for files may not pack them on the way. */
async function unpacked(source) {
  const isView = ArrayBuffer.isView(source);
  const bytes = isView ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

let linter;

/** Checks under the usual settings, once `load` is done. */
export function check(text, options) {
  if (linter === undefined || !shared.isLoaded()) linter = new shared.Linter();
  try {
    return linter.check(text, options);
  } catch (error) {
    if (error instanceof shared.RuleFault) linter = undefined;
    throw error;
  }
}

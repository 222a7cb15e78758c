// What Node and browsers share: classes over the functions of the module.
//
// A fault ends the instance of the module (a trap; nothing can be caught inside). What is known of it stands in the
// memory of the dead instance, and is read here. Whatever belonged to that instance refuses to work from then on.
import * as glue from "./unspin.js";
import { model, version } from "./made.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The living instance, or `undefined`; every other one is dead. */
let instance;

/** A rule that failed, and took the instance of the module with it. */
export class RuleFault extends Error {
  constructor(rule, message, cause) {
    super(`${rule === null ? "unspin" : `the rule ${rule}`} failed on this text: ${message}`, { cause });
    this.name = "RuleFault";
    this.rule = rule;
    this.fault = message;
  }
}

/** Whether there is a living instance. */
export const isLoaded = () => instance !== undefined;

/** What the digest of a model is taken of: its bytes after the header. */
export const content = (bytes) => bytes.subarray(64);

/** Whether a digest is the one that stands in the header of a model. */
export const isDigest = (bytes, digest) => digest.length === 32 && digest.every((byte, at) => byte === bytes[24 + at]);

/**
 * Takes a compiled module and the bytes of the model, `verified` if their digest was compared. Linters of an earlier
 * instance work no more.
 */
export function begin(module, bytes, verified) {
  instance = undefined;
  if (begun) glue.__wbg_reset_state();
  const exports = glue.initSync({ module });
  begun = true;
  glue.start(bytes, verified);
  instance = { memory: exports.memory, rule: glue.place_of_rule(), panic: glue.place_of_panic() };
}
let begun = false;

/** Calls the module; a trap becomes a `RuleFault`. */
function call(work, own = instance) {
  if (instance === undefined || own !== instance) {
    const isDead = own !== undefined;
    throw new Error(
      isDead
        ? "this linter ended with a fault: load() again and make another"
        : "unspin is not loaded: await load() first",
    );
  }
  try {
    return work();
  } catch (error) {
    // What our own functions throw is an Error and no more than that.
    const trapped = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    if (!trapped) throw error;
    const { memory, rule, panic } = instance;
    instance = undefined;
    const id = noted(memory, rule);
    throw new RuleFault(id === "" ? null : id, noted(memory, panic) || String(error.message), error);
  }
}

function noted(memory, place) {
  const bytes = new Uint8Array(memory.buffer, place);
  return decoder.decode(bytes.slice(0, bytes.indexOf(0)));
}

function encoded(text, what = "the text") {
  if (typeof text === "string") return encoder.encode(text);
  if (text instanceof Uint8Array) return text;
  throw new TypeError(`${what} must be a string or a Uint8Array`);
}

const asked = (options) => (options === undefined ? "" : JSON.stringify(options));

/** Rules under settings. */
export class Linter {
  #host;
  #instance;
  #problems;

  constructor(options) {
    this.#instance = instance;
    this.#host = call(() => new glue.Host(asked(options)));
    this.#problems = JSON.parse(this.#call((host) => host.problems()));
  }

  #call(work) {
    if (this.#host === undefined) throw new Error("this linter was freed");
    return call(() => work(this.#host), this.#instance ?? null);
  }

  get problems() {
    return this.#problems;
  }

  check(text, options) {
    return JSON.parse(this.checkJson(text, options));
  }

  checkJson(text, options) {
    return this.#call((host) => host.check(encoded(text), asked(options)));
  }

  checkFile(name, bytes) {
    return JSON.parse(this.#call((host) => host.check_file(name, encoded(bytes, "the file"))));
  }

  fix(text, options) {
    return JSON.parse(this.#call((host) => host.fix(encoded(text), asked(options))));
  }

  render(text, format, options) {
    return this.#call((host) => host.render(encoded(text), format, asked(options)));
  }

  compare(original, reworded, options) {
    const { comparison, files } = JSON.parse(this.renderComparison(original, reworded, "json", options));
    return { ...comparison, report: files[0], originalReport: files[1] };
  }

  renderComparison(original, reworded, format, options) {
    return this.#call((host) => host.compare(encoded(original), encoded(reworded), format, asked(options)));
  }

  session(options) {
    return new Session(this.#call((host) => host.session(asked(options))), this.#instance);
  }

  rules() {
    return JSON.parse(this.#call((host) => host.rules()));
  }

  testPack() {
    return JSON.parse(this.#call((host) => host.test()));
  }

  free() {
    const host = this.#host;
    this.#host = undefined;
    // What belonged to a dead instance is gone with its memory.
    if (host !== undefined && this.#instance === instance) host.free();
  }
}

/** A text that somebody is writing; `Linter.session` makes it. */
export class Session {
  #writing;
  #instance;

  constructor(writing, own) {
    this.#writing = writing;
    this.#instance = own;
  }

  #call(work) {
    if (this.#writing === undefined) throw new Error("this session was freed");
    return JSON.parse(call(() => work(this.#writing), this.#instance));
  }

  glance(text) {
    return this.#call((writing) => writing.glance(encoded(text)));
  }

  settle(text) {
    return this.#call((writing) => writing.settle(encoded(text)));
  }

  free() {
    const writing = this.#writing;
    this.#writing = undefined;
    if (writing !== undefined && this.#instance === instance) writing.free();
  }
}

/** The texts of a file. Without `told`, the first that cannot be read is thrown. */
export function entries(name, bytes, told) {
  const found = JSON.parse(call(() => glue.entries_of(name, encoded(bytes, "the file"))));
  return found.filter((entry) => {
    if (entry.error === undefined) return true;
    if (told === undefined) throw new Error(entry.error);
    told(entry.error);
    return false;
  });
}

/** Checks with a linter that is made when it is needed, and made anew without a rule that fails. */
export function checker(reload) {
  let linter;
  let failed = [];
  return (text, options) => {
    for (;;) {
      try {
        linter ??= new Linter(failed.length === 0 ? undefined : { failed });
        return linter.check(text, options);
      } catch (error) {
        if (!(error instanceof RuleFault)) throw error;
        linter = undefined;
        // A text may ask more of one rule than it can do; of the others it is told all.
        const isNew = error.rule !== null && !failed.includes(error.rule);
        reload();
        if (!isNew) throw error;
        failed = [...failed, error.rule];
      }
    }
  };
}

export { model, version };

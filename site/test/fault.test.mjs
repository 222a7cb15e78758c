// A rule that fails ends the engine, and not the page: once with a module that is made to trap, and once with an engine
// that has a rule which panics on demand (crates/web/build --fault), in a site of its own.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { after, test } from "node:test";

import { dist, marked, paste, Reader } from "./reader.mjs";

const readers = [];
after(() => Promise.all(readers.map((reader) => reader.close())));

async function opened(folder) {
  const reader = new Reader();
  readers.push(reader);
  await reader.open({ folder });
  return reader;
}

/** Runs in the worker before its script: the module traps at a word, with a rule's name where it stands in memory. */
function trapping() {
  const Instance = WebAssembly.Instance;
  WebAssembly.Instance = function (module, imports) {
    const { exports } = new Instance(module, imports);
    const guarded = (call) => (result, self, from, length) => {
      const bytes = new Uint8Array(exports.memory.buffer);
      if (
        new TextDecoder().decode(bytes.slice(from, from + length)).includes("fault-on-demand") &&
        !globalThis.isWarned
      ) {
        bytes.set(new TextEncoder().encode("doubled-word\0"), exports.place_of_rule());
        throw new WebAssembly.RuntimeError("unreachable");
      }
      return call(result, self, from, length);
    };
    const { writing_glance: glance, writing_settle: settle, host_new: make } = exports;
    const host_new = (result, from, length) => {
      const bytes = new Uint8Array(exports.memory.buffer);
      globalThis.isWarned = /"failed":\["doubled-word"\]/.test(
        new TextDecoder().decode(bytes.slice(from, from + length)),
      );
      return make(result, from, length);
    };
    return { exports: { ...exports, writing_glance: guarded(glance), writing_settle: guarded(settle), host_new } };
  };
}

async function survives(tab, rule) {
  await paste(tab, "The boats wait withinside the harbour.");
  await tab.locator("#text mark").waitFor();
  await paste(tab, "The boats wait withinside the harbour of fault-on-demand.");
  const notice = tab.getByRole("alert").filter({ hasText: "stopped the engine" });
  await notice.waitFor();
  assert.match(await notice.textContent(), rule);
  await tab.locator("#text mark").first().waitFor();
  assert.ok((await marked(tab)).includes("withinside"));
  await tab.keyboard.press("Control+End");
  await tab.keyboard.type(" It is withinside again.");
  await tab.waitForFunction(() => document.querySelector("#text").shadowRoot.querySelectorAll("mark").length >= 2);
  assert.equal(await tab.getByRole("alert").filter({ hasText: "stopped the engine" }).count(), 1);
  assert.deepEqual([tab.told, tab.asked.filter((address) => !/worker-[\w-]+\.js$/.test(address))], [[], []]);
}

test("a module that traps: the rule is named and left out, and all goes on", async () => {
  const reader = await opened(dist);
  const tab = await reader.desk("", {
    route: [
      "**/worker-*.js",
      async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `(${trapping})();\n${await response.text()}` });
      },
    ],
  });
  await survives(tab, /^The rule doubled-word stopped the engine, which was started again without it/);
});

const folder = resolve(import.meta.dirname, "../dist-fault");
const missing = existsSync(folder)
  ? false
  : "SKIPPED: no site with an engine that fails on demand (.ci/site builds it)";
if (missing) process.stderr.write(`${missing}\n`);

test("a rule that panics: it is named and left out, and all goes on", { skip: missing }, async () => {
  const reader = await opened(folder);
  await survives(await reader.desk(), /^The rule [a-z-]+ stopped the engine, which was started again without it/);
});

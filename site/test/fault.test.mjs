// A rule that fails ends the engine, and not the page. The engine here is one that fails on demand (crates/web/build
// --fault), in a site of its own.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, test } from "node:test";

import { marked, paste, Reader } from "./reader.mjs";

const folder = resolve(import.meta.dirname, "../dist-fault");
const missing = existsSync(folder) ? false : "SKIPPED: no site with an engine that fails on demand (.ci/site builds it)";
if (missing) process.stderr.write(`${missing}\n`);

const reader = new Reader();
before(() => missing || reader.open({ folder }));
after(() => reader.close());

test("the rule is named and left out, and all goes on without the network", { skip: missing }, async () => {
  const tab = await reader.desk();
  await paste(tab, "The boats wait withinside the harbour.");
  await tab.locator("#text mark").waitFor();
  await paste(tab, "The boats wait withinside the harbour of fault-on-demand.");
  const notice = tab.getByRole("alert").filter({ hasText: "stopped the engine" });
  await notice.waitFor();
  assert.match(await notice.textContent(), /The rule [a-z-]+ stopped the engine, which was started again without it/);
  await tab.locator("#text mark").first().waitFor();
  assert.ok((await marked(tab)).includes("withinside"));
  await tab.keyboard.press("Control+End");
  await tab.keyboard.type(" It is withinside again.");
  await tab.waitForFunction(() => document.querySelector("#text").shadowRoot.querySelectorAll("mark").length >= 2);
  assert.deepEqual([tab.told, tab.asked.filter((address) => !/worker-[\w-]+\.js$/.test(address))], [[], []]);
});

// Two texts beside each other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";

import { expectAccessible, lines, marked, paste, picture, Reader, root } from "./reader.mjs";

const reader = new Reader();
before(() => reader.open());
afterEach(() => reader.tidy());
after(() => reader.close());

const [CLEAN, SPUN] = ["ferry_clean.txt", "ferry_spun.txt"].map((name) =>
  readFileSync(join(root, "tests/corpus", name), "utf8"),
);

async function compared(options) {
  const tab = await reader.desk("#compare", options);
  await paste(tab, CLEAN, "#original");
  await paste(tab, SPUN);
  await tab.locator("#compare-findings .finding").first().waitFor();
  return tab;
}

test("every change is marked in both texts, told and mended with the original's words", async () => {
  const tab = await compared();
  assert.equal(
    await tab.locator("#compare-verdict .verdict").textContent(),
    "One text comes from the other, or both from a third.",
  );
  const [old, now] = [await marked(tab, "#original"), await marked(tab)];
  assert.ok(old.includes("loan") && now.includes("mortgage"));
  assert.ok(now.length > 60, `${now.length} changes`);
  const finding = tab
    .locator("#compare-findings .finding", { hasText: '"mortgage" is "loan" in the original' })
    .first();
  await finding.getByRole("button", { name: 'replace with "loan"' }).click();
  await tab.waitForFunction(() => {
    const lines = [...document.querySelector("#text").shadowRoot.querySelectorAll(".cm-line")];
    return (
      lines[0].textContent === "Ferry operator seeks new loan as passengers live away" &&
      lines[0].querySelectorAll("mark").length === 1
    );
  });
  await tab.getByRole("button", { name: "Undo" }).click();
  assert.match((await lines(tab))[0], /new mortgage as/);
  assert.deepEqual([tab.told, tab.asked], [[], []]);
});

test("whoever looks at a change sees its other side", async () => {
  const tab = await compared();
  await tab.locator("#compare-findings .finding").first().locator(".phrase").focus();
  assert.equal(await tab.locator("#original .cm-lit").textContent(), "loan");
  assert.equal(await tab.locator("#text .cm-lit").textContent(), "mortgage");
});

test("kinds and severities can be hidden", async () => {
  const tab = await compared();
  await tab.locator(".filters summary").click();
  await tab.locator('#compare-filters input[value="replaced-wording"]').uncheck();
  const left = await tab
    .locator("#compare-findings .finding")
    .evaluateAll((all) => all.map((each) => each.dataset.rule));
  assert.ok(left.length > 0 && !left.includes("replaced-wording"));
  assert.equal((await marked(tab)).length, left.filter((rule) => !rule.startsWith("dropped")).length);
});

test("texts that have nothing to do with each other are said to", async () => {
  const tab = await reader.desk("#compare");
  await paste(tab, CLEAN, "#original");
  await paste(
    tab,
    "A library will open on Sundays from the autumn, the council said. Loans of books are up by a fifth on last year.",
  );
  await tab.getByText("Not derived: they share too little").waitFor();
  assert.deepEqual(await marked(tab), []);
});

test("what is checked and what is compared is the same text", async () => {
  const tab = await compared();
  await tab.getByRole("link", { name: "Check", exact: true }).click();
  await tab.locator("#check-verdict .verdict").waitFor();
  assert.ok((await lines(tab))[0].startsWith("Ferry operator seeks new mortgage"));
  assert.equal(await tab.locator("#original").isVisible(), false);
  await tab.getByRole("link", { name: "Compare" }).click();
  await tab.locator("#original mark", { hasText: "loan" }).first().waitFor();
});

for (const [colorScheme, width] of [
  ["light", 1280],
  ["dark", 1280],
  ["light", 390],
  ["dark", 390],
]) {
  test(`axe finds nothing: ${colorScheme}, ${width} wide`, async () => {
    const tab = await compared({ colorScheme, viewport: { width, height: 900 } });
    await expectAccessible(tab);
    await tab.evaluate(() => scrollTo(0, 0));
    await picture(tab, `compare-${colorScheme}-${width}`, true);
  });
}

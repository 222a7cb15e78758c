// Files that come in by dropping and choosing, and reports that go out.
import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { docx } from "./docx.mjs";
import { lines, marked, paste, Reader, root } from "./reader.mjs";

const reader = new Reader();
before(() => reader.open());
afterEach(() => reader.tidy());
after(() => reader.close());

/** Drops a file onto a part of the page. */
async function drop(tab, name, bytes, where = "#text") {
  await tab.evaluate(
    ([selector, title, numbers]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(numbers)], title));
      const target = document.querySelector(selector);
      target.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }));
      target.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [where, name, [...bytes]],
  );
}

const bytes = (text) => Buffer.from(text);

test("a Word document that is dropped is read and checked", async () => {
  const tab = await reader.desk();
  await drop(tab, "story.docx", docx(["The boats wait withinside the harbour.", "Café & <b>bold</b> words."]));
  await tab.locator("#text mark").waitFor();
  assert.deepEqual(await marked(tab), ["withinside"]);
  const all = (await lines(tab)).filter(Boolean);
  assert.deepEqual(all, ["The boats wait withinside the harbour.", "Café & <b>bold</b> words."]);
  assert.deepEqual([tab.told, tab.asked], [[], []]);
});

test("Markdown and HTML that are dropped are read as such", async () => {
  const tab = await reader.desk();
  await drop(tab, "story.md", bytes("# Boats\n\n`withinside` is code, and they lie withinside the walls.\n"));
  await tab.locator("#text mark").waitFor();
  assert.equal(await tab.locator("#markup").inputValue(), "markdown");
  assert.deepEqual(await marked(tab), ["withinside"]);
  await drop(tab, "page.html", bytes("<p>The boats <b>lie</b> withinside the walls.</p><script>alert(1)</script>\n"));
  await tab.waitForFunction(() => document.querySelector("#markup").value === "html");
  assert.match((await lines(tab))[0], /^<p>The boats <b>lie<\/b> withinside/);
  assert.deepEqual(tab.told, []);
});

test("a file that is dropped on the original goes there", async () => {
  const tab = await reader.desk("#compare");
  await drop(tab, "old.txt", bytes("The boats wait in the harbour.\n"), "#original");
  await tab.waitForFunction(() => document.querySelector("#original").shadowRoot.textContent.includes("harbour"));
  assert.doesNotMatch((await lines(tab)).join(""), /The boats/);
});

test("a file of several texts asks which is meant, and a broken one is told", async () => {
  const tab = await reader.desk();
  const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>${["north", "south"]
    .map(
      (quay) =>
        `<item><title>The ${quay} quay</title><description>The boats wait withinside the ${quay} quay.</description></item>`,
    )
    .join("")}</channel></rss>`;
  await drop(tab, "feed.rss", bytes(feed));
  const dialog = tab.getByRole("dialog");
  await dialog.waitFor();
  await dialog.getByRole("button", { name: /south/ }).first().click();
  await tab.waitForFunction(() => document.querySelector("#text").shadowRoot.textContent.includes("south quay"));
  await drop(tab, "broken.docx", bytes("this is no archive"));
  await tab.getByRole("alert").filter({ hasText: "broken.docx could not be read" }).waitFor();
  assert.deepEqual(tab.told, []);
});

test("a file can be chosen, too", async () => {
  const tab = await reader.desk();
  const chosen = tab.waitForEvent("filechooser");
  await tab.getByRole("button", { name: "Open a file" }).click();
  await (await chosen).setFiles(join(root, "tests/corpus/ferry_spun.txt"));
  await tab.locator("#text mark").first().waitFor();
  assert.match((await lines(tab))[0], /^Ferry operator/);
});

async function exported(tab, name) {
  await tab.getByText("Export", { exact: true }).click();
  const [download] = await Promise.all([tab.waitForEvent("download"), tab.getByRole("button", { name }).click()]);
  const path = await download.path();
  return { name: download.suggestedFilename(), text: readFileSync(path, "utf8"), path };
}

test("reports are those of the command line: JSON, SARIF, and a page by itself", async () => {
  const tab = await reader.desk("#example-ferry");
  await tab.locator("#text mark").first().waitFor();
  const json = JSON.parse((await exported(tab, "JSON")).text);
  assert.equal(json.schema, 1);
  assert.equal(json.files[0].verdict.level, "reworded");
  assert.equal(json.files[0].findings.length, (await marked(tab)).length);
  const sarif = JSON.parse((await exported(tab, "SARIF")).text);
  assert.equal(sarif.version, "2.1.0");
  assert.equal(sarif.runs[0].results.length, json.files[0].findings.length);
  const page = await exported(tab, /HTML/);
  assert.equal(page.name, "unspin.html");
  const other = await reader.browser.newPage();
  const told = [];
  other.on("request", (request) => told.push(request.url()));
  other.on("console", (message) => told.push(message.text()));
  const file = `${page.path}.html`;
  copyFileSync(page.path, file);
  await other.goto(pathToFileURL(file).href);
  assert.equal(await other.locator(".finding").count(), json.files[0].findings.length);
  assert.equal(told.length, 1, "it fetches nothing but itself");
  assert.deepEqual([tab.told, tab.asked.filter((address) => !address.startsWith("blob:"))], [[], []]);
});

test("the record of a comparison is a page, too", async () => {
  const tab = await reader.desk("#compare");
  await paste(tab, readFileSync(join(root, "tests/corpus/ferry_clean.txt"), "utf8"), "#original");
  await paste(tab, readFileSync(join(root, "tests/corpus/ferry_spun.txt"), "utf8"));
  await tab.locator("#compare-findings .finding").first().waitFor();
  const json = JSON.parse((await exported(tab, "JSON")).text);
  assert.equal(json.comparison.relation, "derived");
  const { text } = await exported(tab, /HTML/);
  assert.match(text, /<del>|class="side original/);
});

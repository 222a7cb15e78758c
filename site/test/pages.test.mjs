// Guides, methods and the catalogue, as they were built.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { after, afterEach, before, test } from "node:test";

import { dist, expectAccessible, picture, Reader } from "./reader.mjs";

const reader = new Reader();
before(() => reader.open());
afterEach(() => reader.tidy());
after(() => reader.close());

const pages = readdirSync(dist, { recursive: true }).filter((name) => name.endsWith(".html"));

test("every page has the policy, no script or style of its own, and an outline", () => {
  assert.ok(pages.length > 40, `${pages.length} pages`);
  for (const page of pages) {
    const html = readFileSync(join(dist, page), "utf8");
    const policy = html.match(/<meta http-equiv="Content-Security-Policy" content="([^"]+)">/)?.[1] ?? "";
    assert.ok(policy.startsWith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"), page);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'.*'unsafe-eval|\*|https?:/, page);
    assert.doesNotMatch(html, /<style|<script(?![^>]* src=)|\son\w+=|\sstyle=/, page);
    assert.equal(html.match(/<h1/g)?.length, 1, `${page} has one heading of the first level`);
    assert.match(html, /<html lang="en">/);
  }
});

test("every link and every file that a page names is there", () => {
  const dead = [];
  for (const page of pages) {
    const html = readFileSync(join(dist, page), "utf8");
    for (const [, address] of html.matchAll(/ (?:href|src)="([^"]+)"/g)) {
      if (/^(https?|data):/.test(address)) continue;
      assert.ok(!address.startsWith("/"), `${page}: ${address} works from the root alone`);
      const [path, anchor] = address.split("#");
      const file = path === "" ? join(dist, page) : resolve(dist, dirname(page), path);
      const isHand = relative(dist, file) === "index.html";
      if (!existsSync(file)) dead.push(`${page}: ${address}`);
      else if (anchor && !isHand && !readFileSync(file, "utf8").includes(`id="${anchor}"`))
        dead.push(`${page}: ${address}`);
    }
  }
  assert.deepEqual(dead, []);
});

test("the catalogue has a page for every rule, and the desk leads to them", async () => {
  const tab = await reader.tab("rules/index.html");
  const names = await tab.locator(".catalogue dt a").allTextContents();
  assert.ok(names.length >= 30 && names.includes("garbled-word") && names.includes("changed-quotation"));
  const files = readdirSync(join(dist, "rules")).filter((name) => name !== "index.html");
  assert.deepEqual(files.map((name) => name.replace(".html", "")).sort(), [...names].sort());
  await tab.getByRole("link", { name: "garbled-word" }).first().click();
  await tab.waitForURL(/garbled-word\.html$/);
  assert.equal(await tab.locator("h1").textContent(), "garbled-word");
  assert.deepEqual(tab.told, []);
  const desk = await reader.desk("#example-ferry");
  const link = desk.locator("#check-findings a.rule", { hasText: "garbled-word" }).first();
  const [opened] = await Promise.all([desk.context().waitForEvent("page"), link.click()]);
  await opened.waitForLoadState();
  assert.equal(await opened.locator("h1").textContent(), "garbled-word");
});

test("the methods page has the published figures and their limits", async () => {
  const tab = await reader.tab("methods.html");
  const text = (await tab.locator("main").textContent()).replace(/\s+/g, " ");
  for (const words of [
    "reworded articles, 309 annotated passages",
    "verdict on 3,207 clean articles",
    "never says who wrote a text",
  ]) {
    assert.ok(text.includes(words), words);
  }
  assert.ok(await tab.getByRole("heading", { name: "Known limits" }).isVisible());
  assert.ok((await tab.locator("main table tr").count()) > 30);
});

for (const page of [
  "rules/garbled-word.html",
  "rules/index.html",
  "methods.html",
  "guide/index.html",
  "guide/packs-reference.html",
]) {
  for (const [colorScheme, width] of [
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ]) {
    test(`axe finds nothing on ${page}: ${colorScheme}, ${width} wide`, async () => {
      const tab = await reader.tab(page, { colorScheme, viewport: { width, height: 900 } });
      await expectAccessible(tab);
      await picture(tab, `${page.replace(/\W+/g, "-")}-${colorScheme}-${width}`);
      assert.deepEqual(tab.told, []);
    });
  }
}

test("without script guides are there to read", async () => {
  const tab = await reader.tab("guide/settings.html", { javaScriptEnabled: false });
  assert.ok(await tab.getByRole("heading", { level: 1 }).isVisible());
  await tab.getByRole("link", { name: "Repairs" }).click();
  await tab.waitForURL(/fixes\.html$/);
  assert.deepEqual(tab.told, []);
});

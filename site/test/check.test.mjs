// One text, as somebody checks it on the page.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";

import { expectAccessible, lines, marked, paste, picture, Reader, root } from "./reader.mjs";

const reader = new Reader();
before(() => reader.open());
afterEach(() => reader.tidy());
after(() => reader.close());

const SPUN = readFileSync(join(root, "tests/corpus/ferry_spun.txt"), "utf8");
const findings = (tab) => tab.locator("#check-findings .finding");

/** Does something to the text, and waits until it was checked again. */
async function settled(tab, act) {
  await tab.evaluate(() => delete document.documentElement.dataset.shown);
  await act();
  await tab.waitForSelector("html[data-shown]");
}

/** The article that `seeds` has with a phrase in it; there are none in the repository. */
function seed(phrase) {
  const folder = join(process.env.UNSPIN_SHARED ?? join(root, "../shared"), "seeds");
  if (!existsSync(folder)) return undefined;
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.find((text) => text.includes(phrase));
}

const article = seed("highbrow property");
const missing = article ? false : "SKIPPED: no seed article (UNSPIN_SHARED names the folder that holds seeds/)";
if (missing) process.stderr.write(`${missing}\n`);

test("the seed article: the term is marked, its fix made, and taken back", { skip: missing }, async () => {
  const tab = await reader.desk();
  await paste(tab, article);
  await tab.keyboard.press("Control+Home");
  const mark = tab.locator("#text mark", { hasText: "highbrow property" }).first();
  await mark.waitFor();
  const finding = findings(tab).filter({ hasText: "highbrow property" }).first();
  const line = await mark.evaluate((element) => element.closest(".cm-line").textContent);
  /** The line as it is now, and whether the term is marked in it. */
  const becomes = (wanted, isMarked) =>
    tab.waitForFunction(
      ([text, marked]) => {
        const lines = [...document.querySelector("#text").shadowRoot.querySelectorAll(".cm-line")];
        const line = lines.find(({ textContent }) => textContent === text);
        return (
          line && [...line.querySelectorAll("mark")].some((each) => each.textContent === "highbrow property") === marked
        );
      },
      [wanted, isMarked],
    );
  await finding.getByRole("button", { name: 'replace with "intellectual property"' }).click();
  await becomes(line.replace("highbrow property", "intellectual property"), false);
  await tab.getByRole("button", { name: "Undo" }).click();
  await becomes(line, true);
  assert.match(await tab.locator("#check-verdict .verdict").textContent(), /^Marks of automatic rewording/);
  assert.deepEqual([tab.told, tab.asked], [[], []]);
});

test("the verdict names its figures and the marks that led to it, and they lead into the text", async () => {
  const tab = await reader.desk();
  await paste(tab, SPUN);
  await findings(tab).first().waitFor();
  assert.equal(await tab.locator("#check-verdict .verdict").textContent(), "Marks of automatic rewording.");
  assert.match(await tab.locator("#check-verdict .figures").textContent(), /^Score 0\.\d\d, \d+ marks in 277 words/);
  const leading = tab.locator(".leading .phrase").first();
  const words = await leading.textContent();
  await leading.click();
  const selected = await tab.evaluate(() => {
    const root = document.querySelector("#text").shadowRoot;
    return [root.activeElement?.className ?? "", String(getSelection())];
  });
  assert.match(selected[0], /cm-content/);
  const strip = tab.locator("#strip svg");
  assert.match(await strip.getAttribute("aria-label"), /^Where the \d+ findings lie/);
  const drawn = await strip.locator("path.warning").getAttribute("d");
  assert.ok(drawn.match(/M/g).length > 10);
  assert.ok((await marked(tab)).includes(words), words);
});

test("marks follow what is written, and what is clean has none", async () => {
  const tab = await reader.desk();
  await settled(tab, () => paste(tab, "The boats wait in the harbour."));
  assert.deepEqual(await marked(tab), []);
  await tab.keyboard.press("Control+End");
  await tab.keyboard.type(" They lie withinside the walls.");
  await tab.locator("#text mark").waitFor();
  assert.deepEqual(await marked(tab), ["withinside"]);
  await tab.keyboard.press("Control+Home");
  await settled(tab, () => tab.keyboard.type("Today: "));
  assert.deepEqual(await marked(tab), ["withinside"]);
  assert.deepEqual([tab.told, tab.asked], [[], []]);
});

test("a mark tells its reason under the pointer and by keyboard, and its fix is taken from there", async () => {
  const tab = await reader.desk();
  await paste(tab, SPUN);
  const mark = tab.locator("#text mark", { hasText: "misplaced" }).first();
  await mark.waitFor();
  const card = tab.locator("#text .card");
  await mark.hover();
  await card.waitFor();
  assert.match(await card.textContent(), /reads as a substitution for "lost"/);
  await picture(tab, "check-card");
  await tab.mouse.move(0, 0);
  await card.waitFor({ state: "detached" });

  await tab.locator("#text .cm-content").focus();
  await tab.keyboard.press("Control+Home");
  await tab.keyboard.press("F8");
  await card.waitFor();
  assert.match(await tab.locator("#said").textContent(), /^1 of \d+: (error|warning|note), /);
  await tab.keyboard.press("F8");
  assert.match(await tab.locator("#said").textContent(), /^2 of \d+: /);
  await tab.keyboard.press("Shift+F8");
  assert.match(await tab.locator("#said").textContent(), /^1 of \d+: /);
  // The first without a fix leads to its rule; the next has one.
  await tab.keyboard.press("F8");
  const before = await tab.locator("#text .cm-content").textContent();
  await tab.keyboard.press("Alt+Enter");
  await tab.waitForFunction(() => document.querySelector("#text").shadowRoot.activeElement?.matches("button"));
  const title = await tab.evaluate(() => document.querySelector("#text").shadowRoot.activeElement.textContent);
  await tab.keyboard.press("Enter");
  const word = title.match(/"(.*)"/)[1];
  await tab.waitForFunction(() => document.querySelector("#said").textContent.startsWith("Done"));
  assert.ok((await tab.locator("#text .cm-content").textContent()).includes(word));
  await tab.keyboard.press("Control+z");
  assert.equal(await tab.locator("#text .cm-content").textContent(), before);
  await tab.keyboard.press("F8");
  await card.waitFor();
  await tab.keyboard.press("Escape");
  await card.waitFor({ state: "detached" });
  assert.deepEqual([tab.told, tab.asked], [[], []]);
});

test("safe fixes are made at once and taken back at once", async () => {
  const tab = await reader.desk();
  await paste(tab, SPUN);
  const button = tab.locator("#fix-safe");
  await tab.waitForFunction(() => !document.querySelector("#fix-safe").disabled);
  const before = await lines(tab);
  await button.click();
  await tab.getByText(/^\d+ made\. Undo takes them back/).waitFor({ state: "attached" });
  const after = await lines(tab);
  assert.notDeepEqual(after, before);
  await tab.locator("#undo").click();
  assert.deepEqual(await lines(tab), before);
  await tab.locator("#redo").click();
  assert.deepEqual(await lines(tab), after);
});

test("filters by severity and family hide findings in the list and in the text", async () => {
  const tab = await reader.desk();
  await paste(tab, SPUN);
  await findings(tab).first().waitFor();
  const all = (await marked(tab)).length;
  await tab.locator(".filters summary").click();
  await tab.locator('#check-filters input[value="warning"]').uncheck();
  assert.equal(await tab.locator("#text mark.warning").count(), 0);
  assert.equal(await tab.locator("#check-findings .finding.warning").count(), 0);
  const rest = (await marked(tab)).length;
  assert.ok(rest > 0 && rest < all, `${rest} of ${all}`);
  assert.match(await tab.locator("#check-findings .result").textContent(), /^\d+ of \d+ findings shown\.$/);
  await tab.locator('#check-filters input[value="phrases"]').uncheck();
  assert.ok((await marked(tab)).length < rest);
  await tab.locator('#check-filters input[value="warning"]').check();
  await tab.locator('#check-filters input[value="phrases"]').check();
  assert.equal((await marked(tab)).length, all);
});

test("examples are a click away, and an address leads to one", async () => {
  const tab = await reader.desk();
  await tab.getByText("Examples", { exact: true }).click();
  await tab.getByRole("button", { name: "Notes in Markdown" }).click();
  await tab.locator("#text mark").first().waitFor();
  assert.equal(await tab.locator("#markup").inputValue(), "markdown");
  assert.deepEqual(await marked(tab), ["withinside", "with the aid of using"]);
  const other = await reader.desk("#example-ferry");
  await other.locator("#text mark").first().waitFor();
  assert.ok((await lines(other))[0].startsWith("Ferry operator"));
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    test(`axe finds nothing: ${colorScheme}, ${width} wide`, async () => {
      const tab = await reader.desk("", { colorScheme, viewport: { width, height: 900 } });
      await expectAccessible(tab);
      await paste(tab, SPUN);
      await findings(tab).first().waitFor();
      await tab.locator(".filters summary").click();
      await expectAccessible(tab);
      await picture(tab, `check-${colorScheme}-${width}`);
      await tab.locator("#text .cm-content").focus();
      await tab.keyboard.press("F8");
      await expectAccessible(tab);
      await picture(tab, `check-card-${colorScheme}-${width}`);
    });
  }
}

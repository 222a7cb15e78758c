// The page of `unspin check --format html`, as a browser shows it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { Desk, expectAccessible, picture, shown, tabTo } from "./desk.mjs";

const desk = new Desk();
let sentences;
let whole;

before(async () => {
  sentences = desk.page("sentences.html", "desk");
  whole = desk.page("whole.html", "--full", "desk");
  await desk.open();
});
after(() => desk.close());

for (const [name, page] of [
  ["sentences", () => sentences],
  ["whole texts", () => whole],
]) {
  test(`${name}: nothing is asked for and nothing goes wrong`, async () => {
    const tab = await desk.tab(page().address);
    await tab.mouse.wheel(0, 4000);
    await tab.waitForTimeout(200);
    assert.deepEqual(tab.told, []);
    assert.equal(await tab.evaluate(() => document.scripts.length), 1);
    assert.equal(await tab.locator("img").count(), 0);
  });

  test(`${name}: marks are the words that the JSON format names`, async () => {
    const tab = await desk.tab(page().address);
    const found = await tab.evaluate(() => {
      const texts = [...document.querySelectorAll("article.text")];
      return texts.map((text) =>
        [...text.querySelectorAll(".finding")].map((finding) => {
          const marks = (within) => [...text.querySelectorAll(`${within} mark[data-for~="${finding.id}"]`)];
          const words = (within) => marks(within).map((mark) => mark.textContent).join("");
          const { rule, severity } = finding.dataset;
          return { rule, severity, quoted: words("blockquote"), inText: words(".prose") };
        }),
      );
    });
    const { files } = page().json;
    assert.equal(found.length, files.length);
    let marked = 0;
    for (const [at, file] of files.entries()) {
      const wanted = file.findings.map(({ rule, severity, text, source_text: source }) => {
        const words = shown(source ?? text);
        return { rule, severity, quoted: words, inText: page() === whole ? words : "" };
      });
      assert.deepEqual(found[at], wanted, file.path);
      marked += wanted.length;
    }
    assert.ok(marked > 40, `${marked} findings`);
  });

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 360]) {
      test(`${name}: axe finds nothing, ${colorScheme}, ${width} wide`, async () => {
        const tab = await desk.tab(page().address, { colorScheme, viewport: { width, height: 900 } });
        await tab.locator("mark a").first().focus();
        await expectAccessible(tab);
        await tab.keyboard.press("Escape");
        await picture(tab, `check-${name.split(" ")[0]}-${colorScheme}-${width}`);
      });
    }
  }
}

test("whole texts: each mark is at the very place that the JSON format names", async () => {
  const tab = await desk.tab(whole.address);
  const places = await tab.evaluate(() =>
    [...document.querySelectorAll("article.text")].map((text) => {
      const prose = text.querySelector(".prose");
      return [...text.querySelectorAll(".finding")].map(({ id }) => {
        const range = document.createRange();
        range.setStart(prose, 0);
        range.setEndBefore(prose.querySelector(`mark[data-for~="${id}"]`));
        return range.toString().length;
      });
    }),
  );
  for (const [at, { path, findings }] of whole.json.files.entries()) {
    const source = readFileSync(`${desk.folder}/${path}`, "utf8");
    const wanted = findings.map(({ start }) => shown(source.slice(0, start.utf16)).length);
    assert.deepEqual(places[at], wanted, path);
  }
});

test("filters work by keyboard alone and say how much is shown", async () => {
  const tab = await desk.tab(sentences.address);
  const findings = sentences.json.files.flatMap((file) => file.findings);
  const visible = () => tab.locator(".finding:visible").count();
  const status = () => tab.getByRole("status").textContent();
  assert.equal(await status(), `${findings.length} of ${findings.length} findings shown`);
  const presses = await tabTo(tab, 'input[value="warning"]');
  assert.ok(presses < 12, `${presses} times Tab`);
  await tab.keyboard.press("Space");
  const rest = findings.filter(({ severity }) => severity !== "warning");
  assert.ok(rest.length > 0 && rest.length < findings.length);
  assert.equal(await visible(), rest.length);
  assert.equal(await status(), `${rest.length} of ${findings.length} findings shown`);
  const marked = await tab.locator("blockquote mark:not(.off)").evaluateAll((marks) => {
    const severity = (id) => document.getElementById(id).dataset.severity;
    return marks.map((mark) => mark.dataset.for.split(" ").map(severity));
  });
  assert.ok(marked.length > 0 && marked.every((severities) => severities.some((severity) => severity !== "warning")));

  const { rule } = rest[0];
  await tabTo(tab, `input[value="${rule}"]`);
  await tab.keyboard.press("Space");
  const others = rest.filter((finding) => finding.rule !== rule);
  assert.equal(await visible(), others.length);
  await tab.keyboard.press("Shift+Tab");
  await tabTo(tab, `input[value="${rule}"]`);
  await tab.keyboard.press("Space");
  assert.equal(await visible(), rest.length);

  await tabTo(tab, '[aria-label="None, by rule"]');
  await tab.keyboard.press("Enter");
  assert.equal(await visible(), 0);
  assert.equal(await status(), `0 of ${findings.length} findings shown`);
  await tab.keyboard.press("Shift+Tab");
  await tab.keyboard.press("Space");
  assert.deepEqual(tab.told, []);
});

test("a mark tells its reason and its fix under the pointer, with the focus and when it is followed", async () => {
  const tab = await desk.tab(whole.address);
  const article = tab.locator("article.text", { hasText: "ferry_spun" });
  const mark = article.locator(".prose mark", { hasText: "misplaced" }).first();
  const finding = tab.locator(`[id="${await mark.getAttribute("data-for")}"]`);
  const card = tab.getByRole("tooltip");
  assert.equal(await card.count(), 0);

  await mark.hover();
  assert.match(await card.textContent(), /reads as a substitution for "lost"/);
  assert.match(await card.textContent(), /replace with "lost"/);
  assert.match(await card.textContent(), /other words of this text read so/);
  await picture(tab, "check-card");
  await tab.keyboard.press("Escape");
  assert.equal(await card.count(), 0);
  await tab.mouse.move(0, 0);

  await mark.locator("a").focus();
  assert.match(await card.textContent(), /replace with "lost"/);
  assert.equal(await mark.locator("a").getAttribute("aria-describedby"), "card");
  await tab.keyboard.press("Enter");
  await tab.waitForFunction(() => document.activeElement.matches(".finding"));
  assert.equal(await card.count(), 0);
  assert.ok(await finding.evaluate((element) => element === document.activeElement));
  await finding.getByRole("link", { name: "in the text" }).click();
  assert.equal(await tab.evaluate(() => location.hash), `#${await mark.getAttribute("id")}`);
});

test("whoever follows a link to a finding that is filtered out sees it", async () => {
  const tab = await desk.tab(sentences.address);
  await tab.locator('input[value="warning"]').uncheck();
  const link = tab.locator(".leading a").first();
  const finding = tab.locator(await link.getAttribute("href").then((href) => `[id="${href.slice(1)}"]`));
  await tab.locator(`input[value="${await finding.getAttribute("data-severity")}"]`).uncheck();
  assert.equal(await finding.isVisible(), false);
  await link.click();
  await finding.waitFor({ state: "visible" });
});

test("a click into the strip goes to the nearest mark", async () => {
  const tab = await desk.tab(sentences.address);
  const strip = tab.locator("article.text", { hasText: "ferry_spun" }).locator(".strip");
  const { width, height } = await strip.boundingBox();
  await strip.click({ position: { x: width - 2, y: height / 2 } });
  const last = await strip.evaluate((element) => {
    const article = element.closest("article");
    return [...article.querySelectorAll(".finding")].at(-1).id;
  });
  assert.equal(await tab.evaluate(() => location.hash), `#${last}`);
});

test("without the script all is there to read, and no filter", async () => {
  const tab = await desk.tab(whole.address, { javaScriptEnabled: false });
  const count = whole.json.files.flatMap((file) => file.findings).length;
  assert.equal(await tab.locator(".finding:visible").count(), count);
  assert.equal(await tab.locator("input:visible, button:visible, .result:visible").count(), 0);
  assert.equal(await tab.locator("#summary table:visible").count(), 3);
  const mark = tab.locator(".prose mark a").first();
  await mark.click();
  assert.equal(new URL(tab.url()).hash, await mark.getAttribute("href"));
  assert.deepEqual(tab.told, []);
  await picture(tab, "check-without-script");
});

test("printed, all findings are there, whatever was filtered, and nothing to press", async () => {
  const tab = await desk.tab(sentences.address);
  await tab.locator('input[value="warning"]').uncheck();
  await tab.emulateMedia({ media: "print" });
  const count = sentences.json.files.flatMap((file) => file.findings).length;
  assert.equal(await tab.locator(".finding:visible").count(), count);
  assert.equal(await tab.locator("input:visible, button:visible, .result:visible, .skip:visible").count(), 0);
  const digests = tab.locator(".made-of code");
  assert.equal(await digests.count(), sentences.json.files.length);
  for (const digest of await digests.all()) assert.ok((await digest.boundingBox()).height > 0);
  const settings = tab.locator(".made-of pre");
  assert.ok((await settings.count()) > 0);
  for (const lines of await settings.all()) assert.ok((await lines.boundingBox()).height > 0, "what is folded is open");
  await picture(tab, "check-print", true);
  const pdf = await tab.pdf({ path: process.env.SHOTS && `${process.env.SHOTS}/check.pdf`, format: "A4" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  assert.ok(pdf.length > 20_000, `${pdf.length} bytes`);
});

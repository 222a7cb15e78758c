// The page of `unspin compare --format html`, as a browser shows it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { Desk, expectAccessible, picture, shown, tabTo } from "./desk.mjs";

const desk = new Desk();
const pages = {};

// White space apart: on a page a line ends where the window has it.
const bare = (text) => shown(text).replace(/\s+/g, "");

const EVIL = "</mark><script>alert(1)</script><img src=x onerror=alert(1)> \u202eand \u001b[2J javascript:alert(1)";
const OLD =
  "The harbour wall of Skarvoy will cost 11 million pounds, said Ada Mayne.\n\n" +
  `The boats wait ${EVIL} in the old harbour behind the wall.\n\nFishermen were pleased with the vote on Tuesday.\n\n` +
  "Divers from Norway will look at the stones in March, and then the council will vote again.\n";
const NEW =
  "Divers from Norway will look at the stones in March, and then the authority will vote again.\n\n" +
  "The harbour barrier of Skarvoy will cost 12 million pounds.\r\n\r\n" +
  `The ships wait ${EVIL} in the old harbour behind the ${EVIL} wall.\n\nNobody has counted the gulls so far.\n`;

before(async () => {
  const ferries = ["desk/ferry_clean.txt", "desk/ferry_spun.txt"];
  desk.write("old <b>&.txt", OLD);
  desk.write("new.txt", NEW);
  pages.sentences = desk.comparison("sentences.html", ...ferries);
  pages.whole = desk.comparison("whole.html", "--full", ...ferries);
  pages.hostile = desk.comparison("hostile.html", "old <b>&.txt", "new.txt");
  pages["hostile whole"] = desk.comparison("hostile-whole.html", "--full", "old <b>&.txt", "new.txt");
  pages.same = desk.comparison("same.html", ferries[0], ferries[0]);
  pages.unrelated = desk.comparison("unrelated.html", ferries[0], "desk/lines.txt");
  await desk.open();
});
after(() => desk.close());

const names = ["sentences", "whole", "hostile", "hostile whole", "same", "unrelated"];
const changes = (name) => pages[name].json.comparison.changes;

for (const name of names) {
  test(`${name}: nothing is asked for and nothing goes wrong`, async () => {
    const tab = await desk.tab(pages[name].address);
    await tab.mouse.wheel(0, 4000);
    await tab.waitForTimeout(200);
    assert.deepEqual(tab.told, []);
    assert.equal(await tab.evaluate(() => document.scripts.length), 2);
    assert.equal(await tab.locator("img").count(), 0);
  });

  test(`${name}: marks are what the JSON format names, in both texts, and lead to each other`, async () => {
    const tab = await desk.tab(pages[name].address);
    const found = await tab.evaluate(() =>
      [...document.querySelectorAll(".finding")].map(({ id, dataset: { rule } }) => {
        const told = { rule };
        for (const [side, end, other] of [["original", "o", "r"], ["reworded", "r", "o"]]) {
          const marks = [...document.querySelectorAll(`.side.${side} mark[data-for~="${id}"]`)];
          const words = (mark) => {
            const copy = mark.cloneNode(true);
            copy.querySelectorAll(".point").forEach((point) => point.remove());
            return copy.textContent;
          };
          const own = document.getElementById(`${id}-${end}`);
          told[side] = {
            words: marks.map(words).join(""),
            begins: own?.closest("mark") === marks[0],
            leads: marks.some((mark) => mark.querySelector(`a[href="#${id}-${other}"]`) !== null),
          };
        }
        return told;
      }),
    );
    const sorted = (list) => list.map((each) => JSON.stringify(each)).sort();
    const marked = found.map(({ rule, original, reworded }) => [rule, bare(original.words), bare(reworded.words)]);
    const wanted = changes(name).map(({ kind, original, reworded }) => [kind, bare(original.text), bare(reworded.text)]);
    assert.deepEqual(sorted(marked), sorted(wanted));
    for (const side of ["original", "reworded"]) {
      const wrong = found.filter((each) => !each[side].begins || !each[side].leads);
      assert.deepEqual(wrong, []);
    }
  });
}

test("there are changes of many kinds in what is tested", () => {
  assert.ok(changes("sentences").length > 50);
  const kinds = new Set(changes("hostile").map(({ kind }) => kind));
  for (const kind of ["changed-number", "moved-wording", "added-wording", "dropped-attribution"]) {
    assert.ok(kinds.has(kind), `${kind} is not among ${[...kinds]}`);
  }
});

for (const name of ["whole", "hostile whole"]) {
  test(`${name}: all of both texts is there`, async () => {
    const tab = await desk.tab(pages[name].address);
    const side = (of) =>
      tab.locator(`.side.${of} .words:not(.nothing)`).evaluateAll((all) =>
        all.map((words) => {
          const copy = words.cloneNode(true);
          copy.querySelectorAll(".point").forEach((point) => point.remove());
          return copy.textContent;
        }),
      );
    const { original, reworded } = pages[name].json.comparison;
    const text = ({ path }) => bare(readFileSync(`${desk.folder}/${path}`, "utf8"));
    assert.equal(bare((await side("reworded")).join("")), text(reworded));
    // The original stands where the reworded text has it, so its sentences may be in another order.
    const letters = (words) => [...words].sort().join("");
    assert.equal(letters(bare((await side("original")).join(""))), letters(text(original)));
  });
}

for (const name of names) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 360]) {
      test(`${name}: axe finds nothing, ${colorScheme}, ${width} wide`, async () => {
        const tab = await desk.tab(pages[name].address, { colorScheme, viewport: { width, height: 900 } });
        const links = tab.locator("mark a");
        if ((await links.count()) > 0) await links.first().focus();
        await expectAccessible(tab);
        await tab.keyboard.press("Escape");
        await picture(tab, `comparison-${name.replace(" ", "-")}-${colorScheme}-${width}`, true);
      });
    }
  }
}

test("filters work by keyboard alone, say how much is shown, and rows without a shown change vanish", async () => {
  const tab = await desk.tab(pages.sentences.address);
  const all = changes("sentences");
  const status = () => tab.getByRole("status").textContent();
  const visible = () => tab.locator(".finding:visible").count();
  const rows = () => tab.locator(".pair:visible").count();
  const before = await rows();
  assert.equal(await status(), `${all.length} of ${all.length} changes shown`);
  const presses = await tabTo(tab, 'input[value="warning"]');
  assert.ok(presses < 12, `${presses} times Tab`);
  await tab.keyboard.press("Space");
  const warnings = new Set(["replaced-wording", "changed-name", "dropped-attribution"]);
  const others = all.filter(({ kind }) => !warnings.has(kind)).length;
  const added = all.filter(({ kind }) => kind === "added-wording").length;
  assert.ok(others > added && added > 0);
  assert.equal(await visible(), others);
  assert.equal(await status(), `${others} of ${all.length} changes shown`);
  assert.ok((await rows()) > 0 && (await rows()) < before);
  const empty = await tab.locator(".pair:visible").evaluateAll(
    (pairs) => pairs.filter((pair) => !pair.querySelector("mark:not(.off)")).length,
  );
  assert.equal(empty, 0);

  await tabTo(tab, 'input[value="added-wording"]');
  await tab.keyboard.press("Space");
  assert.equal(await visible(), others - added);
  await tabTo(tab, '[aria-label="None, by kind"]');
  await tab.keyboard.press("Enter");
  assert.deepEqual([await visible(), await rows()], [0, 0]);
  assert.equal(await status(), `0 of ${all.length} changes shown`);
  assert.deepEqual(tab.told, []);
});

test("of whole texts the rows stay, unless somebody wants those with a change alone", async () => {
  const tab = await desk.tab(pages["hostile whole"].address);
  const rows = () => tab.locator(".pair:visible").count();
  const all = await tab.locator(".pair").count();
  await tab.getByRole("button", { name: "None, by kind" }).click();
  assert.equal(await rows(), all);
  assert.equal(await tab.locator("mark:not(.off)").count(), await tab.locator(".legend mark").count());
  await tab.getByLabel("Sentences without a change, too").uncheck();
  assert.equal(await rows(), 0);
  await tab.locator('input[value="moved-wording"]').check();
  assert.ok((await rows()) > 0 && (await rows()) < all);
});

test("a mark lights its other side, tells reason and fix, and leads there and back by keyboard", async () => {
  const tab = await desk.tab(pages.sentences.address);
  const card = tab.getByRole("tooltip");
  const here = tab.locator(".original mark", { hasText: "owner" }).first();
  const there = tab.locator(".reworded mark", { hasText: "proprietor" }).first();
  const isLit = (mark) => mark.evaluate((element) => element.classList.contains("lit"));
  assert.deepEqual([await isLit(here), await isLit(there), await card.count()], [false, false, 0]);

  await here.hover();
  assert.deepEqual([await isLit(here), await isLit(there)], [true, true]);
  assert.match(await card.textContent(), /"proprietor" is "owner" in the original/i);
  assert.match(await card.textContent(), /replace with "owner"/);
  await tab.mouse.move(0, 0);
  assert.deepEqual([await isLit(there), await card.count()], [false, 0]);

  const link = here.locator("a");
  const described = await link.getAttribute("aria-describedby");
  assert.match(await tab.locator(`#${described}`).textContent(), /"proprietor" is "owner"/i);
  await link.focus();
  assert.equal(await isLit(there), true);
  await picture(tab, "comparison-card");
  await tab.keyboard.press("Enter");
  assert.ok(await there.locator("a").evaluate((element) => element === document.activeElement));
  assert.equal(await tab.evaluate(() => location.hash), `#${await there.getAttribute("id")}`);
  assert.match(await card.textContent(), /replace with "owner"/);
  assert.equal(await link.getAttribute("aria-describedby"), described);
  await tab.keyboard.press("Enter");
  assert.ok(await link.evaluate((element) => element === document.activeElement));
  await tab.keyboard.press("Escape");
  assert.equal(await card.count(), 0);
  await there.locator("a").click();
  assert.ok(await link.evaluate((element) => element === document.activeElement));
  assert.deepEqual(tab.told, []);
});

test("what is told of a change points at both sides", async () => {
  const tab = await desk.tab(pages.sentences.address);
  const told = tab.locator(".finding").nth(2);
  await told.hover();
  const lit = await tab.locator("mark.lit").evaluateAll((marks) => marks.map(({ dataset }) => dataset.for));
  const id = await told.getAttribute("id");
  assert.deepEqual(lit, [id, id]);
});

test("texts stand side by side where there is room, and else one after the other", async () => {
  for (const [width, beside] of [[1280, true], [360, false]]) {
    const tab = await desk.tab(pages.sentences.address, { viewport: { width, height: 900 } });
    const box = (side) => tab.locator(`.side.${side}`).first().boundingBox();
    const [original, reworded] = [await box("original"), await box("reworded")];
    assert.equal(Math.abs(original.y - reworded.y) <= 1, beside, `${width} wide`);
    assert.equal(reworded.x > original.x + 100, beside, `${width} wide`);
  }
});

test("without the script all is there to read, and no filter", async () => {
  const tab = await desk.tab(pages.sentences.address, { javaScriptEnabled: false });
  const count = changes("sentences").length;
  assert.equal(await tab.locator(".finding:visible").count(), count);
  assert.equal(await tab.locator("input:visible, button:visible, .result:visible").count(), 0);
  assert.equal(await tab.locator("#summary table:visible").count(), 2);
  assert.ok((await tab.locator(".fixes:visible").count()) > 0, "fixes are told");
  const link = tab.locator(".original mark a").first();
  await link.click();
  assert.equal(new URL(tab.url()).hash, await link.getAttribute("href"));
  assert.deepEqual(tab.told, []);
  await picture(tab, "comparison-without-script", true);
});

test("printed, the texts stand side by side with every change and its kind, whatever was filtered", async () => {
  const tab = await desk.tab(pages.sentences.address, { viewport: { width: 700, height: 900 } });
  await tab.locator('input[value="warning"]').uncheck();
  await tab.emulateMedia({ media: "print" });
  const findings = tab.locator(".finding");
  assert.equal(await findings.count(), changes("sentences").length);
  for (const finding of await findings.all()) assert.ok(await finding.locator(".rule").isVisible());
  assert.equal(await tab.locator("input:visible, button:visible, .result:visible, .skip:visible").count(), 0);
  const box = (side) => tab.locator(`.side.${side}`).first().boundingBox();
  assert.ok((await box("reworded")).x > (await box("original")).x + 100);
  for (const digest of await tab.locator(".file code").all()) assert.ok((await digest.boundingBox()).height > 0);
  await picture(tab, "comparison-print", true);
  const pdf = await tab.pdf({ path: process.env.SHOTS && `${process.env.SHOTS}/comparison.pdf`, format: "A4" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
});

test("a text against itself and texts that have nothing in common make short pages", async () => {
  for (const [name, told] of [["same", "The same words in the same order."], ["unrelated", "Not derived:"]]) {
    const tab = await desk.tab(pages[name].address);
    assert.match(await tab.getByRole("heading", { level: 2 }).first().textContent(), new RegExp(`^${told}`));
    assert.equal(await tab.locator("mark, .pair, .finding, #summary").count(), 0);
    const { original } = pages[name].json.comparison;
    assert.ok((await tab.locator(".file").first().textContent()).includes(original.sha256));
  }
});

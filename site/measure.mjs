// What first use and writing cost, in headless Chromium: `npm run build && npm run measure`.
//
// First use: bytes over the wire from a server on this machine that compresses with gzip (level 9), and the time from
// navigation to the first finding of a reworded article that an address names; cold, and again with what the browser
// kept. Writing: in a text of some 5,000 words, from the moment a key changes the text to the moment its marks are in
// place (user timing `unspin:marks`), for keys at the rate of a fast writer, and for the next frame that is drawn after
// a key.
//
// WORDS  words of the text that is written in (5000); KEYS how many keys (200); PAUSE milliseconds between keys (120)
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { extname, join } from "node:path";

import { dist, launch, paste, root } from "./test/reader.mjs";
import { serve } from "./test/serve.mjs";

const WORDS = Number(process.env.WORDS ?? 5000);
const KEYS = Number(process.env.KEYS ?? 200);
const PAUSE = Number(process.env.PAUSE ?? 120);
const RUNS = 5;

const server = await serve(dist, { cache: true, level: 9 });
const browser = await launch();
const sorted = (numbers) => [...numbers].sort((one, other) => one - other);
const share = (numbers, part) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];
const ms = (number) => `${Math.round(number)} ms`;

async function firstFinding(context) {
  const tab = await context.newPage();
  await tab.goto(`${server.address}index.html#example-ferry`);
  await tab.waitForFunction(() => document.querySelector("#text")?.shadowRoot?.querySelector("mark"), null, {
    timeout: 120_000,
  });
  const time = await tab.evaluate(() => performance.getEntriesByName("unspin:first")[0].startTime);
  await tab.close();
  return time;
}

/** First use, each time in a browser that knows nothing; then again in the same. */
async function first() {
  const [cold, warm] = [[], []];
  let bytes;
  for (let run = 0; run < RUNS; run += 1) {
    const context = await browser.newContext();
    server.sent.length = 0;
    cold.push(await firstFinding(context));
    bytes ??= [...server.sent];
    warm.push(await firstFinding(context));
    await context.close();
  }
  const kinds = {};
  for (const { file, bytes: count } of bytes) kinds[extname(file)] = (kinds[extname(file)] ?? 0) + count;
  const total = bytes.reduce((sum, { bytes: count }) => sum + count, 0);
  console.log(
    `over the wire, gzip -9: ${total} bytes (${Object.entries(kinds)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(", ")})`,
  );
  console.log(
    `first finding: cold ${ms(share(cold, 0.5))} (of ${RUNS}, worst ${ms(Math.max(...cold))}), warm ${ms(share(warm, 0.5))}`,
  );
}

function longText(names) {
  const articles = names.map((name) => readFileSync(join(root, "tests/corpus", name), "utf8").trim());
  const words = (text) => text.split(/\s+/).length;
  let text = "";
  for (let nth = 0; words(text) < WORDS; nth += 1) text += `${articles[nth % articles.length]}\n\n`;
  return text;
}

async function writing(name, text) {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await tab.goto(`${server.address}index.html`);
  await tab.waitForSelector("html[data-ready]", { timeout: 120_000 });
  await paste(tab, text);
  await tab.waitForTimeout(3000);
  await tab.evaluate(() => {
    globalThis.measured = { marks: [], frames: [] };
    new PerformanceObserver((list) => {
      for (const { name: entry, duration } of list.getEntries())
        if (entry === "unspin:marks") measured.marks.push(duration);
    }).observe({ entryTypes: ["measure"] });
    document.querySelector("#text").shadowRoot.addEventListener("keydown", ({ timeStamp }) => {
      requestAnimationFrame(() => setTimeout(() => measured.frames.push(performance.now() - timeStamp)));
    });
  });
  await tab.locator("#text .cm-content").focus();
  await tab.keyboard.press("Control+Home");
  for (let key = 0; key < 60; key += 1) await tab.keyboard.press("ArrowDown");
  await tab.keyboard.press("End");
  const keys = " the boats wait withinside the harbour and nobody says when they sail".repeat(9);
  await tab.evaluate(() => (measured.frames.length = 0));
  for (let key = 0; key < KEYS; key += 1) {
    await tab.keyboard.press(keys[key] === " " ? "Space" : keys[key]);
    await tab.waitForTimeout(PAUSE);
  }
  await tab.waitForTimeout(2000);
  const { marks, frames } = await tab.evaluate(() => measured);
  const found = await tab.locator("#check-findings .result").textContent();
  console.log(`${name}, ${text.split(/\s+/).length} words (${found}) ${KEYS} keys, one each ${PAUSE} ms:`);
  console.log(
    `  keystroke to marks: p50 ${ms(share(marks, 0.5))}, p95 ${ms(share(marks, 0.95))}, worst ${ms(Math.max(...marks))} (${marks.length} results)`,
  );
  console.log(
    `  keystroke to the next frame: p50 ${ms(share(frames, 0.5))}, p95 ${ms(share(frames, 0.95))}, worst ${ms(Math.max(...frames))}`,
  );
  await tab.close();
}

console.log(`Chromium ${browser.version()}; load of this machine ${loadavg()[0].toFixed(1)}, ${cpus().length} cores`);
await first();
await writing("clean news", longText(["ferry_clean.txt"]));
await writing("reworded news", longText(["ferry_spun.txt"]));
await browser.close();
await server.close();

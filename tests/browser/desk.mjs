// A desk: texts, the pages that unspin makes of them, and a browser that opens these.
//
// UNSPIN       the program, else the debug build
// UNSPIN_ROOT  the repository, else two folders up
// CHROMIUM     Chromium, else `chromium` on PATH
// SHOTS        a folder for pictures of the pages; none are taken without it
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

const root = process.env.UNSPIN_ROOT ?? resolve(import.meta.dirname, "../..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const unspin = process.env.UNSPIN ?? join(root, "target/debug/unspin");

/** The whole path of a program that is named or on PATH. */
function program(name) {
  if (name.includes("/")) return name;
  const places = process.env.PATH.split(delimiter).map((folder) => join(folder, name));
  return places.find((place) => existsSync(place)) ?? name;
}

const HOSTILE =
  "The boats wait withinside the <script>alert(1)</script> harbour, \u202eand </mark><img src=x onerror=alert(1)> it " +
  "lies withinside \u001b[2J the javascript:alert(1) walls.\n";
const MARKED_UP =
  "<p>The caf\u00e9 \u{1f6a2} lies <b>within</b>side the <i>old</i> walls &amp; waits withinside the harbour.</p>\n";
const SETTINGS = '[vocabulary]\nreject = [{ term = "withinside the", suggest = "in the" }]\n';

export class Desk {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "unspin-pages-"));
    mkdirSync(join(this.folder, "desk"));
    for (const name of ["ferry_spun.txt", "ferry_clean.txt"]) {
      copyFileSync(join(root, "tests/corpus", name), join(this.folder, "desk", name));
    }
    this.write("desk/hostile <b>&.txt", HOSTILE);
    this.write("desk/page.html", MARKED_UP);
    this.write("desk/lint.toml", SETTINGS);
    this.write("desk/lines.txt", "It rained.\r\nThe boats wait\twithinside\r\nthe harbour.\r\n");
  }

  write(name, text) {
    writeFileSync(join(this.folder, name), text);
  }

  /** What unspin prints. */
  run(...args) {
    const options = { cwd: this.folder, encoding: "utf8", maxBuffer: 1 << 26 };
    const { status, stdout, stderr } = spawnSync(unspin, args, options);
    if (status !== 0 && status !== 1) throw new Error(`unspin ${args.join(" ")}: ${status} ${stderr}`);
    return stdout;
  }

  /** The address of a page on what `args` name, and what the JSON format says of the same. */
  page(name, ...args) {
    this.write(name, this.run("check", "--no-cache", "--format", "html", ...args));
    const plain = args.filter((argument) => argument !== "--full");
    const json = JSON.parse(this.run("check", "--no-cache", "--format", "json", ...plain));
    return { address: pathToFileURL(join(this.folder, name)).href, json };
  }

  /** The address of a page on two texts, and what the JSON format says of the same. */
  comparison(name, ...args) {
    this.write(name, this.run("compare", "--format", "html", ...args));
    const plain = args.filter((argument) => argument !== "--full");
    const json = JSON.parse(this.run("compare", "--format", "json", ...plain));
    return { address: pathToFileURL(join(this.folder, name)).href, json };
  }

  async open() {
    this.browser = await chromium.launch({
      executablePath: program(process.env.CHROMIUM ?? "chromium"),
      args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"].concat([
        "--disable-component-update",
        "--disable-sync",
      ]),
    });
  }

  /** A tab on a page; what it asks for, says and complains of is in its `told`. */
  async tab(address, options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const tab = await context.newPage();
    tab.told = [];
    tab.on("console", (message) => tab.told.push(`console: ${message.text()}`));
    tab.on("pageerror", (error) => tab.told.push(`error: ${error}`));
    tab.on("dialog", (dialog) => tab.told.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
    tab.on("request", (request) => {
      if (request.url().split("#")[0] !== address) tab.told.push(`request: ${request.url()}`);
    });
    await tab.goto(address);
    return tab;
  }

  async close() {
    await this.browser?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** As pages show text: line ends are one character, and what cannot be printed has a stand-in. */
export const shown = (text) =>
  text
    .replaceAll("\r\n", "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (c) => String.fromCodePoint(0x2400 + c.codePointAt(0)))
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f]/g, "\ufffd");

/** Goes on by Tab until the element with the focus is the one. */
export async function tabTo(tab, selector) {
  for (let presses = 0; presses < 400; presses += 1) {
    if (await tab.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return presses;
    await tab.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

/** Has axe look at a tab, and looks that nothing is wider than the window. */
export async function expectAccessible(tab) {
  await tab.evaluate(axe);
  const { violations, passes } = await tab.evaluate(() => globalThis.axe.run());
  const shortly = (nodes) => nodes.slice(0, 3).map(({ html }) => html);
  const told = violations.map(({ id, nodes }) => `${id}: ${shortly(nodes).join(" ")}`);
  assert.deepEqual(told, []);
  assert.ok(passes.some(({ id }) => id === "color-contrast"), "contrast was looked at");
  const { scroll, client } = await tab.evaluate(() => {
    const { scrollWidth: scroll, clientWidth: client } = document.documentElement;
    return { scroll, client };
  });
  assert.ok(scroll <= client, "nothing is wider than the window");
}

/** Takes a picture of a tab where somebody wants them. */
export async function picture(tab, name, whole = false) {
  if (process.env.SHOTS) await tab.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: whole });
}

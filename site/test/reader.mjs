// Somebody with a browser, in front of the built site.
//
// CHROMIUM  Chromium, else `chromium` on PATH
// SHOTS     a folder for pictures of the pages; none are taken without it
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join, resolve } from "node:path";

import { chromium } from "playwright-core";

import { serve } from "./serve.mjs";

export const root = resolve(import.meta.dirname, "../..");
export const dist = resolve(import.meta.dirname, "../dist");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The whole path of a program that is named or on PATH. */
function program(name) {
  if (name.includes("/")) return name;
  const places = process.env.PATH.split(delimiter).map((folder) => join(folder, name));
  return places.find((place) => existsSync(place)) ?? name;
}

export async function launch() {
  return chromium.launch({
    executablePath: program(process.env.CHROMIUM ?? "chromium"),
    args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"].concat([
      "--disable-component-update",
      "--disable-sync",
    ]),
  });
}

export class Reader {
  /** Windows that a test has opened; each holds an engine of its own. */
  opened = new Set();

  async open({ folder = dist, ...options } = {}) {
    this.server = await serve(folder, options);
    this.browser = await launch();
  }

  /** A tab on a page; what it says and complains of is in `told`, what it asks for in `asked`. */
  async tab(page = "", { route, ...options } = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    this.opened.add(context);
    context.setDefaultTimeout(30_000);
    const tab = await context.newPage();
    tab.told = [];
    tab.asked = [];
    tab.on("console", (message) => tab.told.push(`console: ${message.text()}`));
    tab.on("pageerror", (error) => tab.told.push(`error: ${error}`));
    tab.on("dialog", (dialog) => tab.told.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
    tab.on("request", (request) => tab.asked.push(request.url()));
    if (route) await context.route(...route);
    await tab.goto(this.server.address + page);
    return tab;
  }

  /** A tab whose engine is there; from then on whatever is asked for is told. */
  async desk(hash = "", options = {}) {
    const tab = await this.tab(`index.html${hash}`, options);
    await tab.waitForSelector("html[data-ready]", { timeout: 30_000 });
    await tab.waitForTimeout(300);
    tab.asked.length = 0;
    return tab;
  }

  /** Closes what a test has opened. */
  async tidy() {
    await Promise.all([...this.opened].map((context) => context.close()));
    this.opened.clear();
  }

  async close() {
    await this.browser?.close();
    await this.server?.close();
  }
}

/** Puts a text where another one stood, as pasting does. */
export async function paste(tab, text, where = "#text") {
  await tab.locator(`${where} .cm-content`).focus();
  await tab.keyboard.press("Control+a");
  await tab.evaluate(
    ([selector, pasted]) => {
      const content = document.querySelector(selector).shadowRoot.querySelector(".cm-content");
      const data = new DataTransfer();
      data.setData("text/plain", pasted);
      content.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    },
    [where, text],
  );
}

/** The words of the marks in a text that are drawn. */
export const marked = (tab, where = "#text") => tab.locator(`${where} mark`).allTextContents();

/** The lines of a text that are drawn. */
export const lines = (tab, where = "#text") => tab.locator(`${where} .cm-line`).allTextContents();

/** Has axe look at a tab, and looks that nothing is wider than the window. */
export async function expectAccessible(tab) {
  // Pages forbid script from texts, axe's included; a test may pass by that.
  await tab.evaluate(axe);
  const { violations, passes } = await tab.evaluate(() => globalThis.axe.run());
  const shortly = (nodes) => nodes.slice(0, 3).map(({ html }) => html);
  const told = violations.map(({ id, nodes }) => `${id}: ${shortly(nodes).join(" ")}`);
  assert.deepEqual(told, []);
  assert.ok(
    passes.some(({ id }) => id === "color-contrast"),
    "contrast was looked at",
  );
  const { scroll, client } = await tab.evaluate(() => {
    const { scrollWidth: scroll, clientWidth: client } = document.documentElement;
    return { scroll, client };
  });
  assert.ok(scroll <= client, `nothing is wider than the window: ${scroll} > ${client}`);
}

/** Takes a picture of a tab where somebody wants them. */
export async function picture(tab, name, whole = false) {
  if (process.env.SHOTS) await tab.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: whole });
}

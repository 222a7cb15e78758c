// Texts that mean harm are texts: they are shown as they are, and nothing in them is obeyed.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { expectAccessible, lines, marked, paste, picture, Reader } from "./reader.mjs";

const reader = new Reader();
before(() => reader.open());
afterEach(() => reader.tidy());
after(() => reader.close());

const HOSTILE = [
  "The boats wait withinside the <script>alert(1)</script> harbour.",
  '</mark></div><img src=x onerror="alert(1)"> It lies withinside the javascript:alert(1) walls.',
  "<svg onload=alert(1)><iframe src=https://example.org></iframe> &lt;b&gt; &amp; {{constructor.constructor('alert(1)')()}}",
  "<style>*{display:none}</style><meta http-equiv=refresh content=0;url=https://example.org><base href=https://example.org>",
  "\u05d4\u05e1\u05d9\u05e8\u05d5\u05ea \u05de\u05d7\u05db\u05d5\u05ea \u05d1\u05e0\u05de\u05dc, withinside \u0627\u0644\u0645\u064a\u0646\u0627\u0621.",
  "The caf\u00e9 \u{1f6a2}\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u{1f3f4}\u{e0067}\u{e0062}\u{e007f} waits withinside \u{1d4d7}arwell.",
  "Z\u0335\u0311\u0352\u0321a\u0335\u0341\u0310lgo and \u202egninraw a\u202c, \u0007 a bell, \ufeff a mark of order.",
];

/** As the editor shows it: what is obeyed and not seen has a stand-in. */
const shown = (line) =>
  line
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (c) => String.fromCodePoint(0x2400 + c.codePointAt(0)))
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "\u2022");

test("markup, scripts, right-to-left and emoji are shown literally", async () => {
  const tab = await reader.desk();
  await paste(tab, HOSTILE.join("\n"));
  await tab.locator("#text mark").first().waitFor();
  const drawn = await lines(tab);
  assert.deepEqual(drawn, HOSTILE.map(shown));
  // The editor puts images without a source beside stand-ins.
  const made = "#text :is(script, img:not(.cm-widgetBuffer), svg, iframe, style, meta, base)";
  assert.equal(await tab.locator(made).count(), 0);
  const inText = (await marked(tab)).filter((words) => words === "withinside");
  assert.equal(inText.length, 4);
  assert.ok((await tab.locator("#text .cm-specialChar").count()) >= 2, "marks of direction and control have stand-ins");
  const direction = await tab
    .locator("#text .cm-line")
    .nth(4)
    .evaluate((line) => getComputedStyle(line).unicodeBidi);
  assert.equal(direction, "plaintext");
  await expectAccessible(tab);
  await picture(tab, "hostile-light-1280");
  assert.deepEqual([tab.told, tab.asked], [[], []]);
});

test("what rules and files say of such texts is text, too", async () => {
  const tab = await reader.desk();
  await paste(tab, "It was the <img/src=x/onerror=alert(1)> harbour.");
  await tab.getByRole("tab", { name: "Your rules" }).click();
  const pack = `[pack]\nname = "x"\nversion = "1.0.0"\nlicense = "CC0-1.0"\nunspin = "0.1"\ndescription = "x"\n\n[[rule]]\nid = "odd"
kind = "existence"\nmessage = '<img src=x onerror=alert(1)> "{found}"'\n\n[rule.phrases]\n"harbour" = {}\n\n[[rule.examples]]\nbad = "A [[harbour]]."\n`;
  await paste(tab, pack, "#pack");
  await tab.locator("#text mark").first().waitFor();
  await tab.getByRole("tab", { name: "Findings" }).click();
  assert.ok(
    (await tab.locator("#check-findings .message").first().textContent()).includes("<img src=x onerror=alert(1)>"),
  );
  await tab.locator("#text mark").first().hover();
  await tab.locator("#text .card").waitFor();
  assert.equal(await tab.locator("main :is(script, img:not(.cm-widgetBuffer))").count(), 0);
  assert.deepEqual([tab.told, tab.asked], [[], []]);
});

test("a text of a megabyte is taken, checked, and written in", async () => {
  const tab = await reader.desk();
  const sentence = "The boats wait in the harbour until the wind drops, and the crew mends the nets <b>here</b>.\n";
  const text = sentence.repeat(Math.ceil(1_000_000 / sentence.length));
  await paste(tab, `${text}They lie withinside the walls.\n`);
  await tab.waitForFunction(() => document.querySelector("#check-verdict .figures")?.textContent.includes("1"), null, {
    timeout: 120_000,
  });
  assert.equal((await lines(tab))[0], sentence.trimEnd());
  assert.ok((await lines(tab)).length < 2000, "what nobody sees is not drawn");
  await tab.keyboard.press("Control+Home");
  await tab.keyboard.type("Here ");
  assert.match((await lines(tab))[0], /^Here The boats/);
  assert.deepEqual([tab.told, tab.asked], [[], []]);
});

test("the page itself could not make markup of a text if it tried", async () => {
  const tab = await reader.desk();
  const refused = await tab.evaluate(() => {
    try {
      document.body.insertAdjacentHTML("beforeend", "<b>no</b>");
      return "done";
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(refused, "TypeError");
});

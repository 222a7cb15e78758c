// Settings and rules of one's own, tried on the page.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { expectAccessible, lines, marked, paste, picture, Reader } from "./reader.mjs";

const reader = new Reader();
before(() => reader.open());
afterEach(() => reader.tidy());
after(() => reader.close());

const PACK = `[pack]
name = "pier-desk"
version = "1.0.0"
license = "CC0-1.0"
unspin = "0.1"
description = "How the pier desk writes"

[[rule]]
id = "pier-words"
kind = "substitution"
message = 'the desk writes "{suggestion}" for "{found}"'

[rule.phrases]
"jetty" = "pier"

[[rule.examples]]
bad = "They sat on the [[jetty]]."
fixed = "They sat on the pier."
`;

const waitForMarks = (tab, words) =>
  tab.waitForFunction(
    (wanted) => {
      const marks = [...document.querySelector("#text").shadowRoot.querySelectorAll("mark")];
      return JSON.stringify(marks.map(({ textContent }) => textContent)) === JSON.stringify(wanted);
    },
    words,
    { timeout: 20_000 },
  );

test("a pack that is edited holds at once, and says how its examples fare", async () => {
  const tab = await reader.desk();
  await paste(tab, "They sat on the jetty until the ferry came to the landing stage.");
  await waitForMarks(tab, []);
  await tab.getByRole("tab", { name: "Your rules" }).click();
  await paste(tab, PACK, "#pack");
  await waitForMarks(tab, ["jetty"]);
  await tab.getByText("1 rule, 1 example: all as they say.").waitFor();

  await paste(tab, PACK.replace('"jetty" = "pier"', '"landing stage" = "pier"'), "#pack");
  await waitForMarks(tab, ["landing stage"]);
  await tab.locator("#pack-tests .failed").waitFor();
  assert.match(await tab.locator("#pack-tests").textContent(), /pier-words, example 1: nothing is found here/);

  await paste(tab, PACK.replace('kind = "substitution"', 'kind = "substitusion"'), "#pack");
  await waitForMarks(tab, []);
  const problem = tab.locator("#pack-told li").first();
  assert.match(await problem.textContent(), /^10:8 .*did you mean `substitution`/);
  assert.ok((await tab.locator("#pack .cm-wrong").allTextContents()).join("").includes("substitusion"));
  await expectAccessible(tab);
  await problem.getByRole("button").click();
  assert.ok(await tab.evaluate(() => document.querySelector("#pack").shadowRoot.activeElement?.matches(".cm-content")));

  await paste(tab, PACK, "#pack");
  await waitForMarks(tab, ["jetty"]);
  await tab.getByRole("tab", { name: "Findings" }).click();
  const finding = tab.locator("#check-findings .finding").first();
  assert.match(await finding.textContent(), /the desk writes "pier" for "jetty"/);
  assert.equal(await finding.locator("a").count(), 0, "a rule of one's own has no page");
  await finding.getByRole("button", { name: 'replace with "pier"' }).click();
  await waitForMarks(tab, []);
  assert.match((await lines(tab))[0], /on the pier until/);
  assert.deepEqual(tab.told, []);
});

test("settings hold at once, and a mistake in them is shown at its place", async () => {
  const tab = await reader.desk();
  await paste(tab, "The boats lie withinside the walls, and the crew utilised a crane.");
  await waitForMarks(tab, ["withinside"]);
  await tab.getByRole("tab", { name: "Findings" }).focus();
  await tab.keyboard.press("ArrowRight");
  await paste(
    tab,
    '[rules.cascade-artifact]\nseverity = "off"\n\n[vocabulary]\nreject = [{ term = "utilise", suggest = "use" }]\n',
    "#config",
  );
  await waitForMarks(tab, ["utilised"]);
  assert.equal(await tab.locator("#config-told li").count(), 0);
  await paste(tab, '[rules.cascade-artefact]\nseverity = "off"\n', "#config");
  await waitForMarks(tab, ["withinside"]);
  assert.match(await tab.locator("#config-told li").first().textContent(), /^1:8 .*cascade-artifact/);
  await paste(tab, "", "#config");
  assert.deepEqual(tab.told, []);
});

test("the samples are right", async () => {
  const tab = await reader.desk();
  await paste(tab, "The crew utilised a crane on the outer islands.");
  await tab.getByRole("tab", { name: "Your rules" }).click();
  await tab.getByRole("button", { name: "Sample of pack.toml" }).click();
  await waitForMarks(tab, ["utilised", "outer islands"]);
  await tab.getByText("1 rule, 2 examples: all as they say.").waitFor();
  await picture(tab, "pack-light-1280");
  await tab.getByRole("tab", { name: "Settings" }).click();
  await tab.getByRole("button", { name: "Sample of lint.toml" }).click();
  await tab.waitForTimeout(800);
  assert.equal(await tab.locator("#config-told li").count(), 0);
  await picture(tab, "settings-light-1280");
  await expectAccessible(tab);
});

test("axe finds nothing in the editors, dark and narrow", async () => {
  const tab = await reader.desk("#example-library", { colorScheme: "dark", viewport: { width: 390, height: 844 } });
  await tab.getByRole("tab", { name: "Your rules" }).click();
  await tab.getByRole("button", { name: "Sample of pack.toml" }).click();
  await tab.locator("#pack-tests .passed").waitFor();
  await expectAccessible(tab);
  await tab.locator("#pack-panel").scrollIntoViewIfNeeded();
  await picture(tab, "pack-dark-390");
  assert.ok((await marked(tab)).length > 0);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { serverCommands } from "../src/protocol";
import { selector, texts } from "../src/selector";

interface Manifest {
  activationEvents: string[];
  contributes: { commands: { command: string; category: string }[] };
}
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const palette = manifest.contributes.commands;

test("every command of the palette is registered, under a name that is not the server's", () => {
  const source = readFileSync("src/commands.ts", "utf8");
  for (const { command, category } of palette) {
    assert.equal(category, "unspin");
    assert.ok(source.includes(`"${command}"`), `${command} is not registered`);
    assert.ok(!Object.values<string>(serverCommands).includes(command), `${command} is the server's`);
  }
  assert.equal(source.match(/"unspin\.palette\./g)?.length, palette.length);
});

test("the extension starts for each language that the server is given", () => {
  for (const language of new Set(texts.map((filter) => filter.language))) {
    assert.ok(manifest.activationEvents.includes(`onLanguage:${language ?? ""}`), language);
  }
});

test("lint.toml is the server's in any language, and is no text", () => {
  const others = selector.filter((filter) => !texts.includes(filter));
  assert.deepEqual(others, [
    { scheme: "file", pattern: "**/lint.toml" },
    { scheme: "untitled", pattern: "**/lint.toml" },
  ]);
});

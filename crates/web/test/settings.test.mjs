// Settings and packs that the caller hands over.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { repository, web } from "./setting.mjs";

const { Linter } = web;
const manifest = '[pack]\nname = "quay-desk"\nversion = "1.0.0"\n';
const rule = (id = "quay-style") => `
[[rule]]
id = "${id}"
kind = "substitution"
message = 'the desk writes "{suggestion}" for "{found}"'

[rule.phrases]
"vesselled" = "towed"

[[rule.examples]]
bad = "The boat was [[vesselled]] away."
fixed = "The boat was towed away."

[[rule.examples]]
good = "The boat was towed away."
`;
const pack = manifest + rule();

test("settings hold, and what is wrong in them is told with its place", () => {
  const config = '[rules.damaged-number]\nseverity = "off"\n\n[rules.damaged-numbre]\nseverity = "off"\n';
  const linter = new Linter({ config });
  assert.deepEqual(linter.check("A fleet of 7.four boats lay at the quay.").findings, []);
  assert.equal(linter.problems.length, 1);
  const [{ file, start, end, message }] = linter.problems;
  assert.equal(file, "lint.toml");
  assert.match(config.slice(start, end), /damaged-numbre/);
  assert.match(message, /damaged-numbre/);
});

test("overrides hold for the files that they are meant for", () => {
  const linter = new Linter({ config: '[[override]]\nfiles = ["wire/**"]\n[override.rules.damaged-number]\nseverity = "off"\n' });
  assert.deepEqual(linter.problems, []);
  const found = (path) => linter.check("A fleet of 7.four boats lay at the quay.", { path }).findings.length;
  assert.deepEqual([found("wire/a.txt"), found("desk/a.txt"), found(undefined)], [0, 1, 1]);
});

test("the settings of the repository are taken", () => {
  const config = readFileSync(join(repository, "lint.toml"), "utf8");
  assert.deepEqual(new Linter({ config }).problems, []);
});

test("a pack is used whether the settings name it or not, and can be set", () => {
  const packs = { "desk.toml": pack };
  for (const config of [undefined, 'packs = ["desk.toml"]', 'packs = ["desk.toml"]\n[rules.quay-style]\nseverity = "error"\n']) {
    const linter = new Linter({ packs, ...(config === undefined ? {} : { config }) });
    assert.deepEqual(linter.problems, [], config);
    const found = linter.check("The boat was vesselled away at noon.").findings.find((f) => f.rule === "quay-style");
    assert.deepEqual(found.suggestions, ["towed"]);
    assert.equal(linter.rules().filter((rule) => rule.provenance !== null).length, 1);
    assert.deepEqual(linter.testPack(), [{ rule: "quay-style", examples: 2, failures: [] }]);
  }
});

test("a pack that is a folder, extends another, and settings that extend", () => {
  const linter = new Linter({
    config: 'extends = ["base.lint.toml"]\npacks = ["desk"]\n',
    packs: {
      "base.lint.toml": '[rules.damaged-number]\nseverity = "off"\n',
      "desk/pack.toml": '[pack]\nname = "desk"\nversion = "1"\nextends = ["../quay.toml"]\n',
      "desk/words.toml": rule("desk-style"),
      "quay.toml": pack,
    },
  });
  const problems = linter.problems.filter((problem) => problem.file !== "base.lint.toml");
  assert.deepEqual(problems, []);
  assert.deepEqual(linter.testPack().map((test) => test.rule), ["desk-style", "quay-style"]);
  assert.deepEqual(linter.check("A fleet of 7.four boats lay at the quay.").findings, []);
});

test("faults of packs, files that are not there and plugins are told", () => {
  const text = pack.replace("message", "mesage");
  const broken = new Linter({ packs: { "desk.toml": text } });
  assert.equal(broken.problems[0].file, "desk.toml");
  assert.match(text.slice(broken.problems[0].start, broken.problems[0].end), /mesage/);
  const missing = new Linter({ config: 'packs = ["gone.toml"]\n[plugins]\nhouse = "house.wasm"\n' });
  const told = missing.problems.map((problem) => problem.message);
  assert.equal(told.length, 2);
  assert.match(told[0], /cannot use the pack gone.toml: no file of that name/);
  assert.match(told[1], /plugins run in the command line alone/);
  const model = new Linter({ config: 'model = "house.model"' });
  assert.match(model.problems[0].message, /no file can be opened here/);
});

test("an example that does not tell the truth is told", () => {
  const linter = new Linter({ packs: { "desk.toml": pack.replace('good = "The boat was towed', 'good = "The boat was vesselled') } });
  const [{ failures }] = linter.testPack();
  assert.equal(failures.length, 1);
  assert.equal(failures[0].example, 2);
});

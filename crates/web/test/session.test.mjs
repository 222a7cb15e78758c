// A text that somebody writes: at a key what its paragraph tells, at rest what a check of it tells.
import assert from "node:assert/strict";
import { test } from "node:test";
import { original, reworded, web } from "./setting.mjs";

const { Linter } = web;

test("at rest it says what a check says, whatever was typed before", () => {
  const linter = new Linter();
  const session = linter.session({ path: "a.txt" });
  const check = (text) => linter.check(text, { path: "a.txt" });
  const step = Math.ceil(reworded.length / 12);
  for (let end = step; end < reworded.length + step; end += step) {
    const text = reworded.slice(0, end);
    session.glance(text);
    assert.deepEqual(session.settle(text), check(text));
  }
  // Somebody takes it back, and pastes another text.
  for (const text of [reworded.slice(0, 400), "", original, `${original}\n\n${reworded}`]) {
    assert.deepEqual(session.settle(text), check(text));
  }
});

test("at a key what stands in its paragraph is told, and the rest moves along", () => {
  const session = new Linter().session();
  const before = session.glance(reworded).findings;
  const typed = "A fleet of 7.four boats lay at the quay.\n\n";
  const now = session.glance(typed + reworded);
  const own = now.findings.filter((finding) => finding.end.utf16 <= typed.length);
  assert.deepEqual(own.map((finding) => finding.rule), ["damaged-number"]);
  const moved = now.findings.filter((finding) => finding.start.utf16 > typed.length);
  assert.deepEqual(moved.map(({ rule, start }) => [rule, start.utf16]), before.map(({ rule, start }) => [rule, start.utf16 + typed.length]));
});

test("a session outlives its linter, and no instance", () => {
  const linter = new Linter();
  const session = linter.session();
  linter.free();
  assert.equal(session.glance("A fleet of 7.four boats lay at the quay.").findings.length, 1);
  session.free();
  assert.throws(() => session.glance(""), /was freed/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { onSave } from "./on_save.mjs";

test("a damaged number is told where it stands, and nothing of the markup is", () => {
  const html = "<p>Some 7.<b>four</b> ferries left the slipway at noon, the harbour office said.</p>";
  const { needsReading, notes } = onSave({ slug: "ferry", html });
  assert.equal(needsReading, false);
  assert.deepEqual(notes.map(({ from, to }) => html.slice(from, to)), ["7.<b>four"]);
});

test("an article that is sound is saved without a word", () => {
  assert.deepEqual(onSave({ slug: "quay", html: "<p>The ferry left the quay at noon.</p>" }).notes, []);
});

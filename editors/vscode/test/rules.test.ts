import assert from "node:assert/strict";
import { test } from "node:test";

import { rulesIn } from "../src/rules";

test("rules are counted, the most frequent first, then by name", () => {
  const findings = ["garbled-word", "verb-frame", "garbled-word", "degree-word"].map((code) => ({
    source: "unspin",
    code,
  }));
  assert.deepEqual(rulesIn(findings), [
    { rule: "garbled-word", findings: 2 },
    { rule: "degree-word", findings: 1 },
    { rule: "verb-frame", findings: 1 },
  ]);
});

test("a code that carries a link is read, and what is no rule of ours is not", () => {
  const findings = [
    { source: "unspin", code: { value: "garbled-name", target: "https://example.org" } },
    { source: "unspin", code: "verdict" },
    { source: "unspin", code: 7 },
    { source: "unspin" },
    { source: "spelling", code: "typo" },
  ];
  assert.deepEqual(rulesIn(findings), [{ rule: "garbled-name", findings: 1 }]);
});

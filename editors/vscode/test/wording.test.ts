import assert from "node:assert/strict";
import { test } from "node:test";

import type { Verdict } from "../src/protocol";
import { checked, figures, fixed, headline, label, titled } from "../src/wording";

function verdict(more: Partial<Verdict> = {}): Verdict {
  return {
    uri: "file:///a.md",
    version: 1,
    level: "reworded",
    score: 0.991,
    rarity: 0.0002,
    reason: null,
    marks: 41,
    words: 1016,
    windows: [],
    ...more,
  };
}

test("figures read as in the program's own reports", () => {
  assert.equal(
    figures(verdict()),
    "score 0.99, 41 marks in 1,016 words; fewer than 1 in 5,000 clean texts score so high",
  );
  assert.equal(figures(verdict({ score: 0.2, marks: 1, words: 1, rarity: 0.3 })), "score 0.20, 1 mark in 1 word");
});

test("a rarity is rounded down to one digit, and told from 1 in 10", () => {
  const rare = (rarity: number | null) => /1 in ([\d,]+)/.exec(figures(verdict({ rarity })))?.[1];
  assert.equal(rare(0.1), "10");
  assert.equal(rare(0.101), undefined);
  assert.equal(rare(1 / 4999), "4,000");
  assert.equal(rare(0.001), "1,000");
  assert.equal(rare(0), "1,000,000,000");
  assert.equal(rare(1), undefined);
  assert.equal(rare(null), undefined);
});

test("no score reads as certainty", () => {
  assert.match(figures(verdict({ score: 1 })), /^score 0\.99,/);
  assert.match(figures(verdict({ score: 0, level: "clean" })), /^score 0\.01,/);
});

test("the status bar has the level, and the reason where there is none", () => {
  assert.equal(label(verdict()), "$(warning) unspin: 41 marks");
  assert.equal(label(verdict({ level: "doubtful", marks: 1 })), "$(question) unspin: 1 mark, doubtful");
  assert.equal(label(verdict({ level: "clean" })), "$(pass) unspin: clean");
  const reasons = ["short", "language", null].map((reason) => label(verdict({ level: "unknown", reason })));
  assert.deepEqual(reasons, [
    "$(circle-slash) unspin: too short",
    "$(circle-slash) unspin: not English",
    "$(circle-slash) unspin: no verdict",
  ]);
});

test("an unknown verdict tells no score", () => {
  assert.equal(figures(verdict({ level: "unknown", reason: "short", marks: 1, words: 7 })), "1 mark in 7 words");
});

test("every sentence on a level speaks of marks of automatic rewording, and of nobody", () => {
  for (const level of ["reworded", "doubtful", "clean", "unknown"] as const) {
    const sentence = headline(verdict({ level }));
    assert.match(sentence, /marks of automatic rewording/i);
    assert.doesNotMatch(sentence, /author|writer|written|plagiari|copied|machine|fake/i);
  }
});

test("a check of the workspace is told in one sentence", () => {
  assert.equal(
    checked({ files: 1200, findings: 48, reworded: 2, failures: 1 }),
    "unspin: 48 findings in 1,200 files; 2 texts bear marks of automatic rewording; 1 file could not be checked",
  );
  assert.equal(checked({ files: 1, findings: 0, reworded: 0, failures: 0 }), "unspin: 0 findings in 1 file");
});

test("fixes are counted", () => {
  assert.equal(fixed(1), "unspin: 1 fix made.");
  assert.equal(fixed(12), "unspin: 12 fixes made.");
  assert.match(fixed(0), /nothing/);
});

test("a page without a title gets the rule's name as one", () => {
  assert.equal(titled("verb-frame", "Finds frames."), "# verb-frame\n\nFinds frames.");
  assert.equal(titled("verb-frame", "# Frames\n"), "# Frames\n");
});

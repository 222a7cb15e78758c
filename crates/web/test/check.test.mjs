// Checks, repairs, reports and rules, as a caller sees them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { folder, original, reworded, web } from "./setting.mjs";

const { Linter, check, entries, model, version } = web;
const linter = new Linter();

test("a reworded article is told with its marks, and its original is clean", () => {
  const report = check(reworded);
  assert.equal(report.verdict.level, "reworded");
  assert.ok(report.findings.length > 3);
  for (const { start, end, text, source_text } of report.findings) {
    assert.equal(reworded.slice(start.utf16, end.utf16), source_text ?? text);
  }
  assert.deepEqual(check(original).findings, []);
});

test("places are told in what a string is indexed by", () => {
  const text = "\u{1f6a2} All 7.four ferries were late, and nobody on the quay said why.";
  const [found] = check(text).findings;
  assert.equal(text.slice(found.start.utf16, found.end.utf16), "7.four");
  assert.deepEqual([found.start.utf16, found.start.char, found.start.byte], [7, 6, 9]);
});

test("markup is asked for, or told by the name, or by the text", () => {
  const text = "    A fleet of 7.four boats lay at the quay.\n";
  const found = (options) => linter.check(text, options).findings.length;
  assert.equal(found({ markup: "markdown" }), 0);
  assert.equal(found({ path: "desk/a.md" }), 0);
  assert.equal(found({ markup: "plain", path: "desk/a.md" }), 1);
  assert.equal(linter.check("<html><body><p>A fleet of 7.four boats lay at the quay.</p></body></html>").findings.length, 1);
  assert.throws(() => found({ markup: "latex" }), /there is no markup `latex`/);
  assert.throws(() => found({ markdown: true }), /the options cannot be used: unknown field `markdown`/);
});

test("fixes are made that the options allow, and what is left is told", () => {
  const text = "He paid 7.four million for the boat withinside the harbour , the office said.";
  const safe = linter.fix(text);
  const all = linter.fix(text, { unsafe: true });
  assert.ok(all.applied > safe.applied);
  assert.ok(!all.text.includes("7.four"));
  assert.deepEqual(all.report.findings, []);
  assert.deepEqual(linter.fix(all.text, { unsafe: true }).text, all.text);
  const quoted = '"It is 7.four miles," said the harbour master, who did not say more than that.';
  assert.equal(linter.fix(quoted, { unsafe: true }).text, quoted);
  assert.notEqual(linter.fix(quoted, { unsafe: true, quotations: true }).text, quoted);
});

test("a text that is none is left alone, with the reason", () => {
  const fixed = linter.fix("\0\0\0 All 7.four boats \0\0\0", { unsafe: true });
  assert.equal(fixed.applied, 0);
  assert.match(fixed.refused, /does not look like text/);
});

test("every format of the command line is there", () => {
  for (const format of ["text", "concise", "html", "markdown", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "rdjsonl"]) {
    const out = linter.render(reworded, format, { path: "ferry.txt" });
    assert.ok(out.includes("ferry.txt") || out.includes("ferry"), format);
    if (["json", "sarif", "gitlab", "rdjson"].includes(format)) JSON.parse(out);
  }
  assert.throws(() => linter.render("", "docx"), /there is no format `docx`; there are text, concise/);
  assert.equal(JSON.parse(linter.render(reworded, "json")).tool.model, model);
  assert.ok(linter.render(reworded, "html", { full: true }).length > linter.render(reworded, "html").length);
});

test("two texts come to a record of changes", () => {
  const told = linter.compare(original, reworded);
  assert.equal(told.relation, "derived");
  assert.ok(told.changes.length > 3);
  assert.equal(told.report.path, "reworded");
  assert.equal(told.originalReport.path, "original");
  const [change] = told.changes;
  assert.equal(reworded.slice(change.reworded.start.utf16, change.reworded.end.utf16), change.reworded.text);
  assert.equal(linter.compare(original, original).relation, "same");
  assert.match(linter.renderComparison(original, reworded, "html"), /^<!DOCTYPE html>/i);
  assert.match(linter.renderComparison(original, reworded, "text"), /replaced-wording/);
  assert.throws(() => linter.renderComparison(original, reworded, "pdf"), /there is no format `pdf`/);
});

test("rules describe themselves", () => {
  const rules = linter.rules();
  const twice = rules.find((rule) => rule.id === "damaged-number");
  assert.deepEqual([twice.family, twice.provenance], ["mechanics", null]);
  assert.ok(twice.page.includes("```bad"));
  assert.deepEqual(rules.map((rule) => rule.id), rules.map((rule) => rule.id).sort());
  assert.equal(new Linter({ config: '[rules.damaged-number]\nseverity = "error"' }).rules().find((r) => r.id === "damaged-number").severity, "error");
});

test("files that hold texts are opened", () => {
  const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Quay</title><item><title>Ferry</title>
    <description>All 7.four ferries were late on Monday, the harbour office said.</description></item></channel></rss>`;
  const found = entries("quay.rss", Buffer.from(feed));
  assert.ok(found.some((entry) => entry.text.includes("harbour office") && entry.locator !== ""));
  const reports = linter.checkFile("quay.rss", Buffer.from(feed));
  assert.equal(reports.length, found.length);
  assert.equal(reports.flatMap((report) => report.findings).length, 1);
  assert.deepEqual(entries("a.md.gz", gzipSync("The quay.")).map(({ text, markup }) => [text, markup]), [["The quay.", "markdown"]]);
  assert.deepEqual(entries("a.html", Buffer.from("<p>a</p>")), [{ locator: "", text: "<p>a</p>", markup: "html" }]);
  assert.throws(() => entries("a.docx", Buffer.from("no archive")), /./);
  const told = [];
  const records = Buffer.from('{"text": "The quay."}\nno record\n{"text": "The pier."}\n');
  assert.equal(entries("a.jsonl", records, (error) => told.push(error)).length, 2);
  assert.equal(told.length, 1);
  assert.match(told[0], /2/);
});

test("what the package says of itself is so", () => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  assert.equal(version, manifest.version);
  assert.match(model, /^sha256:[0-9a-f]{64}$/);
  linter.check("Nothing.");
  const other = new Linter();
  other.free();
  assert.throws(() => other.check("Nothing."), /was freed/);
});

test("what is no text is refused before anything is asked", () => {
  for (const nothing of [undefined, null, 7, {}]) assert.throws(() => check(nothing), TypeError);
});

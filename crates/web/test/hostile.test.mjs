// Whatever a text is made of: an answer, never a fault, and nothing that a terminal would obey.
import assert from "node:assert/strict";
import { test } from "node:test";
import { web } from "./setting.mjs";

const { Linter, entries } = web;
const linter = new Linter();
const many = (piece, times) => piece.repeat(times);
const texts = {
  empty: "",
  blank: " \n\t\r\n ",
  "half of a pair": "The \ud83d boat \udea2 lay.",
  "controls and overrides": "The \u001b[2J7.four\u202e boats\u0007 lay \u0000 at\u2028 the quay.",
  "a mark of order first": "\ufeffA fleet of 7.four boats lay at the quay.",
  "one long word": many("withinside", 20_000),
  "one long sentence": many("and the boat ", 20_000),
  "quotes that never close": many("\u201cHe said ", 5_000),
  "brackets of Markdown": many("[", 20_000),
  "quotes of Markdown": many("> ", 5_000) + "7.four boats",
  "elements that never close": many("<div><p>", 20_000) + "7.four boats",
  "references": many("&amp;&#8217;&bogus;", 5_000),
  "letters that combine": "e" + many("\u0301", 20_000),
  "numbers and stops": many("7.four, . ", 10_000),
  "switches": many("[unspin-disable-line]\n", 5_000),
};

for (const [name, text] of Object.entries(texts)) {
  test(`a text of ${name}`, () => {
    for (const markup of ["plain", "markdown", "html"]) {
      const json = linter.checkJson(text, { markup });
      assert.doesNotMatch(json, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/u);
      const { findings } = JSON.parse(json);
      const whole = Buffer.from(text).toString();
      for (const { start, end } of findings) assert.ok(start.utf16 <= end.utf16 && end.utf16 <= whole.length);
    }
    linter.fix(text.slice(0, 2_000), { unsafe: true, quotations: true });
    linter.compare(text.slice(0, 20_000), text.slice(0, 20_000));
    assert.doesNotMatch(linter.render(text.slice(0, 20_000), "text"), /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
  });
}

test("bytes that are no text, in every kind of file", () => {
  const noise = Uint8Array.from({ length: 4_096 }, (_, at) => (at * 7_919) % 251);
  linter.check(noise);
  for (const ending of ["txt", "md", "html", "docx", "rss", "xml", "jsonl", "csv", "tsv", "gz", "zst", "txt.gz", "nitf", "newsml"]) {
    entries(`a.${ending}`, noise, () => {});
    entries(`a.${ending}`, new Uint8Array(), () => {});
    linter.checkFile(`a.${ending}`, noise);
  }
});

test("a text with a mark of order at its start, as UTF-16", () => {
  const text = "\ufeffA fleet of 7.four boats lay at the quay.";
  const report = linter.check(new Uint8Array(Buffer.from(text, "utf16le")));
  assert.equal(report.offsets, "entry");
  assert.equal(report.findings.length, 1);
});

test("settings and packs that are none", () => {
  for (const config of ["[", "\0", "a = ", many("[a]\n", 1_000), "x = " + many("[", 5_000)]) {
    assert.ok(new Linter({ config }).problems.length > 0);
    assert.ok(new Linter({ packs: { "a.toml": config } }).problems.length > 0);
  }
});

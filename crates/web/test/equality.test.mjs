// What is found is what the command line finds, byte for byte.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { below, members, original, printed, program, repository, reworded, web } from "./setting.mjs";

const linter = new web.Linter();
const skip = program === undefined && "UNSPIN_WEB_PROGRAM names no program";
const bare = ["--no-config", "--no-cache"];

/** Compares all files at once; tells names and never a word of a text. */
function agree(root, paths) {
  assert.ok(paths.length > 0);
  const report = printed(["check", ...bare, "--format", "json", ...paths]);
  const told = new Map(members(report).map((member) => [JSON.parse(member).path, member]));
  const other = [];
  for (const path of paths) {
    const own = linter.checkJson(readFileSync(path), { path });
    if (told.get(path) !== own) other.push(relative(root, path));
  }
  assert.deepEqual(other, []);
  assert.equal(JSON.parse(report).tool.model, web.model);
}

const isText = (path) => /\.(txt|md|html)$/.test(path);

test("articles and pages of the project", { skip }, () => {
  const own = ["tests/corpus", "tests/first_version/articles"].flatMap((folder) => below(join(repository, folder)));
  const guides = ["README.md", "crates/README.md", "crates/lint/SETTINGS.md", "rules/README.md"].map((path) => join(repository, path));
  agree(repository, [...own.filter(isText), ...guides]);
});

const shared = process.env.UNSPIN_SHARED;
const articles = ["spun", "clean", "paraphrase"].flatMap((set) => below(join(shared ?? "/nowhere", "eval/dev", set))).filter((path) => path.endsWith(".txt"));
test("articles of the evaluation", { skip: skip || (articles.length === 0 && "UNSPIN_SHARED names no folder with eval/dev") }, () => {
  agree(shared, articles);
});

test("every format", { skip }, () => {
  for (const format of ["text", "concise", "html", "markdown", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "rdjsonl"]) {
    const path = "tests/corpus/ferry_spun.txt";
    const own = linter.render(reworded, format, { path });
    process.chdir(repository);
    assert.equal(own, printed(["check", ...bare, "--format", format, "--fail-on", "info", path]), format);
  }
});

test("comparisons", { skip }, () => {
  process.chdir(repository);
  const [a, b] = ["tests/corpus/ferry_clean.txt", "tests/corpus/ferry_spun.txt"];
  for (const format of ["json", "html", "text"]) {
    const own = linter.renderComparison(original, reworded, format, { originalPath: a, path: b });
    assert.equal(own, printed(["compare", "--no-config", "--format", format, a, b]), format);
  }
});

test("repairs", { skip }, () => {
  const own = linter.fix(reworded, { unsafe: true, quotations: true, path: "ferry.txt" });
  const text = printed(["fix", "--no-config", "--unsafe-fixes", "--quotations", "--stdin-filename", "ferry.txt", "-"], reworded);
  assert.equal(own.text, text);
  assert.ok(own.applied > 0);
});

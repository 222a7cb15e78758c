// Checks an article when it is saved. `unspin` is the npm package that `crates/web/build` makes.
import { readFileSync } from "node:fs";
import { Linter } from "unspin";

const config = readFileSync(new URL("lint.toml", import.meta.url), "utf8");
const linter = new Linter({ config });
for (const { message, help } of linter.problems) console.warn(`lint.toml: ${message}`, help ?? "");

/** What an editor should see of an article: a verdict, and a note at each mark. */
export function onSave({ slug, html }) {
  const { verdict, findings } = linter.check(html, { markup: "html", path: `${slug}.html` });
  return {
    needsReading: verdict.level === "reworded",
    notes: findings.map(({ rule, message, suggestions, start, end }) => ({
      from: start.utf16, // where `html` is to be underlined
      to: end.utf16,
      text: `${message} (${rule})`,
      choices: suggestions,
    })),
  };
}

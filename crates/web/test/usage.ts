// What TypeScript makes of the types of the package; compiled and not run.
import { Linter, RuleFault, check, entries, load, model, version } from "unspin";
import type { Comparison, Finding, LinterOptions, Problem, Report, Rule, TestResult } from "unspin";

const report: Report = check("The boat lay at the quay.", { markup: "markdown", path: "a.md" });
const found: Finding[] = report.findings;
const first: number | undefined = found[0]?.start.utf16;
const options: LinterOptions = { config: "", packs: { "desk.toml": "" }, failed: ["doubled-word"] };
const linter = new Linter(options);
const problems: Problem[] = linter.problems;
const fixed: string = linter.fix(new Uint8Array(), { unsafe: true }).text;
const page: string = linter.render("", "html", { full: true });
const record: Comparison = linter.compare("", "", { originalPath: "a.txt" });
const rules: Rule[] = linter.rules();
const tests: TestResult[] = linter.testPack();
const texts: string[] = entries("a.docx", new Uint8Array(), (error: string) => error.length).map((entry) => entry.text);
export const all = [first, problems, fixed, page, record.relation, rules, tests, texts, version, model];

export async function again(): Promise<string | null> {
  try {
    await load({ model: { href: "https://example.org/unspin.model" } });
    return null;
  } catch (error) {
    return error instanceof RuleFault ? error.rule : null;
  } finally {
    linter.free();
  }
}

// @ts-expect-error: there is no such markup
check("", { markup: "latex" });
// @ts-expect-error: there is no such format
linter.render("", "pdf");
// @ts-expect-error: problems are told, not set
linter.problems = [];

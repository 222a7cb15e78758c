/** Sentences about verdicts, checks and rules. They speak of marks in a text, never of who wrote it, or how. */

import type { Checked, Verdict } from "./protocol";

/** The text of the status bar, with one of VS Code's icons. */
export function label(verdict: Verdict): string {
  switch (verdict.level) {
    case "reworded":
      return `$(warning) unspin: ${counted(verdict.marks, "mark")}`;
    case "doubtful":
      return `$(question) unspin: ${counted(verdict.marks, "mark")}, doubtful`;
    case "clean":
      return "$(pass) unspin: clean";
    case "unknown":
      return `$(circle-slash) unspin: ${unknown(verdict.reason)}`;
  }
}

/** What the verdict says, in one line. */
export function headline(verdict: Verdict): string {
  switch (verdict.level) {
    case "reworded":
      return "Marks of automatic rewording";
    case "doubtful":
      return "Marks of automatic rewording, too few to be sure";
    case "clean":
      return "No marks of automatic rewording to speak of";
    case "unknown":
      return `No verdict on marks of automatic rewording: ${unknown(verdict.reason)}`;
  }
}

/** What the verdict rests on. */
export function figures(verdict: Verdict): string {
  const size = `${counted(verdict.marks, "mark")} in ${counted(verdict.words, "word")}`;
  if (verdict.level === "unknown") {
    return size;
  }
  // No score reads as certainty.
  const score = Math.min(Math.max(verdict.score, 0.01), 0.99).toFixed(2);
  const n = verdict.rarity === null ? undefined : oneIn(verdict.rarity);
  const rare = n === undefined ? "" : `; fewer than 1 in ${grouped(n)} clean texts score so high`;
  return `score ${score}, ${size}${rare}`;
}

/** What a check of the workspace came to. */
export function checked(result: Checked): string {
  const parts = [`${counted(result.findings, "finding")} in ${counted(result.files, "file")}`];
  if (result.reworded > 0) {
    const bear = result.reworded === 1 ? "bears" : "bear";
    parts.push(`${counted(result.reworded, "text")} ${bear} marks of automatic rewording`);
  }
  if (result.failures > 0) {
    parts.push(`${counted(result.failures, "file")} could not be checked`);
  }
  return `unspin: ${parts.join("; ")}`;
}

/** What the repair of a file came to. */
export function fixed(fixes: number): string {
  return fixes === 0
    ? "unspin: there is nothing in this file that is safe to fix unseen."
    : `unspin: ${counted(fixes, "fix", "fixes")} made.`;
}

/** A rule's page, under its name where it has no title of its own. */
export function titled(rule: string, page: string): string {
  return page.startsWith("# ") ? page : `# ${rule}\n\n${page}`;
}

/** The `n` of "fewer than 1 in n" for a share, rounded down to one digit; `undefined` where it would impress nobody. */
function oneIn(share: number): number | undefined {
  // A reciprocal may come out a hair below the round number it is.
  const n = Math.floor(Math.min(1 / share + 1e-6, 1e9));
  const unit = 10 ** Math.floor(Math.log10(n));
  return n >= 10 ? Math.floor(n / unit) * unit : undefined;
}

function unknown(reason: string | null): string {
  switch (reason) {
    case "short":
      return "too short";
    case "language":
      return "not English";
    default:
      return "no verdict";
  }
}

function counted(n: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(n)} ${n === 1 ? noun : plural}`;
}

function grouped(n: number): string {
  return n.toLocaleString("en-GB");
}

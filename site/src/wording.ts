// Words that several parts of the page share; verdicts read as they do in every other report.
import type { Mark, Verdict } from "./messages.ts";

/** A number with a comma before each three digits. */
export const grouped = (count: number): string => count.toLocaleString("en");

/** A number and its noun. */
export const counted = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;

/** A probability that never reads as certainty. */
export const sure = (probability: number): string => Math.min(0.99, Math.max(0.01, probability)).toFixed(2);

/** How sure a finding is, after the name of its rule; a change between two texts is there or is not. */
export const trust = ({ family, confidence }: Mark): string =>
  family === "comparison" ? "" : ` · confidence ${sure(confidence)}`;

/** With a capital letter. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** At most so many characters, on one line. */
export function clipped(text: string, most: number): string {
  const line = text.split(/\s+/).join(" ").trim();
  const characters = [...line];
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join("")}…`;
}

/** What is said of a whole text. */
export function said(verdict: Verdict): string {
  if (verdict.level === "reworded") return "Marks of automatic rewording";
  if (verdict.level === "doubtful") return "Marks of automatic rewording, too few to be sure";
  if (verdict.level === "clean") return "No marks of automatic rewording to speak of";
  if (verdict.reason === "short") return "Nothing can be said of the whole: the text is too short to be judged";
  if (verdict.reason === "language") return "Nothing can be said of the whole: the text is not English";
  return "Nothing can be said of the whole";
}

/** What a verdict rests on. */
export function figures(verdict: Verdict): string {
  const counts = `${counted(verdict.marks, "mark")} in ${counted(verdict.words, "word")}`;
  if (verdict.level !== "reworded" && verdict.level !== "doubtful") return counts;
  const rare = oneIn(verdict.rarity);
  const tail = rare === null ? "" : `; fewer than 1 in ${grouped(rare)} clean texts score so high`;
  return `score ${sure(verdict.score)}, ${counts}${tail}`;
}

/** The `n` of "fewer than 1 in n" for a share, rounded down to one digit; none where it would impress nobody. */
function oneIn(share: number | null): number | null {
  if (share === null || share <= 0) return null;
  const most = Math.min(1 / share + 1e-6, 1e9);
  if (most < 10) return null;
  const unit = 10 ** Math.floor(Math.log10(most));
  return Math.floor(most / unit) * unit;
}

/** What a severity is called. */
export const SEVERITIES = { error: "error", warning: "warning", info: "note" } as const;

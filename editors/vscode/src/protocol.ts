/** What the server speaks beyond the Language Server Protocol; `crates/lsp/README.md` is the reference. */

/** Commands for `workspace/executeCommand`. */
export const serverCommands = {
  checkWorkspace: "unspin.checkWorkspace",
  fixFile: "unspin.fixFile",
  explainRule: "unspin.explainRule",
  verdict: "unspin.verdict",
} as const;

/** Notifications that are sent to clients with `experimental.unspin`. */
export const notifications = {
  verdict: "unspin/verdict",
  rulePage: "unspin/rulePage",
} as const;

/** The client's side of the agreement, in its capabilities under `experimental`. */
export const experimental = { unspin: { verdict: true, rulePage: true } } as const;

/** Lines and characters from 0, in the units that client and server agreed on. */
export interface Place {
  line: number;
  character: number;
}

/** A passage of about 300 words that bears many marks by itself. */
export interface Passage {
  start: Place;
  end: Place;
}

/** The verdict on a text. */
export interface Verdict {
  uri: string;
  /** The version of the text that was weighed; `null` for a file that is not open. */
  version: number | null;
  level: "reworded" | "doubtful" | "clean" | "unknown";
  /** A probability, 0 to 1. */
  score: number;
  /** The share of clean texts that score so high, 0 to 1. */
  rarity: number | null;
  /** Why the level is unknown: `short` or `language`. */
  reason: string | null;
  marks: number;
  words: number;
  windows: Passage[];
}

/** A rule's page, in Markdown. */
export interface RulePage {
  rule: string;
  page: string;
}

/** What a check of the workspace came to. */
export interface Checked {
  files: number;
  findings: number;
  /** Texts of the level `reworded`. */
  reworded: number;
  /** Files that could not be checked. */
  failures: number;
}

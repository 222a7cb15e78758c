// What page and worker say to each other.
import type { Entry, Format, Markup, Problem, Rule, TestResult } from "unspin";

export type { Entry, Markup, Problem, Rule, TestResult };

export type Severity = "error" | "warning" | "info";

/** A change of a text; places count UTF-16 units, as the editor does. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

export interface Fix {
  title: string;
  safety: "safe" | "unsafe" | "display";
  edits: Edit[];
}

/** A finding, at its place. */
export interface Mark {
  rule: string;
  family: string;
  severity: Severity;
  confidence: number;
  evidence: number;
  message: string;
  text: string;
  from: number;
  to: number;
  notes: string[];
  suggestions: string[];
  fixes: Fix[];
}

export interface Window {
  from: number;
  to: number;
  score: number;
}

export interface Verdict {
  level: "reworded" | "doubtful" | "clean" | "unknown";
  score: number;
  rarity: number | null;
  reason: string | null;
  marks: number;
  words: number;
  windows: Window[];
}

export interface Checked {
  verdict: Verdict;
  marks: Mark[];
}

/** A change between two texts: the finding that tells it and its place in both. */
export interface Change extends Mark {
  /** The text that its finding is in. */
  side: "original" | "reworded";
  /** The text that it is a mark in, where it is one. */
  inside?: "original" | "reworded";
  original: { from: number; to: number };
  reworded: { from: number; to: number };
}

export interface Tally {
  all: number;
  changed: number;
  dropped: number;
}

export interface Compared {
  relation: "same" | "derived" | "not-derived";
  common: number;
  kept: number;
  substitutions: number;
  quotations: Tally;
  numbers: Tally;
  names: Tally;
  words: number;
  changes: Change[];
}

/** The settings of an engine. `failed` are rules that stopped the engine and are not asked any more. */
export interface Settings {
  config: string;
  packs: Record<string, string>;
  failed: string[];
}

/** What the files of settings and rules are called, as the engine is told. */
export const CONFIG = "lint.toml";
export const PACK = "pack.toml";

export interface Settled {
  problems: Problem[];
  tests: TestResult[];
  rules: Rule[];
}

export interface Loaded {
  version: string;
  model: string;
}

export interface Fixed {
  text: string;
  applied: number;
}

/** Each kind of work, with what is asked and what is answered. */
export interface Work {
  load: [{ wasm: WebAssembly.Module; model: ArrayBuffer }, Loaded];
  settle: [Settings, Settled];
  /** At rest all of the text is looked at; at a key what changed, under the verdict that there was. */
  check: [{ text: string; markup: Markup; isAtRest: boolean }, Checked];
  compare: [{ original: string; text: string; markup: Markup }, Compared];
  fix: [{ text: string; markup: Markup }, Fixed];
  render: [{ text: string; markup: Markup; format: Format }, string];
  renderComparison: [{ original: string; text: string; markup: Markup; format: Format }, string];
  entries: [{ name: string; bytes: Uint8Array }, Entry[]];
}

export type Kind = keyof Work;
export type Asked<K extends Kind> = Work[K][0];
export type Answered<K extends Kind> = Work[K][1];

/** A piece of work for the worker. */
export type Ask = { [K in Kind]: { seq: number; kind: K; asked: Asked<K> } }[Kind];

/** What became of it. */
export type Answer =
  | { seq: number; outcome: "done"; answer: Answered<Kind> }
  | { seq: number; outcome: "refused"; message: string }
  /** The engine is gone; `rule` is the one that ran, if that is known. */
  | { seq: number; outcome: "fault"; rule: string | null; message: string };

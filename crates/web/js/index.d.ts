/** A linter for news prose that a machine has reworded: marks of rewording, each with its place and the way out. */

export type Markup = "plain" | "markdown" | "html";
export type Severity = "error" | "warning" | "info" | "off";
export type Format =
  | "text"
  | "concise"
  | "html"
  | "markdown"
  | "json"
  | "jsonl"
  | "sarif"
  | "github"
  | "gitlab"
  | "junit"
  | "checkstyle"
  | "rdjson"
  | "rdjsonl";

/** A place in a text: its byte, code point and UTF-16 unit from 0, its line and column (in code points) from 1. */
export interface Position {
  byte: number;
  char: number;
  /** What indexes a string of JavaScript. */
  utf16: number;
  line: number;
  column: number;
}

/** A change of the text, in bytes of it. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

export interface Fix {
  title: string;
  /** `safe` fixes can be made unseen, `unsafe` ones want a look, and the others are shown and not made. */
  safety: "safe" | "unsafe" | "display";
  edits: Edit[];
}

export interface Finding {
  rule: string;
  family: string;
  severity: Severity;
  confidence: number;
  evidence: number;
  message: string;
  start: Position;
  end: Position;
  /** In entries of files: where a person finds the place. */
  locator?: string;
  text: string;
  /** Where the source has markup in it, so that it differs from `text`. */
  source_text?: string;
  suggestions: string[];
  fixes: Fix[];
  notes: string[];
}

export interface Verdict {
  level: "reworded" | "doubtful" | "clean" | "unknown";
  score: number;
  rarity: number | null;
  reason: "short" | "language" | "settings" | null;
  marks: number;
  words: number;
  /** Stretches that look reworded, in bytes of the text. */
  windows: { start: number; end: number; score: number }[];
}

/** What is said of one text: a member of `files` of `unspin check --format json`. */
export interface Report {
  path: string;
  entry: string | null;
  offsets: "file" | "entry";
  verdict: Verdict;
  findings: Finding[];
}

/** A mistake in settings or in a pack. */
export interface Problem {
  file: string;
  /** In UTF-16 units of the file, as `end`. */
  start: number;
  end: number;
  message: string;
  help: string | null;
}

export interface LinterOptions {
  /** The text of a `lint.toml`. */
  config?: string;
  /** Files of packs, and settings that `config` extends, by name: `desk.toml`; `desk/pack.toml` and those beside it. */
  packs?: Record<string, string>;
  /** Ids of rules that failed before (`RuleFault.rule`). They are not asked, and each report says so. */
  failed?: string[];
}

export interface CheckOptions {
  /** What the text is written in; without it the ending of `path` tells, then the text. */
  markup?: Markup;
  /** The name of the text, which reports show and settings go by; without it `<stdin>`, as the command line has it. */
  path?: string;
}

export interface RenderOptions extends CheckOptions {
  /** Of a page: the whole text, and not the sentences alone that have findings. */
  full?: boolean;
}

export interface FixOptions extends CheckOptions {
  /** Make fixes that want a look, too. */
  unsafe?: boolean;
  /** Make those that change somebody's words, too, if `unsafe` is set. */
  quotations?: boolean;
}

export interface Fixed {
  text: string;
  /** How many fixes were made. */
  applied: number;
  /** Why none can be made, if so. */
  refused: string | null;
  /** What is found in the repaired text. */
  report: Report;
}

/** `path` and `markup` are those of the reworded text. */
export interface CompareOptions extends CheckOptions {
  originalPath?: string;
  originalMarkup?: Markup;
}

export interface RenderComparisonOptions extends CompareOptions {
  full?: boolean;
  /** The command that a page says makes it again. */
  command?: string;
}

export interface ComparedText {
  path: string;
  entry: string | null;
  sha256: string;
}

export interface Change {
  kind: string;
  original: { start: Position; end: Position; text: string };
  reworded: { start: Position; end: Position; text: string };
}

export interface Tally {
  all: number;
  changed: number;
  dropped: number;
}

/** A record of changes: the member `comparison` of `unspin compare --format json`, and what is said of both texts. */
export interface Comparison {
  original: ComparedText;
  reworded: ComparedText;
  relation: "same" | "derived" | "not-derived";
  common: number;
  figures: {
    original_words: number;
    reworded_words: number;
    kept: number;
    substitutions_per_1000: number;
    changes: Record<string, number>;
    quotations: Tally;
    numbers: Tally;
    names: Tally;
    containment: number[];
    common_subsequence: number | null;
    immutables_kept: number | null;
  };
  changes: Change[];
  /** Sentences that come from each other, in bytes. */
  links: { original: { start: number; end: number }[]; reworded: { start: number; end: number } }[];
  /** Of the reworded text. */
  report: Report;
  originalReport: Report;
}

export interface RuleOption {
  name: string;
  /** As it stands in `lint.toml`. */
  default: string;
  expected: string;
  doc: string;
}

export interface Rule {
  id: string;
  family: string;
  severity: Severity;
  min_confidence: number;
  /** Whether its findings count towards the verdict. */
  evidence: boolean;
  scope: "word" | "sentence" | "paragraph" | "document";
  summary: string;
  /** Its page, in Markdown. */
  page: string;
  formerly: string[];
  options: RuleOption[];
  /** The pack that brought it. */
  provenance: string | null;
}

export interface TestResult {
  rule: string;
  examples: number;
  failures: { example: number; line: number; message: string; expected: string[]; found: string[] }[];
}

/** A text of a file. */
export interface Entry {
  /** Where in the file it stands, for a person; empty where the file is one text. */
  locator: string;
  text: string;
  markup: Markup;
}

/** A text: a string, or the bytes of a file (UTF-8, or UTF-16 with a byte order mark). */
export type Text = string | Uint8Array;

/** Rules under settings. */
export class Linter {
  constructor(options?: LinterOptions);
  /** Mistakes in `config` and `packs`; what is wrong is left out. */
  readonly problems: Problem[];
  check(text: Text, options?: CheckOptions): Report;
  /** The same, as the bytes that the command line prints for a member of `files`. */
  checkJson(text: Text, options?: CheckOptions): string;
  /** What is said of each text of a file (see `entries`); of one that cannot be read, why. */
  checkFile(name: string, bytes: Uint8Array): (Report | { error: string })[];
  fix(text: Text, options?: FixOptions): Fixed;
  /** A whole report, as the command line writes it. */
  render(text: Text, format: Format, options?: RenderOptions): string;
  compare(original: Text, reworded: Text, options?: CompareOptions): Comparison;
  renderComparison(original: Text, reworded: Text, format: Format, options?: RenderComparisonOptions): string;
  /** For a text that somebody is writing: at a key it looks again only at what changed. */
  session(options?: CheckOptions): Session;
  rules(): Rule[];
  /** Runs the examples of the rules that packs brought, as `unspin test` does. */
  testPack(): TestResult[];
  /** Gives its memory back; it works no more. */
  free(): void;
}

/** A text that somebody is writing. */
export class Session {
  private constructor();
  /**
   * At a key: looks at the paragraphs that changed, under the verdict of the last `settle`, whose findings on the whole
   * are carried to where their words stand now. The first time it is a `settle`.
   */
  glance(text: Text): Report;
  /** When the writer rests: what `Linter.check` says. */
  settle(text: Text): Report;
  free(): void;
}

/** A rule failed, and with it the instance of the module: `load()` again, and make linters anew. */
export class RuleFault extends Error {
  /** Its id; `null` where no rule was at work. */
  readonly rule: string | null;
  /** What it said, with its place in the code. It may quote the text. */
  readonly fault: string;
}

/**
 * The texts of a file by its name: Word documents, feeds, news agencies' XML, records, HTML, what is compressed. `told`
 * is called with why an entry cannot be read; without it, the first such reason is thrown.
 */
export function entries(name: string, bytes: Uint8Array, told?: (error: string) => void): Entry[];

/** Checks a text under the usual settings. In Node a rule that fails is left out, and the report says so. */
export function check(text: Text, options?: CheckOptions): Report;

/** A place, a `URL`, a `Response`, or bytes. */
export type Source =
  | string
  | { readonly href: string }
  | { readonly ok: boolean; arrayBuffer(): Promise<ArrayBuffer> }
  | ArrayBuffer
  | Uint8Array;

/**
 * Starts the module. Browsers fetch both files from beside the package's, unless they are named; packed with gzip they
 * are unpacked. Node reads them by itself when they are needed. `wasm` may be a `WebAssembly.Module`, too.
 */
export function load(sources?: { wasm?: Source | object; model?: Source }): Promise<void>;

/** The version of unspin. */
export const version: string;
/** The digest of the model that belongs to it. */
export const model: string;

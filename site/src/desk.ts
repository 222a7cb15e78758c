// The desk: a text, or two beside each other, and what the engine says of them while they are written.
import { EditorView } from "@codemirror/view";

import { showComparison } from "./compare.ts";
import { element } from "./dom.ts";
import { cards } from "./editor/card.ts";
import { marking, placeOf, setLit, setMarks } from "./editor/marking.ts";
import { Paper } from "./editor/paper.ts";
import type { Engine } from "./engine.ts";
import { Filters } from "./filters.ts";
import { Findings } from "./findings.ts";
import { Live } from "./live.ts";
import type { Change, Checked, Compared, Mark, Markup } from "./messages.ts";
import { notice, say, sayLater } from "./notices.ts";
import { take } from "./repairs.ts";
import { strip } from "./strip.ts";
import { showVerdict } from "./verdict.ts";
import { Timing } from "./timing.ts";
import { counted, said } from "./wording.ts";

export type Mode = "check" | "compare";

/** What is known of a rule. */
export interface KnownRule {
  evidence: boolean;
  page?: string;
}

/** After how many milliseconds without a key all of the text is looked at. */
const REST = 400;
/** After how many milliseconds what stands beside the text follows its marks. */
const DRAWN = 150;
/** A change of so many characters was not written, and all of the text is looked at once. */
const MUCH = 200;

export class Desk {
  readonly text: Paper;
  readonly original: Paper;
  markup: Markup = "plain";
  rules = new Map<string, KnownRule>();
  /** What was last said of the text by itself. */
  checked: Checked | undefined;

  private readonly timing = new Timing();
  /** Whether all of the text is to be looked at next. */
  private isAtRest = true;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private drawing: ReturnType<typeof setTimeout> | undefined;
  private mode: Mode = "check";
  private compared: Compared | undefined;
  /** Its changes, as marks in each of the texts. */
  private changes: Record<Change["side"], Change[]> = { original: [], reworded: [] };
  private readonly live: Live;
  private readonly filters: Record<Mode, Filters>;
  private readonly findings: Record<Mode, Findings>;

  constructor(private readonly engine: Engine) {
    const poke = (size: number) => this.poke(size);
    const page = (rule: string) => this.rules.get(rule)?.page;
    const look = (mark: Mark | null) => this.look(mark);
    const card = cards({ take: (view, mark, nth) => this.take(view, mark, nth), page, say, look });
    const hint = "Paste or write a text, or drop a file: .txt, .md, .html, .docx";
    this.text = new Paper(element("text"), { label: "Text", hint, extensions: [marking, card], onChange: poke });
    const above = "The original: what the other text may have been made from";
    this.original = new Paper(element("original"), {
      label: "Original",
      hint: above,
      extensions: [marking, card],
      onChange: poke,
    });
    this.live = new Live(() => (this.mode === "check" ? this.check() : this.compare()));
    const filter = () => {
      this.show();
      if (this.mode === "check") this.drawChecked();
    };
    this.filters = {
      check: new Filters(element("check-filters"), { name: "Family", of: ({ family }) => family }, filter),
      compare: new Filters(element("compare-filters"), { name: "Kind", of: ({ rule }) => rule }, filter),
    };
    const actions = {
      go: (mark: Mark) => this.go(mark),
      take: (mark: Mark, nth: number) => this.take(this.viewOf(mark), mark, nth),
      page,
    };
    this.findings = {
      check: new Findings(element("check-findings"), "finding", actions),
      compare: new Findings(element("compare-findings"), "change", { ...actions, look }),
    };
  }

  /** Checks one text, or compares two. */
  turn(mode: Mode): void {
    if (mode !== this.mode) {
      this.mode = mode;
      for (const paper of [this.text, this.original])
        paper.view.dispatch({ effects: [setMarks.of([]), setLit.of(null)] });
    }
    this.poke();
  }

  /** So much of the text changed; without a size, settings or how it is read. */
  poke(size = Infinity): void {
    clearTimeout(this.resting);
    this.isAtRest ||= size > MUCH;
    this.timing.written();
    this.live.poke();
  }

  private async check(): Promise<void> {
    const { isAtRest } = this;
    this.isAtRest = false;
    try {
      const { verdict, marks } = await this.engine.ask("check", { text: this.read(), markup: this.markup, isAtRest });
      this.checked = { verdict, marks: this.text.caughtUp(marks) };
    } catch (error) {
      this.refused(error);
      return;
    }
    if (this.mode === "check") this.show();
    if (isAtRest) return;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.isAtRest = true;
      this.live.poke();
    }, REST);
  }

  private async compare(): Promise<void> {
    const [original, text] = [this.original.read(), this.read()];
    this.compared = undefined;
    try {
      if (original.trim() && text.trim()) {
        const found = await this.engine.ask("compare", { original, text, markup: this.markup });
        this.compared = found;
        this.changes = {
          reworded: this.text.caughtUp(found.changes.map((change) => inText(change, "reworded"))),
          original: this.original.caughtUp(found.changes.map((change) => inText(change, "original"))),
        };
      }
    } catch (error) {
      this.refused(error);
      return;
    }
    if (this.mode === "compare") this.show();
  }

  private read(): string {
    this.timing.asked();
    return this.text.read();
  }

  private refused(error: unknown): void {
    notice("refused", error instanceof Error ? error.message : String(error));
  }

  private show(): void {
    if (this.mode === "check") this.showChecked();
    else this.showCompared();
    document.documentElement.dataset["shown"] = this.mode;
    this.timing.shown(this.mode === "check" ? (this.checked?.marks.length ?? 0) : (this.compared?.changes.length ?? 0));
  }

  /** The marks at once; what stands beside the text a little later, once for all keys until then. */
  private showChecked(): void {
    const { checked } = this;
    if (!checked) return;
    const marks = checked.marks.filter((mark) => this.filters.check.passes(mark));
    this.text.view.dispatch({ effects: setMarks.of(marks) });
    this.drawing ??= setTimeout(() => {
      this.drawing = undefined;
      if (this.mode === "check") this.drawChecked();
    }, DRAWN);
  }

  private drawChecked(): void {
    const { checked } = this;
    if (!checked) return;
    const { length } = this.text.view.state.doc;
    const marks = checked.marks.filter((mark) => this.filters.check.passes(mark));
    const go = (mark: Mark) => this.go(mark);
    this.filters.check.show(checked.marks);
    this.findings.check.show(marks, checked.marks.length);
    strip(element("strip"), marks, checked.verdict.windows, length, go);
    element("desk").classList.toggle("empty", length === 0);
    const counts = (rule: string) => this.rules.get(rule)?.evidence ?? false;
    showVerdict(element("check-verdict"), checked, counts, go);
    element("brief").textContent = `${said(checked.verdict)}. ${counted(checked.marks.length, "finding")}`;
    const safe = checked.marks.filter(({ fixes }) => fixes.some((fix) => fix.safety === "safe")).length;
    const fixAll = element<HTMLButtonElement>("fix-safe");
    fixAll.textContent = safe === 0 ? "No safe fixes" : safe === 1 ? "Make 1 safe fix" : `Make ${safe} safe fixes`;
    fixAll.disabled = safe === 0;
    if (length > 0) sayLater(`${said(checked.verdict)}. ${counted(checked.marks.length, "finding")}.`);
  }

  private showCompared(): void {
    const { compared } = this;
    element("desk").classList.toggle("empty", !compared);
    if (!compared) {
      for (const paper of [this.text, this.original]) paper.view.dispatch({ effects: setMarks.of([]) });
      this.filters.compare.show([]);
      return;
    }
    const shown = (side: Change["side"]) => this.changes[side].filter((change) => this.filters.compare.passes(change));
    const [reworded, original] = [shown("reworded"), shown("original")];
    this.text.view.dispatch({ effects: setMarks.of(reworded) });
    this.original.view.dispatch({ effects: setMarks.of(original) });
    // Each is told once: in the text that its finding is in.
    const told = [...reworded, ...original].filter((change) => change.inside === change.side);
    told.sort((one, other) => one.reworded.from - other.reworded.from || one.original.from - other.original.from);
    this.filters.compare.show(compared.changes);
    this.findings.compare.show(told, compared.changes.length);
    showComparison(element("compare-verdict"), compared);
    element("brief").textContent = counted(compared.changes.length, "change");
    sayLater(`${counted(compared.changes.length, "change")}.`);
  }

  /** Lights the other side of a change that somebody looks at. */
  private look(mark: Mark | null): void {
    if (this.mode !== "compare") return;
    const change = mark && this.changeOf(mark);
    this.text.view.dispatch({ effects: setLit.of(change?.reworded ?? null) });
    this.original.view.dispatch({ effects: setLit.of(change?.original ?? null) });
  }

  private changeOf(mark: Mark): Change | undefined {
    return "reworded" in mark ? (mark as Change) : undefined;
  }

  /** The editor that a mark is in: a change that the reworded text lacks is in the original. */
  private viewOf(mark: Mark): EditorView {
    const isOriginal = this.mode === "compare" && this.changeOf(mark)?.side === "original";
    return (isOriginal ? this.original : this.text).view;
  }

  private go(mark: Mark): void {
    const view = this.viewOf(mark);
    const placed = placeOf(view.state, mark) ?? mark;
    const [from, to] = [placed.from, placed.to].map((place) => Math.min(place, view.state.doc.length)) as [
      number,
      number,
    ];
    view.dispatch({
      selection: { anchor: from, head: to },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
    view.focus();
    this.look(mark);
  }

  private take(view: EditorView, mark: Mark, nth: number): void {
    const { from } = mark;
    if (take(view, mark, nth)) say(`Done: ${mark.fixes[nth]?.title ?? ""}.`);
    else say("The text has changed there.");
    if (from <= view.state.doc.length) view.dispatch({ effects: EditorView.scrollIntoView(from, { y: "nearest" }) });
  }
}

/** A change as a mark in one of the texts; the fix is for the one that its finding is in. */
function inText(change: Change, side: Change["side"]): Change {
  const isOwn = change.side === side;
  return { ...change, ...change[side], inside: side, fixes: isOwn ? change.fixes : [] };
}

// Marks in a text. They move with what is written until the next result puts others in their place.
import { type EditorState, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";

import type { Mark } from "../messages.ts";

/** The marks of a text, all at once. */
export const setMarks = StateEffect.define<Mark[]>();
/** What is lit, since somebody looks at it elsewhere. */
export const setLit = StateEffect.define<{ from: number; to: number } | null>();

/** Where nothing stands, and something did. */
class Point extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(): HTMLElement {
    const point = document.createElement("span");
    point.className = "cm-point";
    point.textContent = "^";
    point.setAttribute("aria-hidden", "true");
    return point;
  }
}

function decorated(mark: Mark, length: number): Range<Decoration> | null {
  const [from, to] = [Math.min(mark.from, length), Math.min(mark.to, length)];
  if (from === to) return Decoration.widget({ widget: new Point(), side: 1, mark }).range(from);
  return Decoration.mark({ tagName: "mark", class: `cm-mark ${mark.severity}`, mark }).range(from, to);
}

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    set = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { length } = transaction.newDoc;
      const ranges = effect.value.map((mark) => decorated(mark, length)).filter((range) => range !== null);
      set = Decoration.set(ranges, true);
    }
    return set;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    set = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setLit)) continue;
      const { length } = transaction.newDoc;
      const [from, to] = [Math.min(effect.value?.from ?? 0, length), Math.min(effect.value?.to ?? 0, length)];
      set = from < to ? Decoration.set(Decoration.mark({ class: "cm-lit" }).range(from, to)) : Decoration.none;
    }
    return set;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const marking = [marks, lit];

/** A mark where it is now. */
export interface Placed {
  mark: Mark;
  from: number;
  to: number;
}

/** The marks between two places, in order. */
export function marksBetween(state: EditorState, from = 0, to = state.doc.length): Placed[] {
  const found: Placed[] = [];
  state.field(marks, false)?.between(from, to, (start, end, { spec }) => {
    found.push({ mark: spec["mark"] as Mark, from: start, to: end });
  });
  return found;
}

/** Where a mark is now, if it is still there. */
export function placeOf(state: EditorState, mark: Mark): Placed | undefined {
  return marksBetween(state).find((placed) => placed.mark === mark);
}

/** The edits of a fix, where the text now is; none where what it would change is not as it was. */
export function editsNow(state: EditorState, mark: Mark, edits: { from: number; to: number; insert: string }[]) {
  const placed = placeOf(state, mark);
  if (!placed || placed.to - placed.from !== mark.to - mark.from) return null;
  const moved = placed.from - mark.from;
  const now = edits.map(({ from, to, insert }) => ({ from: from + moved, to: to + moved, insert }));
  return now.every(({ from, to }) => from >= 0 && from <= to && to <= state.doc.length) ? now : null;
}

// Fixes, one by one or all that are safe. Each is one step to undo.
import { isolateHistory } from "@codemirror/commands";
import type { ChangeSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

import { editsNow } from "./editor/marking.ts";
import type { Edit, Fixed, Mark } from "./messages.ts";

/** Takes a fix of a mark; tells whether the text still was as it is for. */
export function take(view: EditorView, mark: Mark, nth: number): boolean {
  const edits = editsNow(view.state, mark, mark.fixes[nth]?.edits ?? []);
  if (!edits || edits.length === 0) return false;
  step(view, edits);
  return true;
}

/** Puts the repaired text in place of the one that was repaired, in as few changes as are known. */
export function takeAll(view: EditorView, marks: Mark[], { text }: Fixed): void {
  const now = view.state.doc.toString();
  const safe = marks.flatMap(({ fixes }) => fixes.find((fix) => fix.safety === "safe")?.edits ?? []);
  step(view, applied(now, safe) === text ? safe : [difference(now, text)]);
}

function step(view: EditorView, changes: ChangeSpec): void {
  view.dispatch({ changes, userEvent: "input.fix", annotations: isolateHistory.of("full") });
}

function applied(text: string, edits: Edit[]): string {
  const sorted = [...edits].sort((one, other) => other.from - one.from);
  return sorted.reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text);
}

/** What stands between the common beginning and the common end of two texts. */
export function difference(one: string, other: string): Edit {
  const most = Math.min(one.length, other.length);
  let from = 0;
  while (from < most && one[from] === other[from]) from += 1;
  let left = 0;
  while (left < most - from && one[one.length - 1 - left] === other[other.length - 1 - left]) left += 1;
  return { from, to: one.length - left, insert: other.slice(from, other.length - left) };
}

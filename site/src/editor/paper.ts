// A text that can be written in. It lives in a shadow root: there the editor's styles are adopted as sheets, where in
// the page they would be a <style> that the policy rightly refuses.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { type ChangeDesc, ChangeSet, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, placeholder, tooltips } from "@codemirror/view";

import type { Mark } from "../messages.ts";
import { theme } from "./theme.ts";

export interface PaperOptions {
  /** What it is called, for whoever does not see it. */
  label: string;
  /** What stands in it while it is empty. */
  hint: string;
  extensions?: Extension[];
  /** Told of every change of the text, and how many characters it is. */
  onChange?: (size: number) => void;
}

export class Paper {
  readonly view: EditorView;
  /** What was written since the text was last read. */
  private moved: ChangeDesc | undefined;

  constructor(host: HTMLElement, { label, hint, extensions = [], onChange }: PaperOptions) {
    const root = host.attachShadow({ mode: "open" });
    const state = EditorState.create({
      extensions: [
        history(),
        drawSelection(),
        // Control characters and marks of direction have stand-ins; nothing in a text is obeyed.
        highlightSpecialChars({ addSpecialChars: /[\u202a-\u202c\u2060-\u2065\u2068\u206a-\u206f]/g }),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", translate: "no" }),
        placeholder(hint),
        tooltips({
          tooltipSpace: () => ({
            top: 0,
            left: 8,
            bottom: innerHeight,
            right: document.documentElement.clientWidth - 8,
          }),
        }),
        theme,
        ...extensions,
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          this.moved = this.moved?.composeDesc(update.changes);
          let size = 0;
          update.changes.iterChanges((fromA, toA, fromB, toB) => (size += Math.max(toA - fromA, toB - fromB)));
          onChange?.(size);
        }),
      ],
    });
    this.view = new EditorView({ state, parent: root, root });
    host.addEventListener("mousedown", (event) => {
      // Below the last line is still the text.
      if (event.target === host && event.composedPath()[0] === host) this.view.focus();
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** The text, from where on changes are remembered. */
  read(): string {
    this.moved = ChangeSet.empty(this.view.state.doc.length).desc;
    return this.text;
  }

  /** Marks of the text that was last read, where they are now; those that were written over are gone. */
  caughtUp<M extends Mark>(marks: M[]): M[] {
    const { moved } = this;
    if (!moved || moved.empty) return marks;
    const left = marks.filter(({ from, to }) => !moved.touchesRange(from, to));
    const now = (place: number) => moved.mapPos(place, 1);
    return left.map((mark) => ({
      ...mark,
      from: now(mark.from),
      to: now(mark.from) + mark.to - mark.from,
      fixes: mark.fixes.map(({ edits, ...fix }) => ({
        ...fix,
        edits: edits.map(({ from, to, insert }) => ({ from: now(from), to: now(to), insert })),
      })),
    }));
  }

  /** Another text in place of all there is; one step to undo. */
  replace(text: string): void {
    const { doc } = this.view.state;
    this.view.dispatch({ changes: { from: 0, to: doc.length, insert: text }, selection: { anchor: 0 } });
  }
}

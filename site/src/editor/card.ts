// The card beside a mark: reason, suggestions, and a way to take one. Under the pointer, at a touch, and by keyboard.
import { type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";

import { make } from "../dom.ts";
import type { Mark } from "../messages.ts";
import { SEVERITIES, trust } from "../wording.ts";
import { marksBetween, type Placed } from "./marking.ts";

export interface CardActions {
  /** Takes a fix of a mark. */
  take(view: EditorView, mark: Mark, nth: number): void;
  /** The address of a rule's page, if it has one. */
  page(rule: string): string | undefined;
  /** Says something to whoever hears the page. */
  say(text: string): void;
  /** Told that somebody looks at a mark, or at none any more. */
  look?(mark: Mark | null): void;
}

const open = StateEffect.define<Placed[] | null>();

export function cards(actions: CardActions): Extension {
  const field = StateField.define<Placed[] | null>({
    create: () => null,
    update(shown, transaction) {
      for (const effect of transaction.effects) if (effect.is(open)) return effect.value;
      return transaction.docChanged || transaction.selection ? null : shown;
    },
    provide: (self) => showTooltip.from(self, (shown) => (shown ? tooltip(shown, actions) : null)),
  });

  /** Opens the card of what stands at the cursor. */
  const show = (view: EditorView): boolean => {
    const { head } = view.state.selection.main;
    const placed = marksBetween(view.state, head, head);
    if (placed.length === 0) return false;
    view.dispatch({ effects: open.of(placed) });
    actions.look?.(placed[0]?.mark ?? null);
    return true;
  };

  const hide = (view: EditorView): boolean => {
    if (!view.state.field(field)) return false;
    view.dispatch({ effects: open.of(null) });
    actions.look?.(null);
    view.focus();
    return true;
  };

  /** Goes to the next mark, or the one before, round the end. */
  const go = (forwards: boolean) => (view: EditorView) => {
    const all = marksBetween(view.state);
    const { from, to } = view.state.selection.main;
    const next = forwards
      ? (all.find((placed) => placed.from > from || (placed.from === from && placed.to > to)) ?? all[0])
      : (all.findLast((placed) => placed.from < from) ?? all.at(-1));
    if (!next) {
      actions.say("No findings.");
      return true;
    }
    view.dispatch({ selection: { anchor: next.from, head: next.to }, scrollIntoView: true });
    view.dispatch({ effects: open.of([next]) });
    actions.look?.(next.mark);
    actions.say(spoken(next.mark, all.indexOf(next) + 1, all.length));
    return true;
  };

  const enter = (view: EditorView): boolean => {
    if (!view.state.field(field) && !show(view)) return false;
    requestAnimationFrame(() => view.dom.querySelector<HTMLElement>(".card :is(button, a)")?.focus());
    return true;
  };

  return [
    field,
    hoverTooltip(
      (view, place) => {
        const placed = marksBetween(view.state, place, place);
        if (placed.length === 0 || view.state.field(field)) return null;
        actions.look?.(placed[0]?.mark ?? null);
        return tooltip(placed, actions);
      },
      { hoverTime: 120, hideOnChange: true },
    ),
    EditorView.domEventHandlers({
      click(_event, view) {
        if (view.state.selection.main.empty) show(view);
      },
      keydown(event, view) {
        // Also from inside the card.
        return event.key === "Escape" && hide(view);
      },
    }),
    Prec.high(
      keymap.of([
        { key: "F8", run: go(true) },
        { key: "Shift-F8", run: go(false) },
        { key: "Alt-Enter", run: enter },
        { key: "Mod-.", run: enter },
      ]),
    ),
  ];
}

function spoken({ severity, message, fixes }: Mark, nth: number, all: number): string {
  const remedies = fixes.map(({ title }) => title).slice(0, 3);
  const tail = remedies.length > 0 ? ` ${remedies.join(", or ")}. Alt+Enter opens the suggestions.` : "";
  return `${nth} of ${all}: ${SEVERITIES[severity]}, ${message}.${tail}`;
}

function tooltip(placed: Placed[], actions: CardActions): Tooltip {
  const pos = Math.min(...placed.map(({ from }) => from));
  const end = Math.max(...placed.map(({ to }) => to));
  return {
    pos,
    end,
    create: (view) => {
      const dom = make("div", { class: "card", role: "group", "aria-label": "What is said of these words" });
      dom.append(...placed.map(({ mark }) => told(view, mark, actions)));
      dom.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        view.dispatch({ effects: open.of(null) });
        view.focus();
      });
      return { dom };
    },
  };
}

function told(view: EditorView, mark: Mark, actions: CardActions): HTMLElement {
  const severity = make("span", { class: `severity ${mark.severity}` }, SEVERITIES[mark.severity]);
  const section = make("section", {}, make("p", {}, severity, ` · ${mark.message}.`));
  if (mark.notes.length > 0) section.append(make("p", { class: "notes" }, `${mark.notes.join("; ")}.`));
  if (mark.fixes.length > 0) {
    const fixes = make("div", { class: "fixes" });
    for (const [nth, { title, edits }] of mark.fixes.slice(0, 4).entries()) {
      if (edits.length === 0) {
        fixes.append(make("span", { class: "about" }, `By hand: ${title}.`));
        continue;
      }
      const take = make("button", { type: "button" }, title);
      take.addEventListener("click", () => {
        actions.take(view, mark, nth);
        view.focus();
      });
      fixes.append(take);
    }
    section.append(fixes);
  }
  const page = actions.page(mark.rule);
  const rule = page ? make("a", { href: page, target: "_blank", rel: "noopener" }, mark.rule) : mark.rule;
  section.append(make("p", { class: "about" }, rule, trust(mark)));
  return section;
}

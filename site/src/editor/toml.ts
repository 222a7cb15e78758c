// An editor for TOML, with the engine's mistakes at their places.
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { toml } from "@codemirror/legacy-modes/mode/toml";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

import type { Problem } from "../messages.ts";

const style = HighlightStyle.define([
  { tag: tags.comment, color: "var(--soft)" },
  { tag: [tags.string, tags.atom, tags.bool, tags.number], color: "var(--fix)" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--link)" },
  { tag: tags.bracket, color: "var(--soft)" },
]);

export const setProblems = StateEffect.define<Problem[]>();

const problems = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    set = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setProblems)) continue;
      const { length } = transaction.newDoc;
      const wrong = Decoration.mark({ class: "cm-wrong" });
      const ranges = effect.value.map(
        ({ start, end }) => [Math.min(start, length), Math.min(Math.max(end, start + 1), length)] as const,
      );
      set = Decoration.set(
        ranges.filter(([from, to]) => from < to).map(([from, to]) => wrong.range(from, to)),
        true,
      );
    }
    return set;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const tomlEditing = [StreamLanguage.define(toml), syntaxHighlighting(style), problems];

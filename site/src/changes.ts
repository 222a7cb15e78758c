// A comparison of two texts, as the page takes it.
import type { Comparison } from "unspin";

import { checked } from "./marks.ts";
import type { Change, Compared, Mark } from "./messages.ts";

/** Each change whose kind the settings show, with the finding that tells it. */
export function compared(original: string, text: string, found: Comparison): Compared {
  const reworded = told(checked(text, found.report).marks);
  const source = told(checked(original, found.originalReport).marks);
  const changes: Change[] = [];
  for (const change of found.changes) {
    const places = {
      original: { from: change.original.start.utf16, to: change.original.end.utf16 },
      reworded: { from: change.reworded.start.utf16, to: change.reworded.end.utf16 },
    };
    const inReworded = reworded.get(key(change.kind, places.reworded));
    const mark = inReworded ?? source.get(key(change.kind, places.original));
    if (!mark) continue;
    // The place in the original is a light away.
    const notes = mark.notes.filter((note) => !note.startsWith("original: "));
    changes.push({ ...mark, ...places, notes, side: inReworded ? "reworded" : "original" });
  }
  const { figures } = found;
  return {
    relation: found.relation,
    common: found.common,
    kept: figures.kept,
    substitutions: figures.substitutions_per_1000,
    quotations: figures.quotations,
    numbers: figures.numbers,
    names: figures.names,
    words: figures.reworded_words,
    changes,
  };
}

const key = (rule: string, { from, to }: { from: number; to: number }) => `${rule} ${from} ${to}`;

const told = (marks: Mark[]) => new Map(marks.map((mark) => [key(mark.rule, mark), mark]));

// What the engine reports, as the page takes it: every place in UTF-16 units.
import type { Report } from "unspin";

import type { Checked, Mark, Severity } from "./messages.ts";

/** Where places in bytes of UTF-8 are in UTF-16 units; they are given all at once, in any order. */
export function units(text: string, bytes: Iterable<number>): Map<number, number> {
  const wanted = [...new Set(bytes)].sort((one, other) => one - other);
  const found = new Map<number, number>();
  let byte = 0;
  let unit = 0;
  for (const place of wanted) {
    while (byte < place && unit < text.length) {
      const point = text.codePointAt(unit) ?? 0;
      byte += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      unit += point < 0x10000 ? 1 : 2;
    }
    found.set(place, unit);
  }
  return found;
}

/** A report on a text. */
export function checked(text: string, report: Report): Checked {
  const { verdict, findings } = report;
  const bytes = function* () {
    for (const { fixes } of findings)
      for (const { edits } of fixes) for (const { start, end } of edits) yield* [start, end];
    for (const { start, end } of verdict.windows) yield* [start, end];
  };
  const places = units(text, bytes());
  const at = (byte: number) => places.get(byte) ?? 0;
  const marks = findings.map((finding): Mark => ({
    rule: finding.rule,
    family: finding.family,
    severity: finding.severity as Severity,
    confidence: finding.confidence,
    evidence: finding.evidence,
    message: finding.message,
    text: finding.text,
    from: finding.start.utf16,
    to: finding.end.utf16,
    notes: finding.notes,
    suggestions: finding.suggestions,
    fixes: finding.fixes.map(({ title, safety, edits }) => ({
      title,
      safety,
      edits: edits.map(({ start, end, text: insert }) => ({ from: at(start), to: at(end), insert })),
    })),
  }));
  const windows = verdict.windows.map(({ start, end, score }) => ({ from: at(start), to: at(end), score }));
  return { verdict: { ...verdict, windows } as Checked["verdict"], marks };
}

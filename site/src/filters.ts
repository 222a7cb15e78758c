// Which findings are shown: by severity, and by family or kind.
import { make } from "./dom.ts";
import type { Mark, Severity } from "./messages.ts";
import { grouped, SEVERITIES } from "./wording.ts";

const ORDER: Severity[] = ["error", "warning", "info"];

export class Filters {
  private readonly hidden = { severity: new Set<string>(), kind: new Set<string>() };
  private drawn = "";

  /** `kind` says what findings are grouped by besides their severity, and how that is called. */
  constructor(
    private readonly host: HTMLElement,
    private readonly kind: { name: string; of: (mark: Mark) => string },
    private readonly onChange: () => void,
  ) {}

  passes(mark: Mark): boolean {
    return !this.hidden.severity.has(mark.severity) && !this.hidden.kind.has(this.kind.of(mark));
  }

  /** Draws a box for each severity and kind there is, and for those that are hidden. */
  show(marks: Mark[]): void {
    const severities = tally(
      marks.map(({ severity }) => severity),
      this.hidden.severity,
    );
    const kinds = tally(marks.map(this.kind.of), this.hidden.kind);
    const drawn = JSON.stringify([[...severities], [...kinds]]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const focused = this.host.contains(document.activeElement) ? document.activeElement?.getAttribute("value") : null;
    const names = ORDER.filter((severity) => severities.has(severity));
    this.host.replaceChildren(
      this.group(
        "Severity",
        names.map((name) => [name, SEVERITIES[name], severities.get(name) ?? 0]),
        this.hidden.severity,
      ),
      this.group(
        this.kind.name,
        [...kinds.keys()].sort().map((name) => [name, name, kinds.get(name) ?? 0]),
        this.hidden.kind,
      ),
    );
    if (focused) this.host.querySelector<HTMLElement>(`input[value="${CSS.escape(focused)}"]`)?.focus();
  }

  private group(title: string, rows: [value: string, name: string, count: number][], hidden: Set<string>): HTMLElement {
    const group = make("fieldset", {}, make("legend", {}, title));
    for (const [value, name, count] of rows) {
      const box = make("input", { type: "checkbox", value });
      box.checked = !hidden.has(value);
      box.addEventListener("change", () => {
        if (box.checked) hidden.delete(value);
        else hidden.add(value);
        this.onChange();
      });
      const figure = make("span", { class: "figure" }, grouped(count));
      group.append(make("label", { class: value }, box, make("span", { class: "name" }, name), " ", figure));
    }
    group.hidden = rows.length === 0;
    return group;
  }
}

function tally(names: string[], also: Set<string>): Map<string, number> {
  const counts = new Map<string, number>([...also].map((name) => [name, 0]));
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

// What is said of a whole text, and the marks that led to it.
import { button, make } from "./dom.ts";
import type { Checked, Mark } from "./messages.ts";
import { capitalised, clipped, figures, said, sure } from "./wording.ts";

/** Most marks named, and characters of each. */
const LEADING = 6;
const PHRASE = 40;

/** Shows a verdict; `counts` tells of a rule whether its findings are evidence. */
export function showVerdict(
  host: HTMLElement,
  { verdict, marks }: Checked,
  counts: (rule: string) => boolean,
  go: (mark: Mark) => void,
): void {
  const parts: HTMLElement[] = [
    make("p", { class: `verdict ${verdict.level}` }, `${said(verdict)}.`),
    make("p", { class: "figures" }, `${capitalised(figures(verdict))}.`),
  ];
  if (verdict.level === "reworded" || verdict.level === "doubtful") {
    const leading = led(marks.filter(({ rule }) => counts(rule)));
    if (leading.length > 0) parts.push(weighed(leading, go));
  }
  host.replaceChildren(...parts);
}

/** Each phrase once, the weightiest first. */
function led(marks: Mark[]): Mark[] {
  const told = new Set<string>();
  const sorted = marks
    .filter(({ evidence, text }) => evidence > 0 && text)
    .sort((one, other) => other.evidence - one.evidence);
  return sorted.filter(({ text }) => {
    const words = text.toLowerCase();
    return !told.has(words) && told.add(words);
  });
}

function weighed(leading: Mark[], go: (mark: Mark) => void): HTMLElement {
  const list = make("ul", { class: "leading" });
  for (const mark of leading.slice(0, LEADING)) {
    const words = button(clipped(mark.text, PHRASE), () => go(mark), { class: "phrase" });
    list.append(make("li", {}, words, " ", make("span", { class: "figure" }, sure(mark.confidence))));
  }
  const more = leading.length - LEADING;
  if (more > 0) list.append(make("li", { class: "more" }, `and ${more} more`));
  const box = make("div", {}, make("h3", { id: "weighed" }, "What weighed most"), list);
  return box;
}

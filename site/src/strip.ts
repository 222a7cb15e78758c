// Where in a text its marks lie, drawn as in the exhibit: the graver a mark the higher it stands.
import { draw } from "./dom.ts";
import type { Mark, Severity, Window } from "./messages.ts";
import { counted } from "./wording.ts";

const WIDE = 1000;
const LEAST = 3;
const PLACES: Record<Severity | "stretch", [number, number]> = {
  stretch: [0, 40],
  info: [24, 16],
  warning: [14, 26],
  error: [4, 36],
};

/** Draws a strip into its host; a click goes to the nearest mark. */
export function strip(
  host: HTMLElement,
  marks: Mark[],
  windows: Window[],
  length: number,
  go: (mark: Mark) => void,
): void {
  const unit = (place: number) => Math.floor((WIDE * Math.min(place, length)) / Math.max(length, 1));
  // One path for all of a kind: there may be thousands.
  const bars = (name: Severity | "stretch", places: { from: number; to: number }[]) => {
    const [y, height] = PLACES[name];
    const all = places.map(({ from, to }) => {
      const width = Math.max(unit(to) - unit(from), LEAST);
      return `M${Math.min(unit(from), WIDE - width)} ${y}h${width}v${height}h${-width}z`;
    });
    return draw("path", { class: name, d: all.join("") });
  };
  const order: Severity[] = ["info", "warning", "error"];
  const drawing = draw(
    "svg",
    { class: "strip", viewBox: `0 0 ${WIDE} 40`, preserveAspectRatio: "none", role: "img", "aria-label": label(marks) },
    draw("rect", { class: "paper", width: WIDE, height: 40 }),
    bars("stretch", windows),
    ...order.map((severity) =>
      bars(
        severity,
        marks.filter((mark) => mark.severity === severity),
      ),
    ),
  );
  drawing.addEventListener("click", (event) => {
    const { left, width } = drawing.getBoundingClientRect();
    const place = ((event.clientX - left) / width) * length;
    const far = (mark: Mark) => Math.abs((mark.from + mark.to) / 2 - place);
    const nearest = marks.reduce<Mark | undefined>(
      (best, mark) => (best && far(best) <= far(mark) ? best : mark),
      undefined,
    );
    if (nearest) go(nearest);
  });
  host.replaceChildren(drawing);

  function label(all: Mark[]): string {
    if (all.length === 0) return "Where the findings lie: there are none";
    const percent = (place: number) => `${Math.round((100 * place) / Math.max(length, 1))} %`;
    const [first, last] = [all[0]?.from ?? 0, all.at(-1)?.from ?? 0];
    return `Where the ${counted(all.length, "finding")} lie: the first at ${percent(first)} of the text, the last at ${percent(last)}`;
  }
}

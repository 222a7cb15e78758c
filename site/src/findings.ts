// The findings as a list, each with its reason and its remedies.
import { button, make } from "./dom.ts";
import type { Mark } from "./messages.ts";
import { clipped, counted, grouped, SEVERITIES, trust } from "./wording.ts";

/** How many are drawn at once: a list of all would cost more than the check. */
const STEP = 40;
const PHRASE = 60;
const FIXES = 3;

export interface FindingActions {
  go(mark: Mark): void;
  take(mark: Mark, nth: number): void;
  page(rule: string): string | undefined;
  look?(mark: Mark | null): void;
}

export class Findings {
  private most = STEP;
  private marks: Mark[] = [];
  private all = 0;
  private drawn = "";

  constructor(
    private readonly host: HTMLElement,
    private readonly noun: string,
    private readonly actions: FindingActions,
  ) {}

  /** Shows these, of so many there are. */
  show(marks: Mark[], all: number): void {
    [this.marks, this.all] = [marks, all];
    const told = marks
      .slice(0, this.most)
      .map(({ rule, severity, text, message, notes, fixes, confidence }) => [
        rule,
        severity,
        text,
        message,
        notes,
        fixes.map(({ title }) => title),
        confidence,
      ]);
    // A key seldom changes what is said, and the places are those of the marks.
    const drawn = JSON.stringify([marks.length, all, told]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const focus = this.focused();
    const count =
      all === 0
        ? `No ${this.noun}s.`
        : marks.length === all
          ? `${counted(all, this.noun)}.`
          : `${grouped(marks.length)} of ${counted(all, this.noun)} shown.`;
    const list = make(
      "ol",
      { class: "findings" },
      ...marks.slice(0, this.most).map((mark, nth) => this.item(mark, () => this.marks[nth] ?? mark)),
    );
    const parts: HTMLElement[] = [make("p", { class: "result" }, count), list];
    if (marks.length > this.most) {
      const more = button(`Show ${Math.min(STEP, marks.length - this.most)} more`, () => {
        this.most += STEP;
        this.show(this.marks, this.all);
        list.children
          .item(this.most - STEP)
          ?.querySelector("button")
          ?.focus();
      });
      parts.push(more);
    }
    this.host.replaceChildren(...parts);
    this.focus(focus);
  }

  /** `now` is the mark of the last result in its place. */
  private item(mark: Mark, now: () => Mark): HTMLElement {
    const words = button(mark.text ? clipped(mark.text, PHRASE) : "in the text", () => this.actions.go(now()), {
      class: "phrase",
      title: "Show it in the text",
    });
    const severity = make("span", { class: "severity" }, SEVERITIES[mark.severity]);
    const item = make(
      "li",
      { class: `finding ${mark.severity}`, "data-rule": mark.rule },
      make("p", { class: "head" }, words, " ", severity),
    );
    item.append(make("p", { class: "message" }, `${mark.message}.`));
    if (mark.notes.length > 0) item.append(make("p", { class: "notes" }, `${mark.notes.join("; ")}.`));
    if (mark.fixes.length > 0) {
      const fixes = make("div", { class: "fixes" });
      for (const [nth, { title, safety, edits }] of mark.fixes.slice(0, FIXES).entries()) {
        if (edits.length === 0) fixes.append(make("span", { class: "by-hand" }, `By hand: ${title}.`));
        else fixes.append(button(title, () => this.actions.take(now(), nth), { class: `fix ${safety}` }));
      }
      item.append(fixes);
    }
    const page = this.actions.page(mark.rule);
    const rule = page
      ? make("a", { href: page, target: "_blank", rel: "noopener" }, mark.rule)
      : make("span", {}, mark.rule);
    rule.classList.add("rule");
    item.append(make("p", { class: "about" }, rule, trust(mark)));
    const { look } = this.actions;
    if (look) {
      item.addEventListener("mouseenter", () => look(now()));
      item.addEventListener("mouseleave", () => look(null));
      item.addEventListener("focusin", () => look(now()));
    }
    return item;
  }

  /** Which button of which item has the focus, so that it has it again in the next list. */
  private focused(): [number, number] | null {
    const item = this.host.contains(document.activeElement) ? document.activeElement?.closest(".finding") : null;
    if (!item?.parentElement || !document.activeElement) return null;
    const nth = [...item.parentElement.children].indexOf(item);
    return [nth, [...item.querySelectorAll("button, a")].indexOf(document.activeElement)];
  }

  private focus(place: [number, number] | null): void {
    if (!place) return;
    const items = this.host.querySelectorAll(".finding");
    const item = items.item(Math.min(place[0], items.length - 1));
    const stops = item?.querySelectorAll<HTMLElement>("button, a");
    stops?.item(Math.min(place[1], stops.length - 1))?.focus({ preventScroll: true });
  }
}

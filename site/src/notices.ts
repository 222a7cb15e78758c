// What the page has to say for itself: to those who see it, and to those who hear it.
import { button, element, make } from "./dom.ts";

/** A notice that stays until it is dismissed; one of the same name takes its place. */
export function notice(name: string, text: string): void {
  const host = element("notices");
  host.querySelector(`[data-name="${name}"]`)?.remove();
  const box = make("div", { class: "notice", "data-name": name, role: "alert" }, make("p", {}, text));
  box.append(button("Dismiss", () => box.remove()));
  host.append(box);
}

/** Takes a notice away. */
export function withdraw(name: string): void {
  element("notices").querySelector(`[data-name="${name}"]`)?.remove();
}

let waiting: ReturnType<typeof setTimeout> | undefined;

/** Says something once, to those who hear the page; what was to be said later is not said any more. */
export function say(text: string): void {
  clearTimeout(waiting);
  const host = element("said");
  // The same words again are news, too.
  host.textContent = host.textContent === text ? `${text}\u00a0` : text;
}

/** Says it when nobody has written for a while. */
export function sayLater(text: string): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => say(text), 1200);
}

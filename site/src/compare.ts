// What a comparison came to, over its changes.
import { make } from "./dom.ts";
import type { Compared, Tally } from "./messages.ts";
import { grouped } from "./wording.ts";

const RELATIONS: Record<Compared["relation"], string> = {
  same: "The same words in the same order",
  derived: "One text comes from the other, or both from a third",
  "not-derived": "Not derived: they share too little for one to come from the other",
};

/** Shows it. */
export function showComparison(host: HTMLElement, compared: Compared): void {
  const { relation } = compared;
  const parts: HTMLElement[] = [make("p", { class: `verdict ${relation}` }, `${RELATIONS[relation]}.`)];
  parts.push(make("p", { class: "figures" }, told(compared)));
  if (relation === "derived") {
    const large = make("dl", { class: "large" });
    const figure = (value: string, name: string) =>
      large.append(make("div", {}, make("dt", {}, name), make("dd", {}, value)));
    figure(`${percent(compared.kept)} %`, "of the original’s words kept");
    figure(compared.substitutions.toFixed(0), "replaced wordings in 1,000 words");
    figure(of(compared.quotations), "quotations changed or left out");
    figure(of(compared.numbers), "numbers changed or left out");
    figure(of(compared.names), "names changed or left out");
    parts.push(large);
  }
  host.replaceChildren(...parts);
}

const percent = (share: number) => (100 * share).toFixed(0);

const of = ({ all, changed, dropped }: Tally) => `${grouped(changed + dropped)} of ${grouped(all)}`;

function told({ relation, common, words }: Compared): string {
  if (relation === "same") return words === 0 ? "Neither has a word." : "Nothing was changed.";
  const telling = "telling words (names, numbers, nouns, verbs and the like)";
  if (relation === "derived") {
    return `Of the reworded text’s ${telling} ${percent(common)} % stand in sentences that come from the original and are kept there.`;
  }
  return `Of the second text’s ${telling} ${percent(common)} % would be kept of the first, where texts that are related have 25 % and more. So no changes are told.`;
}

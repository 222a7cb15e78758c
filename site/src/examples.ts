// Texts to begin with. All of them are our own inventions.
import ferryClean from "../../tests/corpus/ferry_clean.txt?raw";
import ferrySpun from "../../tests/corpus/ferry_spun.txt?raw";
import harbour from "../examples/harbour.md?raw";
import library from "../examples/library.txt?raw";
import type { Markup } from "./messages.ts";

export interface Example {
  name: string;
  title: string;
  text: string;
  original?: string;
  markup: Markup;
}

export const EXAMPLES: Example[] = [
  { name: "ferry", title: "Ferries, reworded", text: ferrySpun, original: ferryClean, markup: "plain" },
  { name: "library", title: "A library, reworded lightly", text: library, markup: "plain" },
  { name: "harbour", title: "Notes in Markdown", text: harbour, markup: "markdown" },
  { name: "clean", title: "Ferries, as they were written", text: ferryClean, markup: "plain" },
];

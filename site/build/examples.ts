// The examples of a rule's page, which are its tests, as a reader wants them: what is marked is marked.
import { escaped } from "./page.ts";

const NAMES: Record<string, string> = {
  bad: "Marked",
  good: "Not marked",
  fixed: "Repaired",
  original: "Original",
  reworded: "Reworded",
  article: "In an article",
  settings: "With these settings",
};

/** An example as HTML; none if the block is of another kind. */
export function example(info: string, text: string): string | undefined {
  const [kind = ""] = info.split(" ");
  const name = NAMES[kind];
  if (!name) return undefined;
  const body =
    kind === "settings"
      ? `<pre><code>${escaped(text)}</code></pre>`
      : `<p>${escaped(text.trimEnd()).replaceAll("[[", "<mark>").replaceAll("]]", "</mark>")}</p>`;
  return `<figure class="example ${kind}"><figcaption>${name}</figcaption>${body}</figure>\n`;
}

// The catalogue: a page for each rule, made from what the engine says of it, and one that lists them.
import type { Rule } from "unspin";

import { example } from "./examples.ts";
import { type Context, render, way } from "./markdown.ts";
import { escaped, type Group, list, type Page } from "./page.ts";

export const pageOfRule = (id: string): string => `rules/${id}.html`;
const INDEX = "rules/index.html";

const FAMILIES: Record<string, string> = {
  comparison: "What changed against an original; only where one is at hand.",
  fidelity: "What a text must be true to: quotations, and its own terms.",
  house: "What a house decided; never evidence of rewording.",
  mechanics: "Articles, capitals, doubled words, splices and numbers.",
  names: "Names that rewording broke.",
  phrases: "Known damage, phrase by phrase.",
  residue: "What scraping leaves; never evidence of rewording.",
  substitution: "Words put in for others by a thesaurus.",
};

/** The pages, and what leads nowhere on them. */
export function rulePages({ repository, pages: guides }: Context, rules: Rule[]): { pages: Page[]; dead: string[] } {
  // Pages of rules lie beside each other, and name each other so.
  const own = rules.map(({ id }): [string, string] => [`rules/${id}.md`, pageOfRule(id)]);
  const context = { repository, pages: new Map([...guides, ...own]) };
  const names = [...new Set(rules.map(({ family }) => family))].sort();
  const families = names.map((name): [string, Rule[]] => [name, rules.filter(({ family }) => family === name)]);
  const aside = (page: string) => {
    const groups = families.map(([name, members]): Group => {
      const links = members.map(({ id }) => ({
        address: way(page, pageOfRule(id)),
        name: id,
        isHere: page === pageOfRule(id),
      }));
      return { name, links };
    });
    const all = {
      name: "Catalogue",
      links: [{ address: way(page, INDEX), name: "All rules", isHere: page === INDEX }],
    };
    return list("Rules", [all, ...groups]);
  };
  const dead: string[] = [];
  const pages = rules.map((rule): Page => {
    const path = pageOfRule(rule.id);
    const { html, dead: found } = render(context, {
      file: `rules/${rule.id}.md`,
      page: path,
      markdown: withoutTitle(rule.page),
      highest: 2,
      block: example,
    });
    dead.push(...found);
    return {
      path,
      title: rule.id,
      aside: aside(path),
      body: `<h1><code>${escaped(rule.id)}</code></h1>\n${facts(rule)}\n${html}`,
    };
  });
  pages.push({ path: INDEX, title: "Rules", aside: aside(INDEX), body: catalogue(families) });
  return { pages, dead };
}

const withoutTitle = (page: string): string => page.replace(/^# .*\n+/, "");

function facts({ family, severity, evidence, min_confidence: least }: Rule): string {
  const sure = least > 0 ? ` Shown from a confidence of ${least} on.` : "";
  const counts = evidence ? "Its findings count towards the verdict." : "Its findings never count towards the verdict.";
  return `<p class="facts"><span class="severity ${escaped(severity)}">${escaped(severity)}</span> · family ${escaped(family)}. ${counts}${sure}</p>`;
}

function catalogue(families: [string, Rule[]][]): string {
  const parts = families.map(([family, rules]) => {
    const rows = rules.map(({ id, severity, summary }) => {
      const name = `<a href="${escaped(way(INDEX, pageOfRule(id)))}"><code>${escaped(id)}</code></a>`;
      const grave = `<span class="severity ${escaped(severity)}">${escaped(severity)}</span>`;
      return `<div><dt>${name} ${grave}</dt><dd>${escaped(summary)}</dd></div>`;
    });
    const about = FAMILIES[family];
    return `<section><h2 id="${escaped(family)}">${escaped(family)}</h2>${about ? `<p class="about">${escaped(about)}</p>` : ""}
<dl class="catalogue">${rows.join("\n")}</dl></section>`;
  });
  return `<h1>Rules</h1>
<p class="lead">Each rule looks for one thing and says what it rests on. Its severity is yours to set; whether a text was
reworded is judged from all of them together. The pages are those of <code>unspin explain</code>.</p>
${parts.join("\n")}`;
}

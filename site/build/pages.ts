// Makes every page but the desk: guides and methods from the repository's Markdown, the catalogue from the engine's
// rules.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { Rule } from "unspin";

import { deadLinks } from "./links.ts";
import { type Context, render, section, way } from "./markdown.ts";
import { list, type Page, written } from "./page.ts";
import { rulePages } from "./rules.ts";
import { METHODS, PARTS, type Source } from "./sources.ts";

/** Writes them into the site's folder, `engine` being that of the package; fails where a link leads nowhere. */
export async function writePages(site: string, engine: string): Promise<void> {
  const repository = resolve(site, "..");
  const there = Object.values(PARTS).flat();
  const context: Context = { repository, pages: new Map(there.map(({ file, page }) => [file, page])) };
  const read = (file: string) => readFileSync(join(repository, file), "utf8");

  const dead: string[] = [];
  const pages: Page[] = there.map(({ file, page, name }) => {
    const made = render(context, { file, page, markdown: read(file) });
    dead.push(...made.dead);
    const title = made.headings.find(({ level }) => level === 1)?.title ?? name;
    return { path: page, title, aside: beside(page, there), body: made.html };
  });

  const methods = readFileSync(join(site, "build/methods.md"), "utf8");
  const filled = methods.replace(/^\{\{ (.+?): (.+?) \}\}$/gm, (_, file: string, title: string) =>
    section(read(file), title),
  );
  // Its parts name guides from the root of the repository.
  const made = render(context, { file: "site/methods.md", page: METHODS, markdown: filled });
  dead.push(...made.dead);
  pages.push({ path: METHODS, title: "Methods", aside: beside(METHODS, there), body: made.html });

  const catalogue = rulePages(context, await rules(engine));
  dead.push(...catalogue.dead);
  pages.push(...catalogue.pages);

  const files = new Map(pages.map((page) => [page.path, written(page)]));
  dead.push(...deadLinks(files, ["index.html"]));
  if (dead.length > 0) throw new Error(`links that lead nowhere:\n${dead.join("\n")}`);
  for (const folder of ["guide", "rules"]) rmSync(join(site, folder), { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  }
}

function beside(page: string, there: Source[]): string {
  const groups = Object.entries(PARTS).map(([name, sources]) => {
    const shown = sources.filter((source) => there.includes(source));
    return {
      name,
      links: shown.map((source) => ({
        address: way(page, source.page),
        name: source.name,
        isHere: source.page === page,
      })),
    };
  });
  return list("Guides", groups);
}

/** What the engine says of its rules; its package has an entry for Node. */
async function rules(engine: string): Promise<Rule[]> {
  const manifest = JSON.parse(readFileSync(join(engine, "package.json"), "utf8")) as Record<string, unknown>;
  const entry = entryForNode(manifest);
  const { Linter } = (await import(pathToFileURL(join(engine, entry)).href)) as typeof import("unspin");
  const linter = new Linter();
  const found = linter.rules();
  linter.free();
  return found;
}

function entryForNode(manifest: Record<string, unknown>): string {
  let found = (manifest["exports"] as Record<string, unknown> | undefined)?.["."] ?? manifest["main"];
  while (found && typeof found === "object") {
    const conditions = found as Record<string, unknown>;
    found = conditions["node"] ?? conditions["import"] ?? conditions["default"];
  }
  if (typeof found !== "string") throw new Error("the engine's package has no entry for Node");
  return found;
}

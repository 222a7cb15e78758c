// Markdown of the repository as pages: links between guides lead to pages, everything else of the repository is named.
import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";

import MarkdownIt, { type Token } from "markdown-it";

export interface Context {
  /** The folder of the repository. */
  repository: string;
  /** The page of each file that has one. */
  pages: Map<string, string>;
}

/** A text whose source is a file of the repository, for a page of the site. */
export interface Text {
  file: string;
  page: string;
  markdown: string;
  /** The level that its highest headings have on the page; as they are, if it is not given. */
  highest?: number;
  /** How blocks of code of some kinds are written; as code, if it is not given or has no answer. */
  block?: (info: string, text: string) => string | undefined;
}

export interface Heading {
  level: number;
  id: string;
  title: string;
}

export interface Rendered {
  html: string;
  headings: Heading[];
  /** What leads nowhere. */
  dead: string[];
}

/** As GitHub names headings. */
export const slug = (title: string): string =>
  title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- _]/gu, "")
    .replaceAll(" ", "-");

/** The way from one page to another. */
export const way = (from: string, to: string): string => posix.relative(posix.dirname(from), to) || posix.basename(to);

/** Comments are for whoever writes the guides; as there is no markup here, they would be shown. */
function uncommented(markdown: string): string {
  const parts = markdown.split(/^(`{3,}.*?^`{3,}\s*$)/ms);
  return parts.map((part, nth) => (nth % 2 ? part : part.replace(/^<!--.*?-->\n/gms, ""))).join("");
}

export function render({ repository, pages }: Context, { file, page, markdown, highest, block }: Text): Rendered {
  const md = new MarkdownIt({ html: false, linkify: false, typographer: false });
  const dead: string[] = [];
  const headings: Heading[] = [];

  /** The page of a file that is named from here or from the root. */
  const pageOf = (path: string): string | undefined => {
    const [beside, fromRoot] = [posix.normalize(posix.join(posix.dirname(file), path)), posix.normalize(path)];
    return pages.get(beside) ?? pages.get(fromRoot);
  };
  const isThere = (path: string) =>
    [join(dirname(file), path), path].some((each) => existsSync(join(repository, each)));

  const { code_inline: plain } = md.renderer.rules;
  md.renderer.rules.code_inline = (all, nth, ...rest) => {
    const code = plain?.(all, nth, ...rest) ?? "";
    const address = all[nth]?.meta?.["address"];
    return typeof address === "string" ? `<a href="${address}">${code}</a>` : code;
  };

  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (all, nth, ...rest) => {
    const { info = "", content = "" } = all[nth] ?? {};
    return block?.(info.trim(), content) ?? fence?.(all, nth, ...rest) ?? "";
  };

  const tokens = md.parse(uncommented(markdown), {});
  const levels = tokens.filter(({ type }) => type === "heading_open").map(({ tag }) => Number(tag.slice(1)));
  const lower = highest === undefined ? 0 : highest - Math.min(...levels);
  const seen = new Map<string, number>();
  for (const [nth, token] of tokens.entries()) {
    if (token.type.startsWith("heading_")) token.tag = `h${Number(token.tag.slice(1)) + lower}`;
    if (token.type === "heading_open") {
      const title = (tokens[nth + 1]?.children ?? []).map(({ content }) => content).join("");
      const bare = slug(title);
      const before = seen.get(bare) ?? 0;
      seen.set(bare, before + 1);
      const id = before ? `${bare}-${before}` : bare;
      token.attrSet("id", id);
      headings.push({ level: Number(token.tag.slice(1)), id, title });
    }
    if (token.type === "inline" && token.children) token.children = inline(token.children);
  }

  function inline(children: Token[]): Token[] {
    const out: Token[] = [];
    let closing: string | undefined;
    for (const child of children) {
      if (child.type === "link_open") {
        const [path = "", anchor] = String(child.attrGet("href") ?? "").split("#");
        const target = path === "" ? page : pageOf(path);
        if (/^[a-z]+:/.test(path)) child.attrSet("rel", "noopener noreferrer");
        else if (target)
          child.attrSet("href", `${target === page ? "" : way(page, target)}${anchor ? `#${anchor}` : ""}`);
        else {
          if (!isThere(path)) dead.push(`${file}: ${path} is not there`);
          // A file of the source has no page: its path stands as code.
          closing = path;
          continue;
        }
      } else if (child.type === "link_close" && closing !== undefined) {
        closing = undefined;
        continue;
      } else if (closing !== undefined && child.type === "text") {
        child.type = "code_inline";
        child.tag = "code";
      }
      // A guide that is named in code is a link to its page.
      const target = child.type === "code_inline" ? pageOf(child.content) : undefined;
      if (target && target !== page) child.meta = { address: way(page, target) };
      out.push(child);
    }
    return out;
  }

  return { html: decorated(md.renderer.render(tokens, md.options, {})), headings, dead };
}

/** What is wider than its place scrolls, and is reached by keyboard. */
function decorated(html: string): string {
  return (
    html
      // The policy refuses styles in attributes.
      .replace(/<(t[hd]) style="text-align:(\w+)">/g, '<$1 class="$2">')
      // A corner without a name heads nothing.
      .replace(/<th( class="\w+")?><\/th>/g, "<td></td>")
      .replaceAll("<pre>", '<pre tabindex="0">')
      .replaceAll("<table>", '<div class="table" tabindex="0" role="group" aria-label="Table"><table>')
      .replaceAll("</table>", "</table></div>")
  );
}

/** The part of a text under a heading of the second level. */
export function section(markdown: string, title: string): string {
  const lines = markdown.split("\n");
  const from = lines.indexOf(`## ${title}`);
  if (from < 0) throw new Error(`there is no section "${title}"`);
  const to = lines.findIndex((line, nth) => nth > from && line.startsWith("## "));
  return lines.slice(from + 1, to < 0 ? undefined : to).join("\n");
}

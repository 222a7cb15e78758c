// A page of the site that is made from Markdown.

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as HTML. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c);

export interface Page {
  /** From the root of the site. */
  path: string;
  title: string;
  /** What stands beside it, as HTML. */
  aside: string;
  /** As HTML. */
  body: string;
}

/** The page as a file, with places for what stands around every page. */
export function written({ path, title, aside, body }: Page): string {
  const root = path.includes("/") ? "../" : "./";
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <!-- head -->
  <title>${escaped(title)} – unspin</title>
  <link rel="stylesheet" href="${root}src/style/site.css">
  <link rel="stylesheet" href="${root}src/style/guide.css">
</head>
<body class="guide">
  <a class="skip" href="#main">Skip to the text</a>
  <!-- banner -->
  <div class="columns">
    <main id="main">
      <p class="to-list"><a href="#pages">The list of pages</a></p>
${body}
    </main>
    ${aside}
  </div>
  <!-- footer -->
</body>
</html>
`;
}

export interface Group {
  name: string;
  links: { address: string; name: string; isHere: boolean }[];
}

/** The list of pages beside a page; on a narrow screen it stands below. */
export function list(label: string, groups: Group[]): string {
  const part = ({ name, links }: Group) => {
    const items = links.map(({ address, name: text, isHere }) => {
      const current = isHere ? ' aria-current="page"' : "";
      return `<li><a href="${escaped(address)}"${current}>${escaped(text)}</a></li>`;
    });
    return `<p class="part">${escaped(name)}</p><ul>${items.join("")}</ul>`;
  };
  return `<nav class="beside" id="pages" aria-label="${escaped(label)}">
    ${groups.map(part).join("\n    ")}
    </nav>`;
}

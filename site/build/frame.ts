// What stands around every page: its policy, its banner, its end.

/**
 * Nothing is fetched but from where the page lies, nothing framed or sent, no markup made of text. Styles are files;
 * the editor's are adopted sheets, which need no exception.
 */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types unspin",
].join("; ");

/** The parts of the site, by the folder or page that they begin with. */
const PARTS: [address: string, name: string, mode?: string][] = [
  ["index.html#check", "Check", "check"],
  ["index.html#compare", "Compare", "compare"],
  ["rules/index.html", "Rules"],
  ["guide/index.html", "Guides"],
  ["methods.html", "Methods"],
];

/** Two lines of text, one of them marked. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 5h12M2 11h5" stroke="#8a857b" stroke-width="2"/>' +
  '<path d="M9 11h5" stroke="#c0392b" stroke-width="2"/><path d="M9 14h5" stroke="#c0392b"/></svg>';

export interface Place {
  /** The way from the page to the root of the site: `./` or `../`. */
  root: string;
  /** The address of the part that the page belongs to. */
  part: string;
}

export function head(isServed: boolean): string {
  const lines = [
    // A server for development puts styles and scripts into pages as it likes.
    isServed ? "" : `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}">`,
  ];
  return lines.filter(Boolean).join("\n  ");
}

export function banner({ root, part }: Place): string {
  const links = PARTS.map(([address, name, mode]) => {
    const current = address === part ? ' aria-current="page"' : "";
    const marker = mode ? ` data-mode-link="${mode}"` : "";
    return `<li><a href="${root}${address}"${marker}${current}>${name}</a></li>`;
  });
  return `<header class="banner">
    <a class="name" href="${root}index.html#check">unspin</a>
    <nav aria-label="Parts of the site"><ul>${links.join("")}</ul></nav>
  </header>`;
}

export function footer({ root }: Place): string {
  return `<footer class="closing">
    <p>A finding is a mark of automatic rewording or of what comes with it, and no word on who wrote a text or how. A
    person decides what it means. <a href="${root}methods.html">How far to trust it</a>.</p>
    <p id="engine" class="engine"></p>
  </footer>`;
}

/** Puts them into a page that has places for them. */
export function framed(page: string, place: Place, isServed: boolean): string {
  return page
    .replace("<!-- head -->", head(isServed))
    .replace("<!-- banner -->", banner(place))
    .replace("<!-- footer -->", footer(place));
}

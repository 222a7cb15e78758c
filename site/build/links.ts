// Looks that every link of the pages that were made leads somewhere.

/** The links among these pages that lead nowhere; `others` are pages that are written by hand. */
export function deadLinks(files: Map<string, string>, others: string[]): string[] {
  const ids = new Map(
    [...files].map(([path, html]) => [path, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]),
  );
  const dead: string[] = [];
  for (const [path, html] of files) {
    for (const [, address = ""] of html.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
      if (/^[a-z]+:/.test(address)) continue;
      const { pathname, hash } = new URL(address, `http://site/${path}`);
      const page = decodeURIComponent(pathname.slice(1));
      const anchor = decodeURIComponent(hash.slice(1));
      if (others.includes(page)) continue;
      if (!ids.has(page)) dead.push(`${path}: ${address}`);
      else if (anchor && !ids.get(page)?.has(anchor)) dead.push(`${path}: ${address} (no such heading)`);
    }
  }
  return dead;
}

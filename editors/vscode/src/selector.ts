/** Which documents are the server's. */

interface Filter {
  scheme: string;
  language?: string;
  pattern?: string;
}

/** Texts that are weighed: plain text, Markdown and HTML, saved or not. */
export const texts: Filter[] = ["file", "untitled"].flatMap((scheme) =>
  ["plaintext", "markdown", "html"].map((language) => ({ scheme, language })),
);

/** Texts, and settings of the house in whatever language the editor takes them for. */
export const selector: Filter[] = [
  ...texts,
  ...["file", "untitled"].map((scheme) => ({ scheme, pattern: "**/lint.toml" })),
];

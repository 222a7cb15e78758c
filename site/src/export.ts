// Reports as files. The exhibit is the same self-contained page as that of the command line.
import { make } from "./dom.ts";

export type Report = "json" | "sarif" | "html";

const FILES: Record<Report, [name: string, type: string]> = {
  json: ["unspin.json", "application/json"],
  sarif: ["unspin.sarif", "application/sarif+json"],
  html: ["unspin.html", "text/html"],
};

/** Hands a report to whoever asked for it. */
export function save(report: Report, text: string): void {
  const [name, type] = FILES[report];
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = make("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Which settings go to the server, and in which shape. */

/** The section of VS Code's settings that is ours. */
export const section = "unspin";

/** The settings of the server, as `crates/lsp/README.md` lists them. */
export interface ServerSettings {
  noConfig: boolean;
  select: string[];
  ignore: string[];
  model: string | null;
  verdictDiagnostic: boolean;
  /** In milliseconds. */
  delay: number;
}

/** How a setting is looked up by its name in the section; `undefined` where it has no value. */
export type Lookup = (key: string) => unknown;

/** The server's settings. A value of the wrong type, which VS Code hands on as it is, counts as none. */
export function serverSettings(lookup: Lookup): ServerSettings {
  const model = lookup("model");
  const delay = lookup("delay");
  return {
    noConfig: flag(lookup("noConfig"), false),
    select: texts(lookup("select")),
    ignore: texts(lookup("ignore")),
    model: typeof model === "string" && model !== "" ? model : null,
    verdictDiagnostic: flag(lookup("verdictDiagnostic"), true),
    delay: typeof delay === "number" && delay >= 0 ? Math.round(delay) : 100,
  };
}

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

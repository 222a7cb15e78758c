/** Which program is the server. */

import * as path from "node:path";

/** What the choice depends on. */
export interface Surroundings {
  /** The setting `unspin.path`; empty where there is none. */
  setting: string;
  /** The folder of the extension. */
  extension: string;
  /** The user's folder. */
  home: string;
  /** As Node names them: `win32`, `linux`, ... */
  platform: string;
  /** The variable `PATH`. */
  path: string;
  /** Whether this is a file that may be run. */
  runs: (file: string) => boolean;
}

/** The program to start, or the sentence that says why there is none. */
export type Choice = { file: string } | { problem: string };

/**
 * What the user set goes first, for whoever sets a path means it; then the program inside the extension, then `PATH`.
 */
export function choose(where: Surroundings): Choice {
  const setting = where.setting.trim();
  if (setting !== "") {
    const file = named(setting, where);
    return file === undefined
      ? { problem: `unspin.path is "${setting}", and no program is there that can be started.` }
      : { file };
  }
  const paths = flavour(where.platform);
  const bundled = paths.join(where.extension, "server", `unspin${suffix(where.platform)}`);
  const file = where.runs(bundled) ? bundled : onPath("unspin", where);
  return file === undefined
    ? { problem: "The program unspin is not on PATH. Install it, or set unspin.path to where it is." }
    : { file };
}

/** What a setting names: a file by an absolute path or one from the user's folder, or a program on `PATH`. */
function named(setting: string, where: Surroundings): string | undefined {
  const paths = flavour(where.platform);
  const fromHome = /^~[/\\]/.test(setting) ? paths.join(where.home, setting.slice(2)) : setting;
  if (paths.isAbsolute(fromHome)) {
    return where.runs(fromHome) ? fromHome : undefined;
  }
  // A relative path would depend on which folder happens to be open first.
  return /[/\\]/.test(fromHome) ? undefined : onPath(fromHome, where);
}

function onPath(name: string, where: Surroundings): string | undefined {
  const paths = flavour(where.platform);
  const end = suffix(where.platform);
  const file = name.toLowerCase().endsWith(end) ? name : `${name}${end}`;
  return where.path
    .split(paths.delimiter)
    .filter((folder) => paths.isAbsolute(folder))
    .map((folder) => paths.join(folder, file))
    .find((candidate) => where.runs(candidate));
}

function suffix(platform: string): string {
  return platform === "win32" ? ".exe" : "";
}

function flavour(platform: string): path.PlatformPath {
  return platform === "win32" ? path.win32 : path.posix;
}

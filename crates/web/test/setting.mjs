// What the tests share: the package that is tried, the program that it must agree with, and texts of our own.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const repository = fileURLToPath(new URL("../../..", import.meta.url));
export const folder = process.env.UNSPIN_WEB_PACKAGE ?? fileURLToPath(new URL("../pkg", import.meta.url));
/** With the rule that fails on demand; `undefined` where it was not built. */
export const faulty = process.env.UNSPIN_WEB_FAULT_PACKAGE;
/** The program; `undefined` where it was not built. */
export const program = process.env.UNSPIN_WEB_PROGRAM;

export const place = (name, of = folder) => pathToFileURL(join(of, name)).href;
export const web = await import(place("node.js"));

/** An article of our own, reworded. */
export const reworded = readFileSync(join(repository, "tests/corpus/ferry_spun.txt"), "utf8");
/** The same, as it was written. */
export const original = readFileSync(join(repository, "tests/corpus/ferry_clean.txt"), "utf8");

/** What the program prints; a text on its standard input where one is given. */
export function printed(args, input) {
  try {
    return execFileSync(program, args, { input, maxBuffer: 1 << 30, stdio: ["pipe", "pipe", "pipe"] }).toString();
  } catch (error) {
    // 1 is that something was found.
    if (error.status === 1) return error.stdout.toString();
    throw error;
  }
}

/** The members of `files` of a JSON report, which stand a line each. */
export function members(report) {
  const lines = report.split("\n");
  const end = lines.findIndex((line) => line.startsWith('],"errors"'));
  return lines.slice(1, end).map((line) => line.replace(/,$/, ""));
}

/** The files below a folder. */
export function below(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

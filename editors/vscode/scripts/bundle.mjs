// Bundles the extension into one file; with `--tests`, the unit tests, each into its own.
import { readdirSync, rmSync } from "node:fs";

import { build } from "esbuild";

import { licences } from "./licences.mjs";

const shared = { bundle: true, platform: "node", target: "node20", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  const names = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  rmSync("out/test", { recursive: true, force: true });
  await build({
    ...shared,
    entryPoints: names.map((name) => `test/${name}`),
    outdir: "out/test",
    outExtension: { ".js": ".mjs" },
    format: "esm",
    sourcemap: "inline",
  });
} else {
  rmSync("out", { recursive: true, force: true });
  const { metafile } = await build({
    ...shared,
    entryPoints: ["src/extension.ts"],
    outfile: "out/extension.js",
    format: "cjs",
    external: ["vscode"],
    minify: true,
    metafile: true,
  });
  licences(Object.keys(metafile.inputs), "out");
}

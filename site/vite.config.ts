import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import { defineConfig, type Plugin, type UserConfig } from "vite";

import { framed } from "./build/frame.ts";
import { writePages } from "./build/pages.ts";

const site = import.meta.dirname;
/** The npm package of the engine, as `crates/web/build` makes it. */
const engine = resolve(process.env["UNSPIN_WEB"] ?? join(site, "../crates/web/pkg"));

/** Banner, end and policy of every page. */
function frames(): Plugin {
  let isServed = false;
  return {
    name: "unspin:frames",
    config: (_, { command }) => void (isServed = command === "serve"),
    transformIndexHtml: {
      order: "pre",
      handler(html, { filename }) {
        const path = relative(site, filename).replaceAll("\\", "/");
        const root = path.includes("/") ? "../" : "./";
        const part = path === "index.html" ? "" : path.includes("/") ? `${path.split("/")[0]}/index.html` : path;
        return framed(html, { root, part }, isServed);
      },
    },
  };
}

const pagesIn = (folder: string) =>
  readdirSync(join(site, folder))
    .filter((name) => name.endsWith(".html"))
    .map((name) => join(site, folder, name));

export default defineConfig(async (): Promise<UserConfig> => {
  await writePages(site, engine);
  return {
    root: site,
    base: "./",
    publicDir: false,
    resolve: { alias: { unspin: engine } },
    server: { fs: { allow: [resolve(site, ".."), engine] } },
    worker: { format: "es" },
    plugins: [frames()],
    build: {
      target: "es2022",
      // Everything is a file of its own, which the policy can name.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 700,
      rolldownOptions: { input: ["", "guide", "rules"].flatMap(pagesIn) },
    },
  };
});

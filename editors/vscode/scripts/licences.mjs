// The licences that the package goes out under: the project's own, and those of what was bundled.
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

/** Writes them into a folder. `inputs` are the bundled files, by path from here. */
export function licences(inputs, folder) {
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    copyFileSync(`../../${name}`, `${folder}/${name}`);
  }
  const packages = new Set(inputs.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean));
  const notices = [...packages].sort().map(notice);
  writeFileSync(`${folder}/THIRD_PARTY.md`, `# Bundled packages\n\n${notices.join("\n")}`);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined || !existsSync(`${folder}/${file}`)) {
    throw new Error(`${folder} has no licence file, and cannot be bundled`);
  }
  return `## ${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
}

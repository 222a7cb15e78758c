import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { serverSettings } from "../src/settings";

interface Manifest {
  contributes: { configuration: { properties: Record<string, { default: unknown }> } };
}
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const properties = manifest.contributes.configuration.properties;

test("the manifest's settings are the server's, with the same defaults, and the client's own path", () => {
  const declared = Object.fromEntries(
    Object.entries(properties).map(([key, { default: value }]) => [key.replace(/^unspin\./, ""), value]),
  );
  assert.deepEqual(declared, { path: "", ...serverSettings(() => undefined) });
});

test("values are passed on", () => {
  const given: Record<string, unknown> = {
    noConfig: true,
    select: ["names"],
    ignore: ["garbled-word", "residue"],
    model: "/desk/house.model",
    verdictDiagnostic: false,
    delay: 0,
  };
  assert.deepEqual(serverSettings((key) => given[key]), given);
});

test("values of a wrong type count as none, and the client's own settings stay here", () => {
  const given: Record<string, unknown> = {
    noConfig: "yes",
    select: "names",
    ignore: ["garbled-word", 3],
    model: "",
    verdictDiagnostic: null,
    delay: -5,
    path: "/opt/unspin",
  };
  assert.deepEqual(serverSettings((key) => given[key]), {
    ...serverSettings(() => undefined),
    ignore: ["garbled-word"],
  });
});

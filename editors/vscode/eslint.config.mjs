import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import { configs } from "typescript-eslint";

export default defineConfig(
  { ignores: ["out/", "node_modules/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [configs.strictTypeChecked, configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    // node:test collects the tests itself.
    rules: {
      "@typescript-eslint/no-floating-promises": [
        "error",
        { checkThenables: true, allowForKnownSafeCalls: [{ from: "package", name: "test", package: "node:test" }] },
      ],
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: Object.fromEntries(
        // `document` is the page's, in functions that are run there.
        ["Buffer", "console", "document", "fetch", "process", "setTimeout"].map((name) => [name, "readonly"]),
      ),
    },
  },
);

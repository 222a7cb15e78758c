// The pages' policy lets no text become markup or script (`require-trusted-types-for 'script'`); of addresses of
// scripts this one alone is trusted.
import address from "./worker.ts?worker&url";

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL(text: string): string },
  ): { createScriptURL(text: string): string };
}

/** Starts the worker. */
export function startWorker(): Worker {
  return new Worker(trusted(), { type: "module", name: "unspin" });
}

let made: string | undefined;

function trusted(): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  made ??= policies ? policies.createPolicy("unspin", { createScriptURL: () => address }).createScriptURL("") : address;
  return made;
}

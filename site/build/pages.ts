export async function writePages(site: string, engine: string): Promise<void> {
  const { mkdirSync } = await import("node:fs");
  mkdirSync(`${site}/guide`, { recursive: true }); mkdirSync(`${site}/rules`, { recursive: true });
  void engine;
}

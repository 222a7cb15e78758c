// A small server for the built site: compresses what browsers take compressed, and counts the bytes that go out.
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".model": "application/octet-stream",
};

/** Serves a folder under a path that is not the root, so that no address may begin with `/`. */
export async function serve(folder, { path = "/some/where/", level = 1, cache = false } = {}) {
  const packed = new Map();
  const sent = [];
  const pack = (file) => {
    if (!packed.has(file)) packed.set(file, gzipSync(readFileSync(file), { level }));
    return packed.get(file);
  };
  // The model is large: whoever asks for a page is not to wait for it.
  for (const name of readdirSync(join(folder, "assets"))) pack(join(folder, "assets", name));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = normalize(join(folder, decodeURIComponent(pathname.slice(path.length)) || "index.html"));
    if (
      !pathname.startsWith(path) ||
      !file.startsWith(normalize(folder)) ||
      !existsSync(file) ||
      !statSync(file).isFile()
    ) {
      response.writeHead(404).end();
      return;
    }
    const headers = { "Content-Type": TYPES[extname(file)] ?? "text/plain; charset=utf-8" };
    // Assets are named by their content.
    headers["Cache-Control"] = cache && file.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-store";
    if (/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
      const bytes = pack(file);
      sent.push({ file, bytes: bytes.length });
      response.writeHead(200, { ...headers, "Content-Encoding": "gzip", "Content-Length": bytes.length }).end(bytes);
      return;
    }
    sent.push({ file, bytes: statSync(file).size });
    response.writeHead(200, headers);
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${server.address().port}${path}`;
  return { address, sent, close: () => (server.closeAllConnections(), new Promise((done) => server.close(done))) };
}

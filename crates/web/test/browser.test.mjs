// The entry for browsers and bundlers, with what Node has of a browser: fetch, responses, streams.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { folder, place, reworded, web } from "./setting.mjs";

const file = (name) => readFileSync(join(folder, name));
const anew = (what) => import(`${place("browser.js")}?${what}`);
const text = "A fleet of 7.four boats lay at the quay.";

test("nothing works before it is loaded, and that is said", async () => {
  // The classes are shared with Node's entry, which has not been asked for anything here.
  const { Linter, entries } = await anew("before");
  assert.throws(() => new Linter(), /unspin is not loaded: await load\(\) first/);
  assert.throws(() => entries("a.txt", new Uint8Array()), /not loaded/);
});

test("both files are fetched, packed or not, whatever type the server names", async () => {
  const packed = gzipSync(file("unspin.model"), { level: 1 });
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    if (request.url === "/unspin.model.gz") response.end(packed);
    else if (request.url === "/unspin_bg.wasm") {
      response.setHeader("content-type", "application/octet-stream");
      response.end(file("unspin_bg.wasm"));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const at = (name) => new URL(name, `http://127.0.0.1:${server.address().port}/`);
  try {
    const { check, load } = await anew("fetched");
    await assert.rejects(load({ wasm: at("unspin_bg.wasm"), model: at("gone.model") }), /gone\.model cannot be fetched: 404/);
    await load({ wasm: at("unspin_bg.wasm"), model: at("unspin.model.gz") });
    assert.equal(check(text).findings.length, 1);
    await load();
    assert.equal(asked.length, 4, "what is loaded is not fetched again");
  } finally {
    server.close();
  }
});

test("bytes and responses are taken, and the findings are those of Node", async () => {
  const { Linter, load } = await anew("bytes");
  const wasm = new Response(file("unspin_bg.wasm"), { headers: { "content-type": "application/wasm" } });
  await load({ wasm, model: file("unspin.model") });
  const own = new Linter().checkJson(reworded);
  assert.equal(own, new web.Linter().checkJson(reworded));
});

test("a model that is none is refused, with the reason", async () => {
  const { load } = await anew("refused");
  const wasm = file("unspin_bg.wasm");
  await assert.rejects(load({ wasm, model: new Uint8Array([1, 2, 3]) }), /the model cannot be used: .*not an unspin model/);
  const changed = file("unspin.model");
  changed[changed.length - 1] ^= 1;
  await assert.rejects(load({ wasm, model: changed }), /digest/);
  await load({ wasm, model: file("unspin.model") });
});

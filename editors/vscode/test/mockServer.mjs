#!/usr/bin/env node
// A language server for trying the extension without unspin: one rule, which finds "withinside the". It speaks as
// `crates/lsp/README.md` says. With UNSPIN_MOCK_LOG it appends every message that it receives to that file.
import { appendFileSync } from "node:fs";
import { stdin, stdout } from "node:process";

const rule = "cascade-artifact";
const bad = "withinside the";
const page = `Finds what automatic word replacement leaves, such as *${bad}*.\n`;
const documents = new Map();
let nextId = 1;

if (process.argv[2] !== "lsp") {
  console.error("usage: mockServer.mjs lsp");
  process.exit(2);
}

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  stdout.write(`Content-Length: ${body.length}\r\n\r\n`);
  stdout.write(body);
}
const notify = (method, params) => send({ method, params });
const request = (method, params) => send({ id: `mock-${nextId++}`, method, params });

/** Every place of the mark, in a text whose lines end in `\n`. */
function places(text) {
  return text.split("\n").flatMap((content, line) =>
    [...content.matchAll(new RegExp(bad, "g"))].map(({ index }) => ({
      start: { line, character: index },
      end: { line, character: index + bad.length },
    })),
  );
}

const diagnostics = (text) =>
  places(text).map((range) => ({
    range,
    severity: 1,
    source: "unspin",
    code: rule,
    message: `"${bad}" is what automatic word replacement leaves of "in the"`,
    data: { evidence: 6.2, confidence: 0.99 },
  }));

function verdict(uri) {
  const { text, version } = documents.get(uri);
  const words = text.match(/\S+/g)?.length ?? 0;
  const marks = places(text).length;
  const short = words < 60;
  return {
    uri,
    version,
    level: short ? "unknown" : marks > 0 ? "reworded" : "clean",
    score: marks > 0 ? 0.991 : 0.001,
    rarity: short ? null : marks > 0 ? 0.0002 : 1,
    reason: short ? "short" : null,
    marks,
    words,
    windows: short || marks === 0 ? [] : [{ start: { line: 0, character: 0 }, end: { line: 0, character: 4 } }],
  };
}

function weighed(uri, version, text) {
  documents.set(uri, { version, text });
  notify("textDocument/publishDiagnostics", { uri, version, diagnostics: diagnostics(text) });
  notify("unspin/verdict", verdict(uri));
}

const repair = (uri) => ({
  changes: { [uri]: places(documents.get(uri).text).map((range) => ({ range, newText: "in the" })) },
});

const commands = {
  "unspin.checkWorkspace": () => ({ files: documents.size, findings: 3, reworded: 1, failures: 0 }),
  "unspin.fixFile": (uri) => {
    const fixes = places(documents.get(uri).text).length;
    request("workspace/applyEdit", { edit: repair(uri) });
    return { fixes };
  },
  "unspin.explainRule": (name) => (name === rule ? { rule, family: "phrases", page } : null),
  "unspin.openRule": () => {
    notify("unspin/rulePage", { rule, page: `# ${rule}\n\n${page}` });
    return null;
  },
  "unspin.verdict": (uri) => (documents.has(uri) ? verdict(uri) : null),
};

const handlers = {
  initialize: () => ({
    capabilities: {
      textDocumentSync: { openClose: true, change: 1 },
      codeActionProvider: { codeActionKinds: ["quickfix"] },
      executeCommandProvider: { commands: Object.keys(commands) },
    },
    serverInfo: { name: "mock of unspin" },
  }),
  initialized: () => request("workspace/configuration", { items: [{ section: "unspin" }] }),
  shutdown: () => null,
  exit: () => process.exit(0),
  "textDocument/didOpen": ({ textDocument: { uri, version, text } }) => weighed(uri, version, text),
  "textDocument/didChange": ({ textDocument: { uri, version }, contentChanges }) =>
    weighed(uri, version, contentChanges.at(-1).text),
  "textDocument/didClose": ({ textDocument: { uri } }) => {
    documents.delete(uri);
    notify("textDocument/publishDiagnostics", { uri, diagnostics: [] });
  },
  "textDocument/codeAction": ({ textDocument: { uri }, context }) =>
    context.diagnostics
      .filter(({ source }) => source === "unspin")
      .flatMap((diagnostic) => [
        {
          title: 'Replace with "in the"',
          kind: "quickfix",
          isPreferred: true,
          diagnostics: [diagnostic],
          edit: { changes: { [uri]: [{ range: diagnostic.range, newText: "in the" }] } },
        },
        {
          title: `Open the page of ${rule}`,
          kind: "quickfix",
          diagnostics: [diagnostic],
          command: { title: `Open the page of ${rule}`, command: "unspin.openRule", arguments: [rule, uri] },
        },
      ]),
  "workspace/executeCommand": ({ command, arguments: given }) => commands[command](...(given ?? [])),
};

function take(message) {
  if (process.env.UNSPIN_MOCK_LOG !== undefined) {
    appendFileSync(process.env.UNSPIN_MOCK_LOG, `${JSON.stringify(message)}\n`);
  }
  const handler = handlers[message.method];
  if (message.id === undefined || message.method === undefined) {
    handler?.(message.params);
  } else if (handler === undefined) {
    send({ id: message.id, error: { code: -32601, message: `no method ${message.method}` } });
  } else {
    send({ id: message.id, result: handler(message.params) });
  }
}

let held = Buffer.alloc(0);
stdin.on("data", (chunk) => {
  held = Buffer.concat([held, chunk]);
  for (;;) {
    const head = held.indexOf("\r\n\r\n");
    const length = Number(/Content-Length: (\d+)/i.exec(held.subarray(0, Math.max(head, 0)).toString())?.[1]);
    if (head < 0 || held.length < head + 4 + length) {
      return;
    }
    const body = held.subarray(head + 4, head + 4 + length).toString();
    held = held.subarray(head + 4 + length);
    take(JSON.parse(body));
  }
});
// A client that is gone leaves no server behind.
stdin.on("end", () => process.exit(1));

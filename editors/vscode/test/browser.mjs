// Tries the package in VS Code's browser build, driven by Chromium:
//
//   npm run package && node test/browser.mjs
//
// CODE_SERVER   code-server (npm; it is built for its own Node), else `code-server` on PATH
// CHROMIUM      Chromium, else `chromium` on PATH
// UNSPIN_SERVER the server, else the mock beside this file; what only the mock tells is then not looked at
//
// Nothing of the user's is read: settings, extensions and the opened folder are made for the trial. When a check fails,
// what was on the screen is written to out/browser.png.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { chromium } from "playwright-core";

import { Workbench } from "./workbench.mjs";

const mock = resolve("test/mockServer.mjs");
const server = resolve(process.env.UNSPIN_SERVER || mock);
const codeServer = process.env.CODE_SERVER ?? "code-server";
const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
const work = mkdtempSync(join(tmpdir(), "unspin-vscode-"));
const folder = join(work, "desk");
const log = join(work, "messages");
// Those of the machine: the browser build does not look at the user's again once it runs.
const settings = join(work, "user/Machine/settings.json");

const set = (values) =>
  writeFileSync(
    settings,
    JSON.stringify({
      "unspin.path": server,
      "unspin.ignore": ["term-drift"],
      "workbench.startupEditor": "none",
      "telemetry.telemetryLevel": "off",
      "extensions.autoCheckUpdates": false,
      "chat.disableAIFeatures": true,
      ...values,
    }),
  );

function prepare() {
  mkdirSync(join(work, "user/Machine"), { recursive: true });
  mkdirSync(folder);
  set({});
  writeFileSync(join(folder, "short.md"), "The boats wait withinside the harbour.\n");
  writeFileSync(join(folder, "second.md"), "The nets hang withinside the sheds.\n");
  copyFileSync("../../tests/corpus/ferry_spun.txt", join(folder, "long.txt"));
  writeFileSync(join(folder, "code.js"), 'const wait = "withinside the harbour";\n');
}

const options = ["--user-data-dir", join(work, "user"), "--extensions-dir", join(work, "extensions")].concat([
  "--config",
  join(work, "config.yaml"),
]);

function install() {
  const vsix = `${name}-${version}.vsix`;
  const { status, stdout, stderr } = spawnSync(codeServer, [...options, "--install-extension", vsix]);
  if (status !== 0) {
    throw new Error(`${codeServer} does not install ${vsix}: ${stdout ?? ""}${stderr ?? ""}`);
  }
}

const freePort = () =>
  new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });

async function startEditor(port) {
  const address = `127.0.0.1:${port}`;
  const quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"];
  const editor = spawn(codeServer, [...options, ...quiet, "--bind-addr", address, folder], {
    env: { ...process.env, UNSPIN_MOCK_LOG: log },
    // Its own group, so that the servers that it starts end with it.
    detached: true,
    stdio: "ignore",
  });
  for (let tries = 0; tries < 120; tries++) {
    const up = await fetch(`http://${address}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) {
      return editor;
    }
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`${codeServer} does not answer at ${address}`);
}

/** Each check, in the order of a day's work. */
async function check(bench) {
  const step = async (title, run) => {
    await run();
    console.log(`ok - ${title}`);
  };

  await step("a finding is underlined, and in the panel of problems", async () => {
    await bench.open("short.md");
    await bench.page.locator(".squiggly-error").first().waitFor();
    await bench.page.keyboard.press("Control+Shift+m");
    await bench.says(".markers-panel-container", /withinside/);
  });
  await step("the status bar tells of a short text that it is too short", () => bench.status(/unspin: too short/));
  await step("a quick fix opens the rule's page", async () => {
    await bench.quickFix(/page/i);
    await bench.preview(/cascade-artifact/);
    await bench.closeAll();
  });
  await step("a quick fix repairs the text", async () => {
    await bench.open("short.md");
    await bench.quickFix(/^Replace with "in/i);
    await bench.says(".view-lines", /The boats wait in the harbour/);
    await bench.page.locator(".squiggly-error").first().waitFor({ state: "detached" });
  });
  await step("a longer text has a verdict, and its figures on hovering", async () => {
    await bench.open("long.txt");
    await bench.status(/unspin: \d+ marks?$/);
    await bench.page.locator(bench.statusItem).hover();
    await bench.says(".workbench-hover", /Marks of automatic rewording.*marks? in \d+ words/s);
  });
  await step("a click on it tells the verdict", async () => {
    await bench.page.locator(bench.statusItem).click();
    await bench.message(/Marks of automatic rewording \(score 0\.\d\d, \d+ marks? in \d+ words/);
  });
  if (server === mock) {
    await step("its passages are shown", async () => {
      await bench.command("unspin: Show verdict");
      await bench.message(/Marks of automatic rewording/, "Show passages");
      await bench.says(".statusbar-item", /\(4 selected\)/);
    });
  }
  await step("a file of another language has none", async () => {
    await bench.open("code.js");
    await bench.page.locator(bench.statusItem).waitFor({ state: "hidden" });
  });
  await step("the palette fixes a file", async () => {
    await bench.open("long.txt");
    await bench.command("unspin: Fix file");
    await bench.message(/\d+ fix(es)? made/);
  });
  await step("the palette explains a rule", async () => {
    await bench.closeAll();
    await bench.command("unspin: Explain rule");
    await bench.line("cascade-artifact");
    await bench.preview(/cascade-artifact/);
    await bench.command("unspin: Explain rule");
    await bench.line("no-such-rule");
    await bench.message(/there is no rule "no-such-rule"/);
  });
  await step("its page is there again when the window is loaded again", async () => {
    await bench.reload();
    await bench.preview(/cascade-artifact/);
  });
  await step("the rules of a file are offered", async () => {
    await bench.closeAll();
    await bench.open("second.md");
    await bench.page.locator(".squiggly-error").first().waitFor();
    await bench.command("unspin: Explain rule");
    await bench.take("cascade-artifact");
    await bench.preview(/cascade-artifact/);
  });
  await step("the palette checks the workspace", async () => {
    await bench.command("unspin: Check workspace");
    await bench.message(/\d+ findings? in \d+ files?/);
  });
  await step("the server starts again", async () => {
    await bench.command("unspin: Restart server");
    await bench.open("short.md");
    await bench.status(/unspin: too short/);
    await bench.open("long.txt");
    await bench.status(/unspin: (\d+ marks?|clean)/);
  });
  if (server === mock) {
    await step("the server was told of capabilities and settings, and of changed settings", toldTheServer);
  }
  await step("a program that is not there is told, with the way out", async () => {
    set({ "unspin.path": join(work, "none") });
    await bench.message(/no program is there/, "Open settings");
    await bench.says(".settings-editor", /unspin.*path/is);
  });
  await step("a program that is no server is told", async () => {
    set({ "unspin.path": "/bin/false" });
    await bench.message(/could not be started by/);
  });
  await step("without a server, commands say so", async () => {
    await bench.command("unspin: Check workspace");
    await bench.message(/the server does not run/);
  });
}

async function toldTheServer() {
  set({ "unspin.ignore": ["term-drift"], "unspin.delay": 250 });
  const messages = () =>
    readFileSync(log, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  const wanted = { noConfig: false, select: [], ignore: ["term-drift"], model: null, verdictDiagnostic: true };
  const same = (what, got, expected) => {
    if (JSON.stringify(got) !== JSON.stringify(expected)) {
      throw new Error(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(expected)}`);
    }
  };
  // At first, after the window was loaded again, and by command.
  same("starts", messages().filter(({ method }) => method === "initialize").length, 3);
  const { params } = messages().find(({ method }) => method === "initialize");
  same("capabilities", params.capabilities.experimental.unspin, { verdict: true, rulePage: true });
  same("initialisation", params.initializationOptions, { ...wanted, delay: 100 });
  const answer = messages().find(({ method, result }) => method === undefined && Array.isArray(result));
  same("configuration", answer.result, [{ ...wanted, delay: 100 }]);
  for (let tries = 0; ; tries++) {
    const changes = messages().filter(({ method }) => method === "workspace/didChangeConfiguration");
    if (changes.length > 0) {
      same(
        "changes",
        changes.map(({ params: { settings: sent } }) => sent),
        [{ unspin: { ...wanted, delay: 250 } }],
      );
      return;
    }
    if (tries === 60) {
      throw new Error("changed settings are not sent");
    }
    await new Promise((done) => setTimeout(done, 500));
  }
}

let editor;
let browser;
try {
  prepare();
  install();
  const port = await freePort();
  editor = await startEditor(port);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"].concat([
      "--disable-component-update",
      "--disable-sync",
    ]),
  });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(30_000);
  try {
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
    await page.locator(".monaco-workbench").waitFor({ timeout: 120_000 });
    await check(new Workbench(page));
  } catch (error) {
    mkdirSync("out", { recursive: true });
    await page.screenshot({ path: "out/browser.png" });
    throw error;
  }
} finally {
  await browser?.close();
  if (editor !== undefined) {
    process.kill(-editor.pid);
  }
  rmSync(work, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

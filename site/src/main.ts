// The page: what its controls do.
import "./style/site.css";
import "./style/desk.css";
import "./style/findings.css";

import { redo, undo } from "@codemirror/commands";

import { type Desk as DeskOf, type Mode, Desk } from "./desk.ts";
import { button, element } from "./dom.ts";
import { chooser, drops, open, type Opened } from "./drop.ts";
import { Engine } from "./engine.ts";
import { EXAMPLES, type Example } from "./examples.ts";
import { type Report, save } from "./export.ts";
import { type Markup, PACK, type Settled } from "./messages.ts";
import { menus } from "./menus.ts";
import { notice, say, withdraw } from "./notices.ts";
import { takeAll } from "./repairs.ts";
import { SettingsEditor } from "./settings.ts";
import { tabs } from "./tabs.ts";

const engine = new Engine();
const desk = new Desk(engine);
let shipped: Set<string> | undefined;
let editor: SettingsEditor | undefined;

/** What the settings come to; the rules of the first are those that have pages. */
function settled(told: Settled): void {
  shipped ??= new Set(told.rules.map(({ id }) => id));
  desk.rules = new Map(
    told.rules.map(({ id, evidence }) => [
      id,
      shipped?.has(id) ? { evidence, page: `./rules/${id}.html` } : { evidence },
    ]),
  );
  editor?.show(told);
  desk.poke();
}

async function settle(config: string, pack: string): Promise<void> {
  settled(await engine.settle(config, pack.trim() ? { [PACK]: pack } : {}));
}

/** The settings' editors are made when somebody opens them. */
function openSettings(): void {
  editor ??= new SettingsEditor((config, pack) => void settle(config, pack));
}

const modes: Record<string, Mode> = { "": "check", "#check": "check", "#compare": "compare" };
let mode: Mode = "check";

function turn(): void {
  const example = EXAMPLES.find(({ name }) => location.hash === `#example-${name}`);
  // Other addresses are places on the page.
  mode = example ? "check" : (modes[location.hash] ?? mode);
  document.body.dataset["mode"] = mode;
  for (const link of document.querySelectorAll("[data-mode-link]")) {
    if (link.getAttribute("data-mode-link") === mode) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  element("title").textContent = mode === "check" ? "Check a text" : "Compare two texts";
  if (example) show(example);
  desk.turn(mode);
}

function show({ text, original, markup }: Example): void {
  read(markup);
  desk.text.replace(text);
  if (original !== undefined) desk.original.replace(original);
}

function read(markup: Markup): void {
  desk.markup = markup;
  element<HTMLSelectElement>("markup").value = markup;
}

function take({ entry, name }: Opened, paper: DeskOf["text"]): void {
  read(entry.markup);
  paper.replace(entry.text);
  paper.view.focus();
  say(`${name} was read.`);
}

async function saveReport(report: Report): Promise<void> {
  const text = desk.text.text;
  const { markup } = desk;
  const isComparison = document.body.dataset["mode"] === "compare" && report !== "sarif";
  try {
    const made = isComparison
      ? await engine.ask("renderComparison", { original: desk.original.text, text, markup, format: report })
      : await engine.ask("render", { text, markup, format: report });
    save(report, made);
  } catch (error) {
    notice("refused", error instanceof Error ? error.message : String(error));
  }
}

async function fixSafe(): Promise<void> {
  const text = desk.text.read();
  const fixed = await engine.ask("fix", { text, markup: desk.markup });
  if (desk.text.text !== text) return;
  takeAll(desk.text.view, desk.checked?.marks ?? [], fixed);
  say(`${fixed.applied} made. Undo takes them back.`);
}

function wire(): void {
  menus();
  for (const example of EXAMPLES) element("examples").append(button(example.title, () => show(example)));
  for (const choice of element("exports").querySelectorAll("button")) {
    choice.addEventListener("click", () => void saveReport(choice.value as Report));
  }
  const markup = element<HTMLSelectElement>("markup");
  markup.addEventListener("change", () => {
    desk.markup = markup.value as Markup;
    desk.poke();
  });
  element("undo").addEventListener("click", () => undo(desk.text.view));
  element("redo").addEventListener("click", () => redo(desk.text.view));
  element("fix-safe").addEventListener("click", () => void fixSafe());
  chooser("open", (file) => void open(engine, file, (opened) => take(opened, desk.text)));
  drops((file, target) => {
    const paper = target?.closest("#original-side") ? desk.original : desk.text;
    void open(engine, file, (opened) => take(opened, paper));
  });
  tabs(element("tabs"), (name) => name === "findings" || openSettings());
  addEventListener("hashchange", turn);
}

engine.onFault = (rule, message) => {
  const what = rule
    ? `The rule ${rule} stopped the engine, which was started again without it.`
    : "The engine stopped and was started again.";
  notice("fault", `${what} (${message})`);
};

async function start(): Promise<void> {
  wire();
  turn();
  const { version, model } = await engine.start();
  settled(engine.settled);
  element("engine").textContent = `unspin ${version}, model ${model.slice(0, 19)}`;
  withdraw("loading");
  document.documentElement.dataset["ready"] = "";
}

start().catch((error: unknown) => {
  notice("start", `The engine could not be started: ${error instanceof Error ? error.message : String(error)}`);
});

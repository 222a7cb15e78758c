// Files that are dropped or chosen. They are read here and go nowhere.
import { button, element, make } from "./dom.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./messages.ts";
import { notice, withdraw } from "./notices.ts";
import { clipped, counted } from "./wording.ts";

/** A file larger than this is not read: it would be checked for minutes. */
const MOST = 16 * 1024 * 1024;
/** Most entries to choose from. */
const CHOICES = 200;

export interface Opened {
  entry: Entry;
  name: string;
}

/** Reads a file, asks which of its texts is meant where it holds several, and hands the text on. */
export async function open(engine: Engine, file: File, take: (opened: Opened) => void): Promise<void> {
  withdraw("file");
  if (file.size > MOST) {
    notice("file", `${file.name} is larger than ${MOST >> 20} MB and was not read.`);
    return;
  }
  try {
    const found = await engine.ask("entries", { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    const [entry] = found;
    if (!entry) notice("file", `${file.name} holds no text.`);
    else if (found.length === 1) take({ entry, name: file.name });
    else choose(found, (chosen) => take({ entry: chosen, name: file.name }));
  } catch (error) {
    notice("file", `${file.name} could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function choose(entries: Entry[], take: (entry: Entry) => void): void {
  const list = make("ul", { class: "choices" });
  const dialog = make("dialog", { "aria-labelledby": "choose" });
  for (const entry of entries.slice(0, CHOICES)) {
    const choice = button(clipped(entry.text, 80) || entry.locator, () => {
      dialog.close();
      take(entry);
    });
    list.append(make("li", {}, choice, make("span", { class: "about" }, entry.locator)));
  }
  dialog.append(make("h2", { id: "choose" }, `Which of its ${counted(entries.length, "text")}?`), list);
  dialog.append(button("None of them", () => dialog.close()));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Files that are dropped anywhere go to the text, or to the element that they are dropped on. */
export function drops(take: (file: File, target: Element | null) => void): void {
  const body = document.body;
  const has = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  addEventListener("dragover", (event) => {
    if (!has(event)) return;
    event.preventDefault();
    body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) body.classList.remove("dropping");
  });
  const drop = (event: DragEvent) => {
    body.classList.remove("dropping");
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    take(file, event.target instanceof Element ? event.target : null);
  };
  addEventListener("drop", drop, { capture: true });
}

/** A button that opens the system's dialog for files. */
export function chooser(id: string, take: (file: File) => void): void {
  const input = make("input", {
    type: "file",
    accept: ".txt,.md,.markdown,.html,.htm,.docx",
    hidden: true,
    tabindex: -1,
    "aria-hidden": "true",
  });
  const trigger = element(id);
  trigger.after(input);
  trigger.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) take(file);
    input.value = "";
  });
}

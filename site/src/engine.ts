// The engine as the page knows it: work that is asked of a worker, which is started anew when a rule fails.
import model from "unspin/unspin.model?url";
import wasm from "unspin/unspin_bg.wasm?url";

import type { Answer, Answered, Ask, Asked, Kind, Loaded, Settings, Settled } from "./messages.ts";
import { startWorker } from "./trusted.ts";

interface Waiting {
  ask: Ask;
  done: (answer: never) => void;
  failed: (error: Error) => void;
}

/** How often work is tried again after a fault before it is given up. */
const TRIES = 8;

export class Engine {
  /** Told of each fault: the rule that was switched off, or none where it is not known. */
  onFault: (rule: string | null, message: string) => void = () => {};

  /** What the first settings came to. */
  settled: Settled = { problems: [], tests: [], rules: [] };

  private ready = later();
  private worker: Worker | undefined;
  private seq = 0;
  private faults = 0;
  private readonly waiting = new Map<number, Waiting>();
  private settings: Settings = { config: "", packs: {}, failed: [] };
  private parts: Promise<Asked<"load">> | undefined;

  /** Fetches the engine, which is all that is ever fetched, and starts it. */
  async start(): Promise<Loaded> {
    this.parts ??= parts();
    const bytes = await this.parts;
    this.worker = startWorker();
    this.worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.hear(data));
    this.worker.addEventListener("error", (event) => {
      event.preventDefault();
      void this.restart(null, event.message);
    });
    const loaded = await this.send("load", bytes);
    this.settled = await this.send("settle", this.settings);
    this.ready.resolve();
    return loaded;
  }

  /** Settings for all that is asked from now on. */
  settle(config: string, packs: Record<string, string>): Promise<Settled> {
    this.settings = { ...this.settings, config, packs };
    return this.ask("settle", this.settings);
  }

  /** Has the worker do something, as soon as there is one. */
  async ask<K extends Kind>(kind: K, asked: Asked<K>): Promise<Answered<K>> {
    await this.ready.promise;
    return this.send(kind, asked);
  }

  private send<K extends Kind>(kind: K, asked: Asked<K>): Promise<Answered<K>> {
    const ask = { seq: (this.seq += 1), kind, asked } as Ask;
    return new Promise<Answered<K>>((done, failed) => {
      this.waiting.set(ask.seq, { ask, done: done as Waiting["done"], failed });
      this.worker?.postMessage(ask);
    });
  }

  private hear(told: Answer): void {
    const waiting = this.waiting.get(told.seq);
    if (!waiting) return;
    if (told.outcome === "fault") {
      void this.restart(told.rule, told.message);
      return;
    }
    this.waiting.delete(told.seq);
    if (told.outcome === "done") waiting.done(told.answer as never);
    else waiting.failed(new Error(told.message));
  }

  /** Ends the worker and starts another without the rule, then asks again what was not answered. */
  private async restart(rule: string | null, message: string): Promise<void> {
    this.worker?.terminate();
    this.worker = undefined;
    this.faults += 1;
    const open = [...this.waiting.values()];
    this.waiting.clear();
    const isNew = rule !== null && !this.settings.failed.includes(rule);
    if (isNew) this.settings = { ...this.settings, failed: [...this.settings.failed, rule] };
    // Where there is no rule to leave out, the same would happen again.
    const isHopeless = !isNew || this.faults > TRIES;
    if (isHopeless) for (const { failed } of open) failed(new Error(`the engine stopped: ${message}`));
    this.ready = later();
    this.onFault(rule, message);
    if (this.faults > TRIES) return;
    await this.start();
    if (isHopeless) return;
    for (const { ask, done, failed } of open) {
      if (ask.kind === "settle") this.send("settle", this.settings).then(done as never, failed);
      else if (ask.kind !== "load") this.send(ask.kind, ask.asked).then(done as never, failed);
    }
  }
}

interface Later {
  promise: Promise<void>;
  resolve: () => void;
}

/** A promise that somebody else keeps. */
function later(): Later {
  let resolve = () => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** The module, compiled, and the model; kept, so that a worker is started anew without the network. */
async function parts(): Promise<Asked<"load">> {
  const [compiled, data] = await Promise.all([
    fetched(wasm).then(compile),
    fetched(model).then((response) => response.arrayBuffer()),
  ]);
  return { wasm: compiled, model: data };
}

async function compile(response: Response): Promise<WebAssembly.Module> {
  // A server that does not know the type of the file is no reason not to work.
  const isKnown = response.headers.get("content-type")?.startsWith("application/wasm");
  return isKnown ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

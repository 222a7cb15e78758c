/** The server's life: found, started, restarted, stopped, and what the user is told where that fails. */

import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import { choose } from "./binary";
import { makeClient } from "./client";
import { section } from "./settings";

/** How long a server may take to come up, in milliseconds. */
const patience = 30_000;

/** Hooks a client's notifications up before it is started. */
export type Prepare = (client: LanguageClient) => void;

/** One server at a time, for the whole window. */
export class Server implements vscode.Disposable {
  /** Starts and stops follow one another, however fast they are asked for. */
  private turn: Promise<void> = Promise.resolve();
  private client: LanguageClient | undefined;

  constructor(
    private readonly extension: string,
    private readonly log: vscode.LogOutputChannel,
    private readonly prepare: Prepare,
  ) {}

  /** The client, where its server is up. */
  get running(): LanguageClient | undefined {
    return this.client?.isRunning() === true ? this.client : undefined;
  }

  /** The client, once what was asked for before is done. */
  async settled(): Promise<LanguageClient | undefined> {
    await this.turn;
    return this.running;
  }

  /** Stops the server where there is one, and starts it with the settings of now. */
  restart(): Promise<void> {
    return this.queue(async () => {
      await this.halt();
      await this.start();
    });
  }

  stop(): Promise<void> {
    return this.queue(() => this.halt());
  }

  dispose(): void {
    void this.stop();
  }

  /** Says that the server is needed and not there. */
  async missing(): Promise<void> {
    const again = "Restart server";
    if ((await vscode.window.showWarningMessage("unspin: the server does not run.", again)) === again) {
      await this.restart();
    }
  }

  private queue(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step, step);
    return this.turn;
  }

  private async start(): Promise<void> {
    const choice = choose({
      setting: vscode.workspace.getConfiguration(section).get<string>("path", ""),
      extension: this.extension,
      home: homedir(),
      platform: process.platform,
      path: process.env.PATH ?? "",
      runs,
    });
    if ("problem" in choice) {
      this.log.error(choice.problem);
      this.tell(`unspin: ${choice.problem}`);
      return;
    }
    this.log.info(`starting ${choice.file} lsp`);
    const client = makeClient(choice.file, this.log);
    this.prepare(client);
    try {
      await inTime(client.start());
      this.client = client;
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
      this.tell(`unspin: the language server could not be started by "${choice.file} lsp". It may be too old, or another program.`);
      await discard(client);
    }
  }

  private async halt(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client !== undefined) {
      await discard(client);
    }
  }

  /** Without waiting for an answer, for a message may stand for hours. */
  private tell(message: string): void {
    const [settings, log] = ["Open settings", "Show log"];
    void vscode.window.showErrorMessage(message, settings, log).then((answer) => {
      if (answer === settings) {
        void vscode.commands.executeCommand("workbench.action.openSettings", "unspin.path");
      } else if (answer === log) {
        this.log.show();
      }
    });
  }
}

/** Fails where a start takes so long that it never ends, as with a program that is no server and waits for more. */
async function inTime(start: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${String(patience / 1000)} seconds`));
    }, patience);
  });
  try {
    await Promise.race([start, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A client that never came up, or whose server died, refuses to stop; there is nothing left of it then. */
async function discard(client: LanguageClient): Promise<void> {
  await client.dispose().catch(() => undefined);
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Puts the parts together when VS Code starts the extension, and takes them apart when it ends. */

import * as vscode from "vscode";
import { State } from "vscode-languageclient/node";

import { sendSettings } from "./client";
import { fetchPage, registerCommands, showVerdict } from "./commands";
import { notifications, type RulePage, type Verdict } from "./protocol";
import { RulePages } from "./rulePages";
import { Server } from "./server";
import { section } from "./settings";
import { Verdicts } from "./verdicts";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("unspin", { log: true });
  const verdicts = new Verdicts(showVerdict);
  const pages = new RulePages(async (rule) => {
    const client = await server?.settled();
    return client && (await fetchPage(client, rule))?.page;
  });
  const made = new Server(context.extensionPath, log, (client) => {
    client.onNotification(notifications.verdict, (verdict: Verdict) => {
      verdicts.take(verdict);
    });
    client.onNotification(notifications.rulePage, (page: RulePage) => void pages.show(page));
    client.onDidChangeState(({ newState }) => {
      if (newState !== State.Running) {
        verdicts.clear();
      }
    });
  });
  server = made;
  context.subscriptions.push(
    log,
    verdicts,
    pages,
    registerCommands(made, pages),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (made.running !== undefined) {
        void sendSettings(made.running);
      }
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("unspin.path")) {
        void made.restart();
      } else if (change.affectsConfiguration(section) && made.running !== undefined) {
        void sendSettings(made.running);
      }
    }),
  );
  await made.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

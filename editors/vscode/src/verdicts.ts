/** The verdicts on open texts, and the one of the active editor in the status bar. */

import * as vscode from "vscode";

import type { Verdict } from "./protocol";
import { texts } from "./selector";
import { figures, headline, label } from "./wording";

/** Shown verdicts, by document. */
export class Verdicts implements vscode.Disposable {
  private readonly known = new Map<string, Verdict>();
  private readonly item: vscode.StatusBarItem;
  private readonly listeners: vscode.Disposable[];

  /** `command` is what a click runs. */
  constructor(command: string) {
    this.item = vscode.window.createStatusBarItem("unspin.verdict", vscode.StatusBarAlignment.Right, 100);
    this.item.name = "unspin: verdict";
    this.item.command = command;
    this.listeners = [
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.show();
      }),
      // A document changes its language by being closed and opened.
      vscode.workspace.onDidOpenTextDocument(() => {
        this.show();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.known.delete(document.uri.toString());
        this.show();
      }),
    ];
  }

  /** Takes a verdict, unless a later state of the text was weighed already. */
  take(verdict: Verdict): void {
    const key = vscode.Uri.parse(verdict.uri).toString();
    const before = this.known.get(key)?.version ?? null;
    if (before === null || verdict.version === null || verdict.version >= before) {
      this.known.set(key, verdict);
      this.show();
    }
  }

  /** Forgets all, for a server that is gone. */
  clear(): void {
    this.known.clear();
    this.show();
  }

  dispose(): void {
    this.item.dispose();
    for (const listener of this.listeners) {
      listener.dispose();
    }
  }

  private show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const verdict = document && ours(document) ? this.known.get(document.uri.toString()) : undefined;
    if (verdict === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = label(verdict);
    this.item.tooltip = `${headline(verdict)}\n${figures(verdict)}\nLevel: ${verdict.level}`;
    this.item.show();
  }
}

/** Whether a document is a text that is weighed. */
export function ours(document: vscode.TextDocument): boolean {
  return vscode.languages.match(texts, document) > 0;
}

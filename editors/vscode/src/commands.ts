/**
 * The commands of the palette. The client registers those of the server under the server's own names, for the code
 * actions that carry them, and only while the server is up; so the palette's have names of their own and are always
 * there, to say what is missing.
 */

import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

import { serverCommands, type Checked, type RulePage, type Verdict } from "./protocol";
import type { RulePages } from "./rulePages";
import { rulesIn } from "./rules";
import type { Server } from "./server";
import { ours } from "./verdicts";
import { checked, figures, fixed, headline } from "./wording";

/** The command that a click on the verdict runs. */
export const showVerdict = "unspin.palette.showVerdict";

/** Registers them all. */
export function registerCommands(server: Server, pages: RulePages): vscode.Disposable {
  const register = (name: string, run: (client: LanguageClient) => Promise<void>) =>
    vscode.commands.registerCommand(name, async () => {
      const client = server.running;
      await (client === undefined ? server.missing() : run(client));
    });
  return vscode.Disposable.from(
    register("unspin.palette.checkWorkspace", checkWorkspace),
    register("unspin.palette.fixFile", fixFile),
    register("unspin.palette.explainRule", (client) => explainRule(client, pages)),
    register(showVerdict, tellVerdict),
    vscode.commands.registerCommand("unspin.palette.restart", () => server.restart()),
  );
}

/** The page of a rule, from the server. */
export async function fetchPage(client: LanguageClient, rule: string): Promise<RulePage | undefined> {
  const uri = textEditor()?.document.uri;
  return ask<RulePage>(client, serverCommands.explainRule, rule, uri === undefined ? null : address(client, uri));
}

async function checkWorkspace(client: LanguageClient): Promise<void> {
  // The server shows its progress itself.
  const result = await ask<Checked>(client, serverCommands.checkWorkspace);
  if (result === undefined) {
    return;
  }
  const problems = "Show problems";
  const buttons = result.findings > 0 ? [problems] : [];
  if ((await vscode.window.showInformationMessage(checked(result), ...buttons)) === problems) {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  }
}

async function fixFile(client: LanguageClient): Promise<void> {
  const editor = await wantedEditor();
  if (editor === undefined) {
    return;
  }
  const result = await ask<{ fixes: number }>(client, serverCommands.fixFile, address(client, editor.document.uri));
  if (result !== undefined) {
    void vscode.window.showInformationMessage(fixed(result.fixes));
  }
}

async function explainRule(client: LanguageClient, pages: RulePages): Promise<void> {
  const rule = await chosenRule();
  if (rule === undefined || rule === "") {
    return;
  }
  const found = await fetchPage(client, rule);
  if (found === undefined) {
    void vscode.window.showWarningMessage(`unspin: there is no rule "${rule}".`);
  } else {
    await pages.show(found);
  }
}

/** One of the rules that found something in the current file; any rule, where none did or none is meant. */
async function chosenRule(): Promise<string | undefined> {
  const uri = textEditor()?.document.uri;
  const found = uri === undefined ? [] : rulesIn(vscode.languages.getDiagnostics(uri));
  if (found.length > 0) {
    const another = { label: "Another rule …", rule: undefined };
    const items = found.map(({ rule, findings }) => ({ label: rule, description: String(findings), rule }));
    const chosen = await vscode.window.showQuickPick([...items, another], { placeHolder: "The rule to explain" });
    if (chosen !== another) {
      return chosen?.rule;
    }
  }
  return (await vscode.window.showInputBox({ prompt: "The rule to explain", placeHolder: "garbled-word" }))?.trim();
}

async function tellVerdict(client: LanguageClient): Promise<void> {
  const editor = await wantedEditor();
  if (editor === undefined) {
    return;
  }
  const verdict = await ask<Verdict>(client, serverCommands.verdict, address(client, editor.document.uri));
  if (verdict === undefined) {
    void vscode.window.showInformationMessage("unspin: there is no verdict on this file.");
    return;
  }
  const passages = "Show passages";
  const buttons = verdict.windows.length > 0 ? [passages] : [];
  const message = `unspin: ${headline(verdict)} (${figures(verdict)})`;
  if ((await vscode.window.showInformationMessage(message, ...buttons)) === passages) {
    await reveal(editor, verdict);
  }
}

/** Selects the passages that bear many marks by themselves. */
async function reveal(editor: vscode.TextEditor, verdict: Verdict): Promise<void> {
  const ranges = verdict.windows.map(
    ({ start, end }) => new vscode.Range(start.line, start.character, end.line, end.character),
  );
  const [first] = ranges;
  if (first === undefined) {
    return;
  }
  // The message may have stood for a while: the text is brought back, wherever it is by now.
  const shown = await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  shown.selections = ranges.map((range) => new vscode.Selection(range.start, range.end));
  shown.revealRange(first, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The editor of a text that is weighed, or a word that there is none. */
async function wantedEditor(): Promise<vscode.TextEditor | undefined> {
  const editor = textEditor();
  if (editor === undefined) {
    await vscode.window.showInformationMessage("unspin: no plain text, Markdown or HTML is open here.");
  }
  return editor;
}

function textEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor !== undefined && ours(editor.document) ? editor : undefined;
}

/** Runs a command of the server; `undefined` where it answers with nothing, or fails, which the user is told. */
async function ask<T>(client: LanguageClient, command: string, ...args: unknown[]): Promise<T | undefined> {
  try {
    const answer: unknown = await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
    return (answer as T | null) ?? undefined;
  } catch (error) {
    void vscode.window.showErrorMessage(`unspin: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function address(client: LanguageClient, uri: vscode.Uri): string {
  return client.code2ProtocolConverter.asUri(uri);
}

/** Pages of rules, as read-only documents that Markdown's preview shows. */

import * as vscode from "vscode";

import type { RulePage } from "./protocol";
import { titled } from "./wording";

/** The scheme of such documents: `unspin-rule:/garbled-word.md`. */
const scheme = "unspin-rule";

/** Asks the server for a page; `undefined` where there is no such rule, or no server. */
export type Fetch = (rule: string) => Promise<string | undefined>;

/** Pages by rule. */
export class RulePages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly pages = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly fetch: Fetch) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  /** Shows a page beside the text. */
  async show({ rule, page }: RulePage): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${rule}.md` });
    this.pages.set(rule, titled(rule, page));
    this.changed.fire(uri);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }

  /** A preview that VS Code restores after a start asks for a page that was not sent yet. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const rule = uri.path.replace(/^\//, "").replace(/\.md$/, "");
    const known = this.pages.get(rule);
    if (known !== undefined) {
      return known;
    }
    const page = await this.fetch(rule);
    return page === undefined ? `There is no page on \`${rule}\`.\n` : titled(rule, page);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

/** The language client: what it says of itself, which settings it passes on, and how it takes failures. */

import * as vscode from "vscode";
import {
  CloseAction,
  DidChangeConfigurationNotification,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type ErrorHandler,
  type LanguageClientOptions,
  type StaticFeature,
} from "vscode-languageclient/node";

import { experimental } from "./protocol";
import { selector } from "./selector";
import { section, serverSettings, type ServerSettings } from "./settings";

/** A client for a program, not yet started. */
export function makeClient(file: string, log: vscode.LogOutputChannel): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: selector,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: () => settings(),
    // Files are watched for the server where it asks for it, by dynamic registration; nothing is set up here.
    middleware: {
      workspace: {
        // The section as VS Code has it holds the client's own settings too, which are none of the server's.
        configuration: async (params, token, next) => {
          const values: unknown = await next(params, token);
          return Array.isArray(values)
            ? values.map((value: unknown, at) => (params.items[at]?.section === section ? settings() : value))
            : [];
        },
        // `sendSettings` sends it, whether the server registers for it or not.
        didChangeConfiguration: () => Promise.resolve(),
      },
    },
    errorHandler: {
      error: (error, message, count) => usual().error(error, message, count),
      // A server that ends before it ever ran would end again.
      closed: () => (client.hasRun ? usual().closed() : { action: CloseAction.DoNotRestart, handled: true }),
    },
  };
  const client = new Client(file, options);
  let handler: ErrorHandler | undefined;
  const usual = () => (handler ??= client.createDefaultErrorHandler());
  client.registerFeature(ours);
  return client;
}

/** Tells the server of changed settings. */
export function sendSettings(client: LanguageClient): Promise<void> {
  return client.sendNotification(DidChangeConfigurationNotification.type, { settings: { [section]: settings() } });
}

function settings(): ServerSettings & { trusted: boolean } {
  const configuration = vscode.workspace.getConfiguration(section);
  // Of a folder that is not trusted the server uses no pack, plugin or model.
  return { ...serverSettings((key) => configuration.get(key)), trusted: vscode.workspace.isTrusted };
}

/** Tells the server that verdicts and rule pages find a reader here. */
const ours: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), ...experimental };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

class Client extends LanguageClient {
  /** Whether the server was up once. */
  hasRun = false;

  constructor(file: string, options: LanguageClientOptions) {
    super("unspin", "unspin", { command: file, args: ["lsp"] }, options);
    this.onDidChangeState(({ newState }) => {
      this.hasRun ||= newState === State.Running;
    });
  }

  /** Until the server was up, failures are only written to the log: who starts it tells the user, with a way out. */
  override error(message: string, data?: unknown, show?: boolean | "force"): void {
    super.error(message, data, this.hasRun ? show : false);
  }
}

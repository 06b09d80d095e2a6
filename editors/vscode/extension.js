// The extension starts `guiju lsp` and speaks with it; everything that is known of a policy is known there.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const LANGUAGE = "guiju";
let client;

async function activate(context) {
  context.subscriptions.push(vscode.commands.registerCommand("guiju.restart", restart));
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(LANGUAGE)) {
        restart();
      }
    }),
  );
  await start();
}

async function start() {
  const settings = vscode.workspace.getConfiguration(LANGUAGE);
  const [command, ...given] = settings.get("command");
  const language = settings.get("language");
  const args = language === "auto" ? given : [...given, "--lang", language];
  client = new LanguageClient(
    LANGUAGE,
    "Guiju",
    { command, args },
    {
      documentSelector: [{ language: LANGUAGE }, { language: "markdown", pattern: "**/*.guiju.md" }],
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{guiju,guiju.md}") },
    },
  );
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`${notStarted(command)} (${(error && error.message) || error})`);
  }
}

function notStarted(command) {
  return vscode.env.language.startsWith("zh")
    ? `“${command}”没有启动。安装：pip install 'guiju[lsp]'，或在设置 guiju.command 里写出它的路径。`
    : `\`${command}\` did not start. Install it: pip install 'guiju[lsp]', or give its path in the setting guiju.command.`;
}

async function restart() {
  await deactivate();
  await start();
}

async function deactivate() {
  const running = client;
  client = undefined;
  if (running && running.isRunning()) {
    await running.stop();
  }
}

module.exports = { activate, deactivate };

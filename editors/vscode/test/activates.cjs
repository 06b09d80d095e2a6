// The bundle is taken up by an editor that is only pretended, and whose settings name a command that is not there.
// What `vscode` is asked for beyond that answers with something that does nothing.
"use strict";

const assert = require("node:assert");
const Module = require("node:module");
const path = require("node:path");

const told = [];
const nothing = () => ({ dispose() {} });

class Anything {
  constructor() {
    return new Proxy(this, { get: (own, name) => (name in own ? own[name] : nothing) });
  }
}

const pretended = {
  version: "1.90.0",
  commands: { registerCommand: nothing },
  env: { language: "zh-cn", appName: "test", uriScheme: "test" },
  languages: { createDiagnosticCollection: () => new Anything() },
  window: { showErrorMessage: async (text) => void told.push(text), createOutputChannel: () => new Anything() },
  workspace: {
    getConfiguration: () => ({ get: (key) => ({ command: ["no-such-command-of-guiju"], language: "en" })[key] }),
    onDidChangeConfiguration: nothing,
    createFileSystemWatcher: () => new Anything(),
    workspaceFolders: undefined,
    textDocuments: [],
  },
};
const kept = (part) => (typeof part === "object" ? new Proxy(part, { get: (own, key) => (key in own ? own[key] : nothing) }) : part);
const editor = new Proxy(pretended, { get: (own, name) => (name in own ? kept(own[name]) : Anything) });

const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? editor : load(name, ...rest));
const extension = require(path.resolve(__dirname, "../../../build/vscode/extension.js"));

async function main() {
  await extension.activate({ subscriptions: [] });
  assert.match(told.at(-1), /“no-such-command-of-guiju”没有启动。安装：pip install 'guiju\[lsp\]'/);
  console.log("✓ the bundle says what to install where the server is not there");
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(String(error.stack || error).slice(0, 2000));
    process.exit(1);
  },
);

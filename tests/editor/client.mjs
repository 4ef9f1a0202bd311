// The client that VS Code itself is built on, with a copy of the shipped rules before it. What a behaviour is called tells what it shows.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { DULY_SOURCE_DIR: ROOT, DULY_TOOL: TOOL } = process.env;
const require = createRequire(join(ROOT, "build/editor/node_modules/"));
const protocol = require("vscode-languageserver-protocol/node");

/// A file with a cursor `^`: its text without, and where the cursor is.
export function atCursor(text) {
  const before = text.slice(0, text.indexOf("^"));
  const lines = before.split("\n");
  return { text: text.replace("^", ""), position: { line: lines.length - 1, character: lines.at(-1).length } };
}

export class Editor {
  constructor({ rules = join(ROOT, "rules"), capabilities = {}, today = "2026-11-26" } = {}) {
    this.folder = mkdtempSync(join(tmpdir(), "duly_editor_"));
    cpSync(rules, join(this.folder, "rules"), { recursive: true });
    this.capabilities = capabilities;
    this.process = spawn(TOOL, ["lsp", "--stdio", "--today", today], { stdio: ["pipe", "pipe", "inherit"] });
    this.connection = protocol.createProtocolConnection(
      new protocol.StreamMessageReader(this.process.stdout), new protocol.StreamMessageWriter(this.process.stdin));
    this.told = new Map();
    this.waiting = [];
    this.versions = new Map();
    this.connection.onNotification(protocol.PublishDiagnosticsNotification.type, (params) => {
      this.told.set(params.uri, params);
      this.waiting = this.waiting.filter((wait) => !wait());
    });
    this.connection.listen();
  }

  async start() {
    this.abilities = (await this.ask(protocol.InitializeRequest.type, {
      processId: process.pid, rootUri: pathToFileURL(this.folder).href, capabilities: this.capabilities, workspaceFolders: null,
    })).capabilities;
    await this.connection.sendNotification(protocol.InitializedNotification.type, {});
    return this;
  }

  ask(type, params) { return this.connection.sendRequest(type, params); }
  uri(path) { return pathToFileURL(join(this.folder, "rules", path)).href; }
  write(path, text) { writeFileSync(join(this.folder, "rules", path), text); }
  read(path) { return readFileSync(join(this.folder, "rules", path), "utf8"); }

  async open(path, text = this.read(path)) {
    this.versions.set(path, 1);
    await this.connection.sendNotification(protocol.DidOpenTextDocumentNotification.type,
      { textDocument: { uri: this.uri(path), languageId: "yaml", version: 1, text } });
    return text;
  }

  /// Changes as the protocol has them: `{ range, text }` or `{ text }`. Returns what is then wrong with the file.
  async change(path, ...contentChanges) {
    const version = this.versions.get(path) + 1;
    this.versions.set(path, version);
    await this.connection.sendNotification(protocol.DidChangeTextDocumentNotification.type,
      { textDocument: { uri: this.uri(path), version }, contentChanges });
    return this.mistakes(path, version);
  }

  async close(path) {
    await this.connection.sendNotification(protocol.DidCloseTextDocumentNotification.type, { textDocument: { uri: this.uri(path) } });
  }

  /// What is wrong with the file, once the server has told it of this version.
  async mistakes(path, version = this.versions.get(path)) {
    return (await this.until(path, (told) => told.version === version)).diagnostics;
  }

  /// What the server tells of a file once it is as `fits` wants it.
  until(path, fits) {
    const uri = this.uri(path);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing fitting is told of ${path}: ${JSON.stringify(this.told.get(uri))}`)), 300000);
      const wait = () => {
        const told = this.told.get(uri);
        if (!told || !fits(told)) return false;
        clearTimeout(timer);
        resolve(told);
        return true;
      };
      if (!wait()) this.waiting.push(wait);
    });
  }

  /// Takes leave. Returns the exit status.
  async leave() {
    await this.ask(protocol.ShutdownRequest.type);
    const ended = new Promise((resolve) => this.process.on("exit", resolve));
    await this.connection.sendNotification(protocol.ExitNotification.type);
    const status = await ended;
    this.connection.dispose();
    rmSync(this.folder, { recursive: true });
    return status;
  }
}

export { protocol };

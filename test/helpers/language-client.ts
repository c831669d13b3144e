import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeNotebookDocumentNotification,
  DidCloseNotebookDocumentNotification,
  DidOpenNotebookDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type LSPObject,
  NotebookCellKind,
  type NotebookDocumentChangeEvent,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { kernels } from "./notebook.js";

const bin = fileURLToPath(import.meta.resolve("#dist/cli/bin.js"));

/** An editor: a client of `poolbook lsp` over stdio, with one notebook open. */
export class LanguageClient {
  readonly connection: ProtocolConnection;
  readonly child: ChildProcess;
  readonly result: Promise<InitializeResult>;
  readonly notebook: string;
  /** By the cell's URI, what was published last. */
  readonly diagnostics = new Map<string, Diagnostic[]>();
  /** URIs of the cells, in their order. */
  cells: string[] = [];
  #texts = new Map<string, { text: string; version: number }>();
  #version = 1;
  #count = 0;
  #listeners = new Set<() => void>();

  constructor(folder: string) {
    this.notebook = `file://${folder}/a.ipynb`;
    this.child = spawn(process.execPath, [bin, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    const { stdin, stdout } = this.child;
    if (!stdin || !stdout) {
      throw new Error("Expected the server to have pipes");
    }
    this.connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.diagnostics.set(uri, diagnostics);
      for (const listener of this.#listeners) {
        listener();
      }
    });
    this.connection.listen();
    this.result = this.#initialize(folder);
  }

  async #initialize(folder: string): Promise<InitializeResult> {
    const result = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: `file://${folder}`,
      capabilities: {},
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  async open(texts: string[], metadata: LSPObject = { kernelspec: kernels.tslab }): Promise<void> {
    await this.result;
    const added = texts.map((text) => this.#newCell(text));
    this.cells = added.map(({ uri }) => uri);
    await this.connection.sendNotification(DidOpenNotebookDocumentNotification.type, {
      notebookDocument: {
        uri: this.notebook,
        notebookType: "jupyter-notebook",
        version: this.#version,
        metadata: { ...metadata },
        cells: added.map(({ uri }) => ({ kind: NotebookCellKind.Code, document: uri })),
      },
      cellTextDocuments: added,
    });
  }

  text(cell: number): string {
    return this.#texts.get(this.#uri(cell))?.text ?? "";
  }

  /** Puts `text` in place of what stands between the offsets, as typing does. */
  async edit(cell: number, start: number, end: number, text: string): Promise<void> {
    const uri = this.#uri(cell);
    const old = this.#texts.get(uri) ?? { text: "", version: 1 };
    const version = old.version + 1;
    this.#texts.set(uri, { text: old.text.slice(0, start) + text + old.text.slice(end), version });
    const range = { start: positionAt(old.text, start), end: positionAt(old.text, end) };
    await this.#change({ textContent: [{ document: { uri, version }, changes: [{ range, text }] }] });
  }

  async replace(cell: number, text: string): Promise<void> {
    await this.edit(cell, 0, this.text(cell).length, text);
  }

  async insert(at: number, text: string): Promise<void> {
    const cell = this.#newCell(text);
    this.cells.splice(at, 0, cell.uri);
    await this.#change({
      structure: {
        array: { start: at, deleteCount: 0, cells: [{ kind: NotebookCellKind.Code, document: cell.uri }] },
        didOpen: [cell],
      },
    });
  }

  async remove(at: number): Promise<void> {
    const [uri = ""] = this.cells.splice(at, 1);
    await this.#change({ structure: { array: { start: at, deleteCount: 1 }, didClose: [{ uri }] } });
  }

  /** As VS Code tells of it: the cell goes, and comes at another place. */
  async move(from: number, to: number): Promise<void> {
    const [uri = ""] = this.cells.splice(from, 1);
    await this.#change({ structure: { array: { start: from, deleteCount: 1 } } });
    this.cells.splice(to, 0, uri);
    await this.#change({
      structure: {
        array: { start: to, deleteCount: 0, cells: [{ kind: NotebookCellKind.Code, document: uri }] },
      },
    });
  }

  async changeMetadata(metadata: LSPObject): Promise<void> {
    await this.connection.sendNotification(DidChangeNotebookDocumentNotification.type, {
      notebookDocument: { uri: this.notebook, version: ++this.#version },
      change: { metadata: { ...metadata } },
    });
  }

  async close(): Promise<void> {
    await this.connection.sendNotification(DidCloseNotebookDocumentNotification.type, {
      notebookDocument: { uri: this.notebook },
      cellTextDocuments: this.cells.map((uri) => ({ uri })),
    });
  }

  /** Ends the server as an editor does; resolves with its exit code. */
  async end(): Promise<number | null> {
    const exit = once(this.child, "exit");
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    const [code]: (number | null)[] = await exit;
    this.connection.dispose();
    return code ?? null;
  }

  /** Each cell's codes and places, in the order of the cells. */
  codes(): string[][] {
    return this.cells.map((uri) =>
      (this.diagnostics.get(uri) ?? []).map(
        ({ code, range: { start } }) => `${code}:${start.line + 1}:${start.character + 1}`,
      ),
    );
  }

  /** Resolves as soon as the diagnostics are these. */
  async until(isReached: (codes: string[][]) => boolean): Promise<string[][]> {
    return await new Promise((resolve) => {
      const look = (): void => {
        const codes = this.codes();
        if (isReached(codes)) {
          this.#listeners.delete(look);
          resolve(codes);
        }
      };
      this.#listeners.add(look);
      look();
    });
  }

  at(
    cell: number,
    offset: number,
  ): { textDocument: { uri: string }; position: { line: number; character: number } } {
    return { textDocument: { uri: this.#uri(cell) }, position: positionAt(this.text(cell), offset) };
  }

  #uri(cell: number): string {
    return this.cells[cell] ?? "";
  }

  #newCell(text: string) {
    const uri = `vscode-notebook-cell:${this.notebook.slice("file:".length)}#W${this.#count++}`;
    this.#texts.set(uri, { text, version: 1 });
    return { uri, languageId: "typescript", version: 1, text };
  }

  async #change(cells: NonNullable<NotebookDocumentChangeEvent["cells"]>): Promise<void> {
    await this.connection.sendNotification(DidChangeNotebookDocumentNotification.type, {
      notebookDocument: { uri: this.notebook, version: ++this.#version },
      change: { cells },
    });
  }
}

export function positionAt(text: string, offset: number): { line: number; character: number } {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

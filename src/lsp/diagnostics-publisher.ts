import type { Diagnostic } from "vscode-languageserver";
import { cellDiagnostics } from "./cell-diagnostics.js";
import type { OpenNotebook } from "./open-notebook.js";

/** Milliseconds of checking after which the server looks for messages. */
const slice = 20;

interface State {
  /** Increases with each change; a check of an older state stops. */
  version: number;
  /** By the cell's URI, the diagnostics that the client has, as JSON. */
  told: Map<string, string>;
}

/** Checks notebooks whenever they change, and tells the client what differs from what it has. */
export class DiagnosticsPublisher {
  readonly #send: (uri: string, diagnostics: Diagnostic[]) => void;
  readonly #states = new Map<string, State>();

  constructor(send: (uri: string, diagnostics: Diagnostic[]) => void) {
    this.#send = send;
  }

  /** Begins a check; `notebook` is undefined when it is none of ours any more, or is closed. */
  async update(uri: string, notebook: OpenNotebook | undefined): Promise<void> {
    const state = this.#states.get(uri) ?? { version: 0, told: new Map() };
    this.#states.set(uri, state);
    const version = ++state.version;
    this.#forgetOthers(state, notebook?.cells.map((cell) => cell.uri) ?? []);
    if (notebook) {
      await this.#check(notebook, state, version);
    } else {
      this.#states.delete(uri);
    }
  }

  async #check(notebook: OpenNotebook, state: State, version: number): Promise<void> {
    let started = performance.now();
    let index = 0;
    for (const verdict of notebook.verdicts()) {
      const cell = notebook.cells[index++];
      if (cell) {
        this.#tell(state, cell.uri, cellDiagnostics(cell, verdict, notebook.directory));
      }
      if (performance.now() - started > slice) {
        await new Promise((resolve) => setImmediate(resolve));
        started = performance.now();
        if (state.version !== version) {
          return;
        }
      }
    }
  }

  #tell(state: State, uri: string, diagnostics: Diagnostic[]): void {
    const text = JSON.stringify(diagnostics);
    if ((state.told.get(uri) ?? "[]") !== text) {
      this.#send(uri, diagnostics);
    }
    state.told.set(uri, text);
  }

  #forgetOthers(state: State, cells: readonly string[]): void {
    for (const uri of state.told.keys()) {
      if (!cells.includes(uri)) {
        this.#tell(state, uri, []);
        state.told.delete(uri);
      }
    }
  }
}

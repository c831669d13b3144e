import type { Notebook } from "../../document/notebook.js";
import { saveNotebook } from "./notebook-file.js";

const interval = 2000;

/** Saves a notebook as its run goes: after a cell, at most every two seconds, and once more at the end. */
export class NotebookSaver {
  #notebook: Notebook;
  #path: string | undefined;
  #last = performance.now();

  constructor(notebook: Notebook, path: string | undefined) {
    this.#notebook = notebook;
    this.#path = path;
  }

  async saveNow(): Promise<void> {
    if (this.#path !== undefined) {
      await saveNotebook(this.#notebook, this.#path);
    }
    this.#last = performance.now();
  }

  async saveSometimes(): Promise<void> {
    if (performance.now() - this.#last > interval) {
      await this.saveNow();
    }
  }
}

import type { Notebook } from "../../document/notebook.js";
import { saveNotebook } from "./notebook-file.js";
import { assertWritable } from "./replace-file.js";
import { targetOf } from "./target.js";

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

  /** Throws the file system's error where nothing can be saved, before anything is run. */
  async assertWritable(): Promise<void> {
    if (this.#path !== undefined) {
      await assertWritable(this.#path);
    }
  }

  async saveNow(): Promise<void> {
    if (this.#path !== undefined) {
      await saveNotebook(this.#notebook, this.#path);
    }
    this.#last = performance.now();
  }

  /** Devices and pipes get the finished notebook only. */
  async saveSometimes(): Promise<void> {
    if (this.#path === undefined || performance.now() - this.#last <= interval) {
      return;
    }
    if ((await targetOf(this.#path)).kind !== "stream") {
      await this.saveNow();
    }
  }
}

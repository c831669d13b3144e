import type { Notebook } from "../../document/notebook.js";
import { longestTimer } from "../long-timeout.js";
import { saveNotebook } from "./notebook-file.js";
import { assertWritable } from "./replace-file.js";
import { targetOf } from "./target.js";

const usualInterval = 2000;

/**
 * Saves a notebook as its run goes: after a cell, at most every two seconds, or every so many seconds, also within a cell; and once more
 * at the end. Devices and pipes get the finished notebook only.
 */
export class NotebookSaver {
  #notebook: Notebook;
  #path: string | undefined;
  /** Seconds. */
  #autosave: number | undefined;
  #last = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();
  #problem: unknown;

  constructor(notebook: Notebook, path: string | undefined, autosave?: number) {
    this.#notebook = notebook;
    this.#path = path;
    this.#autosave = autosave;
  }

  /** Throws the file system's error where nothing can be saved, before anything is run. */
  async assertWritable(): Promise<void> {
    if (this.#path !== undefined) {
      await assertWritable(this.#path);
    }
  }

  /** Begins to save by the clock, when that is asked for. */
  start(): void {
    if (this.#autosave === undefined || this.#autosave === 0 || this.#path === undefined) {
      return;
    }
    const save = (): void => {
      this.#saveMeanwhile().catch((problem) => {
        this.#problem ??= problem;
      });
    };
    this.#timer = setInterval(save, Math.min(this.#autosave * 1000, longestTimer)).unref();
  }

  /** Ends to save by the clock. Throws NotebookSaveError when that went wrong once. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#saving.catch(() => {});
    if (this.#problem !== undefined) {
      throw this.#problem;
    }
  }

  async saveNow(): Promise<void> {
    if (this.#path !== undefined) {
      const path = this.#path;
      this.#saving = this.#saving.catch(() => {}).then(() => saveNotebook(this.#notebook, path));
      await this.#saving;
    }
    this.#last = performance.now();
  }

  /** Saves after a cell, unless the clock does. */
  async saveSometimes(): Promise<void> {
    if (this.#autosave === undefined && performance.now() - this.#last > usualInterval) {
      await this.#saveMeanwhile();
    }
  }

  async #saveMeanwhile(): Promise<void> {
    if (this.#path !== undefined && (await targetOf(this.#path)).kind !== "stream") {
      await this.saveNow();
    }
  }
}

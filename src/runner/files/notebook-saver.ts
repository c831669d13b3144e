import { existsSync } from "node:fs";
import type { Notebook } from "../../document/notebook.js";
import { longestTimer } from "../long-timeout.js";
import type { RunOptions } from "../run-options.js";
import { lookOf } from "./file-look.js";
import { NotebookSaveError, saveNotebook } from "./notebook-file.js";
import { assertWritable } from "./replace-file.js";
import { targetOf } from "./target.js";

const usualInterval = 2000;

/**
 * Saves a notebook as its run goes: after a cell, at most every two seconds, or every so many seconds, also within a cell; and once more
 * at the end. Devices and pipes get the finished notebook only. A file that somebody else changes meanwhile is left to them: the
 * notebook is then saved beside it.
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
  /** The file as it was found, or as it was saved last. */
  #look: string | undefined;
  #aside: string | undefined;

  /** `look` is that of the file before the notebook was read. */
  constructor(notebook: Notebook, { outputPath, autosave }: RunOptions, look: string | undefined) {
    this.#notebook = notebook;
    this.#path = outputPath;
    this.#autosave = autosave;
    this.#look = look;
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

  /** Saves once more. Throws NotebookSaveError, also when the file was changed meanwhile. */
  async finish(): Promise<void> {
    await this.#saveNow();
    if (this.#aside !== undefined) {
      throw new NotebookSaveError(
        `${this.#path} was changed while its notebook was run, and is left so; the executed notebook is ${this.#aside}`,
      );
    }
  }

  async #saveNow(): Promise<void> {
    if (this.#path !== undefined) {
      const path = this.#path;
      this.#saving = this.#saving.catch(() => {}).then(() => this.#saveAs(path));
      await this.#saving;
    }
    this.#last = performance.now();
  }

  async #saveAs(path: string): Promise<void> {
    const look = await lookOf(path);
    if (look !== undefined && look !== this.#look) {
      this.#aside ??= placeBeside(path);
    }
    try {
      await saveNotebook(this.#notebook, this.#aside ?? path);
    } finally {
      this.#look = await lookOf(path);
    }
  }

  /** Saves after a cell, unless the clock does. */
  async saveSometimes(): Promise<void> {
    if (this.#autosave === undefined && performance.now() - this.#last > usualInterval) {
      await this.#saveMeanwhile();
    }
  }

  async #saveMeanwhile(): Promise<void> {
    if (this.#path !== undefined && (await targetOf(this.#path)).kind !== "stream") {
      await this.#saveNow();
    }
  }
}

function placeBeside(file: string): string {
  const stem = file.replace(/\.ipynb$/i, "");
  for (let number = 1; ; number++) {
    const place = `${stem}.executed${number > 1 ? `-${number}` : ""}.ipynb`;
    if (!existsSync(place)) {
      return place;
    }
  }
}

import { createWriteStream, type WriteStream } from "node:fs";
import { isStandardOutput } from "../../../runner/files/standard-stream.js";

/** A file that is written while notebooks run, or stdout. What goes wrong meanwhile is told at the end, and ends no run. */
export class OutputFile {
  #file: WriteStream | undefined;
  #problem: unknown;

  constructor(file: string) {
    this.#file = isStandardOutput(file) ? undefined : createWriteStream(file);
    this.#file?.on("error", (problem) => {
      this.#problem ??= Object.assign(problem, { path: file });
    });
  }

  write(text: string): void {
    if (this.#problem === undefined) {
      (this.#file ?? process.stdout).write(text);
    }
  }

  /** Throws the file system's error when something could not be written. */
  async close(): Promise<void> {
    const file = this.#file;
    if (file && this.#problem === undefined) {
      await new Promise<void>((resolve) => file.end(() => resolve()));
    }
    if (this.#problem !== undefined) {
      throw this.#problem;
    }
  }
}

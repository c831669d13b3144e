import { createWriteStream, type WriteStream } from "node:fs";
import type { RunEvent } from "../../../runner/index.js";

/** Files that take what cells print, one for each stream. */
export class StreamFiles {
  #files: Map<string, WriteStream>;
  #problem: unknown;

  constructor({ stdoutFile, stderrFile }: { stdoutFile?: string; stderrFile?: string }) {
    const named = Object.entries({ stdout: stdoutFile, stderr: stderrFile });
    this.#files = new Map(
      named.flatMap(([name, file]) => (file === undefined ? [] : [[name, createWriteStream(file)]])),
    );
    for (const file of this.#files.values()) {
      file.on("error", (problem) => {
        this.#problem ??= problem;
      });
    }
  }

  event(event: RunEvent): void {
    if (event.type === "output" && event.message.msg_type === "stream") {
      const { name, text } = event.message.content;
      this.#files.get(String(name))?.write(String(text));
    }
  }

  /** Throws the file system's error when something could not be written. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#files.values()].map((file) => new Promise<void>((resolve) => file.end(() => resolve()))),
    );
    if (this.#problem !== undefined) {
      throw this.#problem;
    }
  }
}

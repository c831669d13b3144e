import type { RunEvent } from "../../../runner/index.js";
import { OutputFile } from "./output-file.js";

/** Files that take what cells print, one for each stream. */
export class StreamFiles {
  #files: Map<string, OutputFile>;

  constructor({ stdoutFile, stderrFile }: { stdoutFile?: string; stderrFile?: string }) {
    const named = Object.entries({ stdout: stdoutFile, stderr: stderrFile });
    this.#files = new Map(
      named.flatMap(([name, file]) => (file === undefined ? [] : [[name, new OutputFile(file)]])),
    );
  }

  event(event: RunEvent): void {
    if (event.type === "output" && event.message.msg_type === "stream") {
      const { name, text } = event.message.content;
      this.#files.get(String(name))?.write(String(text));
    }
  }

  /** Throws the file system's error when something could not be written. */
  async close(): Promise<void> {
    const closed = await Promise.allSettled([...this.#files.values()].map((file) => file.close()));
    const failed = closed.find((each) => each.status === "rejected");
    if (failed) {
      throw failed.reason;
    }
  }
}

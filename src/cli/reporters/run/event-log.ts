import { recordOf } from "../../../document/record.js";
import type { RunEvent } from "../../../runner/index.js";
import { OutputFile } from "./output-file.js";

/** Steps of runs as lines of JSON, each with the time and the notebook, while they happen. */
export class EventLog {
  #file: OutputFile;

  /** Writes to `file`, or to stdout when that is `-`. */
  constructor(file: string) {
    this.#file = new OutputFile(file);
  }

  event(notebook: string, event: RunEvent): void {
    if (event.type === "output" && ["status", "execute_input"].includes(event.message.msg_type)) {
      return;
    }
    const { type, ...about } = describe(event);
    this.#write({ event: type, notebook, ...about });
  }

  /** Tells how a notebook ended, in whichever words. */
  ended(notebook: string, end: { status: string; [about: string]: unknown }): void {
    this.#write({ event: "notebook-ended", notebook, ...end });
  }

  /** Throws the file system's error when something could not be written. */
  async close(): Promise<void> {
    await this.#file.close();
  }

  #write(line: object): void {
    this.#file.write(`${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`);
  }
}

/** The event without the cell itself; of what a cell shows, text as it is and else the types. */
function describe(event: RunEvent): { type: string; [about: string]: unknown } {
  if (event.type === "cell-started") {
    const { type, cell, ...place } = event;
    return { type, ...place, ...(cell.id !== undefined && { id: cell.id }) };
  }
  if (event.type === "cell-ended") {
    return { type: event.type, ...event.result };
  }
  if (event.type !== "output") {
    return event;
  }
  const { msg_type, content } = event.message;
  const { data, ...others } = content;
  const shown = { ...others, ...(data !== undefined && { mimeTypes: Object.keys(recordOf(data)) }) };
  return {
    type: event.type,
    ...(event.cell.id !== undefined && { id: event.cell.id }),
    output: msg_type,
    ...shown,
  };
}

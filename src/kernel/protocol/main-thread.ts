import type { MessagePort } from "node:worker_threads";
import type { JsonObject, Task, ToMain } from "../shared/messages.js";
import type { Interrupter } from "./interrupter.js";

/** The main thread as the worker sees it: it does one task after another. */
export class MainThread {
  readonly #port: MessagePort;
  readonly #interrupter: Interrupter;
  readonly #waiting = new Map<number, (content: JsonObject) => void>();

  constructor(port: MessagePort, interrupter: Interrupter) {
    this.#port = port;
    this.#interrupter = interrupter;
  }

  /** Resolves to the content of the reply; `id` is also the number of the cell. */
  async run(id: number, task: Task): Promise<JsonObject> {
    await this.#interrupter.settled;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#port.postMessage({ type: "task", id, task } satisfies ToMain);
    });
  }

  reply(id: number, content: JsonObject): void {
    this.#waiting.get(id)?.(content);
    this.#waiting.delete(id);
  }
}

import { Worker } from "node:worker_threads";
import type { JsonObject } from "../../jupyter/json-object.js";
import type { CheckingData, LanguageAnswer, LanguageQuestion } from "../checking/language-messages.js";

/** The message on the control channel that asks about cells; see `LanguageQuestion`. */
export const languageRequest = "poolbook_language_request";

/** The thread that checks cells while they are typed; it is started by the first question, and again if it dies. */
export class Checking {
  readonly #data: CheckingData;
  readonly #replies = new Map<number, (content: JsonObject) => void>();
  #worker: Worker | undefined;
  #count = 0;

  constructor(data: CheckingData) {
    this.#data = data;
  }

  ask(content: JsonObject, reply: (content: JsonObject) => void): void {
    const id = ++this.#count;
    this.#replies.set(id, reply);
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id, content } satisfies LanguageQuestion);
  }

  #start(): Worker {
    const worker = new Worker(new URL("../checking/checking-thread.js", import.meta.url), {
      workerData: this.#data,
    });
    worker.unref();
    worker.on("message", ({ id, content }: LanguageAnswer) => {
      this.#replies.get(id)?.(content);
      this.#replies.delete(id);
    });
    worker.on("error", (error) => this.#fail(error));
    return worker;
  }

  #fail({ name, message }: Error): void {
    this.#worker = undefined;
    for (const reply of this.#replies.values()) {
      reply({ status: "error", ename: name, evalue: message, traceback: [] });
    }
    this.#replies.clear();
  }
}

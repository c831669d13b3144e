import { Worker } from "node:worker_threads";
import type { JsonObject } from "../../jupyter/json-object.js";
import type {
  CheckingData,
  KnownSession,
  LanguageAnswer,
  LanguageQuestion,
  TextQuestion,
} from "../checking/language-messages.js";
import type { CodeQuestion } from "../shared/thread-messages.js";

/** The message on the control channel that asks about cells; see `LanguageQuestion`. */
export const languageRequest = "poolbook_language_request";

/** Megabytes of its heap; with more it ends, and the next question starts it again. */
const mostMemory = 1024;

/**
 * The thread that checks cells while they are typed, and answers in place of the main thread; it is started by the first
 * question, and again if it dies.
 */
export class Checking {
  readonly #data: CheckingData;
  readonly #replies = new Map<number, (content: JsonObject) => void>();
  #worker: Worker | undefined;
  #count = 0;

  constructor(data: CheckingData) {
    this.#data = data;
  }

  /** The content of the reply to a `poolbook_language_request`. */
  ask(content: JsonObject): Promise<JsonObject> {
    return this.#post({ id: ++this.#count, content });
  }

  /** The content of the reply to a question about a text. */
  askAboutText(question: CodeQuestion, session: KnownSession): Promise<JsonObject> {
    return this.#post({ id: ++this.#count, question, session });
  }

  #post(message: LanguageQuestion | TextQuestion): Promise<JsonObject> {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
    return new Promise((resolve) => this.#replies.set(message.id, resolve));
  }

  #start(): Worker {
    const worker = new Worker(new URL("../checking/checking-thread.js", import.meta.url), {
      workerData: this.#data,
      resourceLimits: { maxOldGenerationSizeMb: mostMemory },
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

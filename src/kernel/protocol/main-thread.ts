import type { MessagePort } from "node:worker_threads";
import type { JsonObject } from "../../jupyter/json-object.js";
import { flag, guard } from "../shared/thread-flags.js";
import {
  type InputAnswer,
  interrupted,
  type Question,
  type Task,
  type ToMain,
} from "../shared/thread-messages.js";
import { Interrupter } from "./interrupter.js";

type Take = (content: JsonObject) => void;

/** The main thread as the worker sees it: it does one task after another, and answers questions while a cell waits. */
export class MainThread {
  readonly #port: MessagePort;
  readonly #flags: Int32Array;
  readonly #interrupter: Interrupter;
  readonly #questions = new Map<number, Take>();
  #current: { id: number; resolve: Take } | undefined;
  /** A task waits for an earlier interrupt to be over. */
  #isWaiting = false;

  constructor(port: MessagePort, flags: Int32Array) {
    this.#port = port;
    this.#flags = flags;
    this.#interrupter = new Interrupter(flags, (message) => this.#post(message));
  }

  /** Resolves to the content of the reply; `id` is also the number of the cell. */
  async run(id: number, task: Task): Promise<JsonObject> {
    this.#isWaiting = true;
    await this.#interrupter.settled;
    this.#isWaiting = false;
    return new Promise((resolve) => {
      this.#current = { id, resolve };
      this.#post({ type: "task", id, task });
    });
  }

  /** It compiles a cell or an answer, and will be done soon. */
  get isCompiling(): boolean {
    return Atomics.load(this.#flags, flag.guard) === guard.compiling;
  }

  /** Resolves to the content of the reply to a question that comes while a cell runs. */
  ask(id: number, question: Question): Promise<JsonObject> {
    return new Promise((resolve) => {
      this.#questions.set(id, resolve);
      this.#post({ type: "task", id, task: question });
    });
  }

  reply(id: number, content: JsonObject): void {
    if (this.#current?.id === id) {
      this.#current.resolve(content);
      this.#current = undefined;
    }
    this.#questions.get(id)?.(content);
    this.#questions.delete(id);
  }

  /** Ends what the main thread does; the task that it is about is answered with an error. */
  async interrupt(): Promise<void> {
    if (this.#isWaiting) {
      // The interrupt under way is not about this task, which is sent before this goes on.
      await this.#interrupter.settled;
    }
    const asked = [...this.#questions.keys()];
    await this.#interrupter.interrupt();
    for (const question of asked) {
      this.reply(question, { status: "error", ...interrupted });
    }
    const { id } = this.#current ?? {};
    // The reading of the task was what the interrupt hit.
    if (id !== undefined && id !== Atomics.load(this.#flags, flag.begun)) {
      this.reply(id, { status: "error", ...interrupted });
    }
  }

  answerInput(answer: InputAnswer): void {
    this.#post({ type: "input", ...answer });
  }

  exit(code: number): void {
    this.#post({ type: "exit", code });
  }

  /** Ends the process, by its main thread. */
  fail(error: unknown): void {
    this.#post({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  }

  #post(message: ToMain): void {
    this.#port.postMessage(message);
  }
}

import type { MessagePort } from "node:worker_threads";
import type { JsonObject } from "../../jupyter/json-object.js";
import { flag, guard } from "../shared/thread-flags.js";
import {
  broken,
  type InputAnswer,
  interrupted,
  type Question,
  type Task,
  type ToMain,
} from "../shared/thread-messages.js";
import { Interrupter } from "./interrupter.js";

type Take = (content: JsonObject) => void;

/**
 * The main thread as the worker sees it: it does the tasks that it is sent, those of several shells at the same time, and
 * answers questions while a cell waits.
 */
export class MainThread {
  readonly #port: MessagePort;
  readonly #flags: Int32Array;
  readonly #interrupter: Interrupter;
  readonly #questions = new Map<number, Take>();
  readonly #tasks = new Map<number, Take>();
  /** Tasks that wait for an earlier interrupt to be over. */
  #waiting = 0;

  /** `endBroken` is told the tasks that the thread will never come to the end of. */
  constructor(port: MessagePort, flags: Int32Array, endBroken: (tasks: number[]) => void) {
    this.#port = port;
    this.#flags = flags;
    this.#interrupter = new Interrupter(
      flags,
      (message) => this.#post(message),
      () => {
        const tasks = [...this.#tasks.keys()];
        endBroken(tasks);
        for (const task of tasks) {
          this.reply(task, { status: "error", ...broken });
        }
      },
    );
  }

  /** Resolves to the content of the reply; `id` is also the number of the cell. It is sent at once, unless an interrupt is under way. */
  run(id: number, task: Task): Promise<JsonObject> {
    return this.#interrupter.underWay ? this.#runLater(id, task) : this.#send(id, task);
  }

  async #runLater(id: number, task: Task): Promise<JsonObject> {
    this.#waiting++;
    await this.#interrupter.underWay;
    this.#waiting--;
    return this.#send(id, task);
  }

  #send(id: number, task: Task): Promise<JsonObject> {
    return new Promise((resolve) => {
      this.#tasks.set(id, resolve);
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
    for (const asked of [this.#tasks, this.#questions]) {
      asked.get(id)?.(content);
      asked.delete(id);
    }
  }

  /** Ends what the main thread does; the tasks that it is about are answered with an error. */
  async interrupt(): Promise<void> {
    if (this.#waiting > 0) {
      // The interrupt under way is not about these tasks, which are sent before this goes on.
      await this.#interrupter.underWay;
    }
    const asked = [...this.#questions.keys()];
    const sent = [...this.#tasks.keys()];
    await this.#interrupter.interrupt();
    // The reading of a task may be what the interrupt hit.
    const begun = Atomics.load(this.#flags, flag.begun);
    for (const id of [...asked, ...sent.filter((task) => task > begun)]) {
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

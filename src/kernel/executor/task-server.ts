import type { JsonObject } from "../../jupyter/json-object.js";
import type { Language } from "../../language/index.js";
import { replyTo } from "../questions/code-replies.js";
import { intact } from "../shared/intact-builtins.js";
import { OwnSet } from "../shared/own-collections.js";
import { type CodeQuestion, interrupted, type Task } from "../shared/thread-messages.js";
import type { KernelComms } from "./comms/kernel-comms.js";
import type { Executor } from "./executor.js";
import { describeFailure } from "./failures/thrown-failure.js";
import { startWarmUp, type WarmUp } from "./language-warm-up.js";
import type { OutputOrigin, ProtocolThread } from "./protocol-thread.js";
import { shownVariable } from "./variables/shown-variable.js";

export interface TaskParts {
  language: Language;
  executor: Executor;
  protocol: ProtocolThread;
  comms: KernelComms;
  /** Printed with the first cell, where the user sees it. */
  notice?: string;
}

/**
 * Does the tasks that the protocol's thread sends, and replies to each. While a cell waits, those of other shells are done,
 * and questions answered.
 */
export class TaskServer {
  readonly #language: Language;
  readonly #executor: Executor;
  readonly #protocol: ProtocolThread;
  readonly #comms: KernelComms;
  readonly #warmUp: WarmUp;
  /** The tasks that are not done. */
  readonly #tasks = new OwnSet<number>();
  #notices: string[] | undefined;

  constructor({ language, executor, protocol, comms, notice }: TaskParts) {
    this.#notices = notice === undefined ? [] : [notice];
    this.#language = language;
    this.#executor = executor;
    this.#protocol = protocol;
    this.#comms = comms;
    this.#warmUp = startWarmUp(language, (step) => protocol.guarded(step));
  }

  perform(id: number, task: Task): void {
    if (task.kind === "show") {
      const { exports } = this.#executor.state;
      void shownVariable(exports, task.name).then((content) => this.#protocol.reply(id, content));
      return;
    }
    if (this.#tasks.size > 0 && task.kind !== "execute" && task.kind !== "comm") {
      this.#protocol.reply(id, this.#answer(task));
      return;
    }
    this.#warmUp.begin();
    this.#tasks.add(id);
    this.#protocol.begin(id);
    if (task.kind === "comm") {
      this.#comms.handle(id, task.message, () => this.#reply(id, { status: "ok" }));
    } else if (task.kind === "execute") {
      this.#printNotices({ id, silent: task.request.silent });
      const { request } = task;
      this.#warmUp.compile(() => this.#executor.execute(id, request, (content) => this.#reply(id, content)));
    } else {
      this.#reply(id, this.#answer(task));
    }
  }

  /** Ends the cells, and answers a task that a termination has made to be forgotten. */
  interrupt(): void {
    this.#executor.interrupt();
    if (this.#tasks.size > 0) {
      this.#comms.interrupt();
    }
    const tasks = intact(() => [...this.#tasks]);
    for (let index = 0; index < tasks.length; index++) {
      this.#reply(tasks[index] as number, { status: "error", ...interrupted });
    }
  }

  /** With the first cell, where the user sees it. */
  #printNotices(cell: OutputOrigin): void {
    if (this.#notices && !cell.silent) {
      const problems = this.#protocol.guarded(() => this.#language.projectProblems());
      for (const text of [...this.#notices, ...problems]) {
        this.#protocol.write(cell, "stderr", Buffer.from(`${text}\n`));
      }
      this.#notices = undefined;
    }
  }

  #reply(id: number, content: JsonObject): void {
    this.#protocol.reply(id, content);
    this.#tasks.delete(id);
    if (this.#tasks.size === 0) {
      this.#warmUp.end();
    }
  }

  #answer(question: CodeQuestion): JsonObject {
    return this.#protocol.guarded(() => {
      try {
        return replyTo(question, this.#language, this.#executor.state);
      } catch (error) {
        return { status: "error", ...describeFailure(error) };
      }
    });
  }
}

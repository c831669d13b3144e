import { setTimeout as delay } from "node:timers/promises";
import { isJsonObject, type JsonObject } from "../../jupyter/json-object.js";
import type { RoutedMessage } from "../../jupyter/message.js";
import type { CodeQuestion, CommRequest } from "../shared/thread-messages.js";
import type { CellRequests } from "./channels/cell-requests.js";
import type { Publisher } from "./channels/publisher.js";
import { codeQuestion } from "./code-question.js";
import type { CommTable } from "./comm-table.js";
import type { History } from "./history/history.js";
import type { IdleMemory } from "./idle-memory.js";
import type { LocalRequests } from "./local-requests.js";
import type { MainThread } from "./main-thread.js";
import type { OutputPump } from "./output-pump.js";

/** Counted for all shells together. */
export interface Numbers {
  lastId: number;
  executionCount: number;
}

export interface ShellParts {
  numbers: Numbers;
  others(shell: Shell): Shell[];
  main: MainThread;
  publisher: Publisher;
  pump: OutputPump;
  history: History;
  comms: CommTable;
  requests: CellRequests;
  local: LocalRequests;
  idleMemory: IdleMemory;
  /** Answers a question without the main thread's help. */
  answerElsewhere(question: CodeQuestion): Promise<JsonObject>;
  reply(message: RoutedMessage, content: JsonObject): void;
}

interface Waiting {
  message: RoutedMessage;
  isAborted: boolean;
}

/** Milliseconds after which a cell is a long one: questions do not wait for its end. */
const patience = 500;
/** Milliseconds in which a cell that waits has come to a question. */
const timeToHear = 150;

/**
 * A shell of the shell channel: one request after another, each between its own busy and idle; questions also while a
 * long cell runs.
 */
export class Shell {
  readonly #parts: ShellParts;
  readonly #queue: Waiting[] = [];
  #isBusy = false;
  /** The cell that runs. */
  #cell: RoutedMessage | undefined;
  /** That cell, when it has run for a while. */
  #longCell: RoutedMessage | undefined;

  constructor(parts: ShellParts) {
    this.#parts = parts;
  }

  enqueue(message: RoutedMessage): void {
    this.#queue.push({ message, isAborted: false });
    if (this.#longCell) {
      this.#answerMeanwhile();
    }
    if (!this.#isBusy) {
      this.#isBusy = true;
      this.#parts.idleMemory.begin();
      void this.#runAll();
    }
  }

  /** The data by MIME type of a variable, when the main thread has come to it; undefined when there is none. */
  async show(name: string): Promise<JsonObject | undefined> {
    const { data } = await this.#parts.main.ask(++this.#parts.numbers.lastId, { kind: "show", name });
    return isJsonObject(data) ? data : undefined;
  }

  async #runAll(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { message, isAborted } = next;
      const isCell = !isAborted && message.header.msg_type === "execute_request";
      if (!isCell) {
        this.#parts.publisher.status(message.header, "busy");
      }
      const content = isAborted ? this.#aborted() : await this.#handle(message);
      if (content) {
        this.#parts.reply(message, content);
      }
      this.#parts.publisher.status(message.header, "idle");
      this.#sayWhoIsBusy();
      if (content?.status === "error" && message.header.msg_type === "execute_request") {
        await this.#abortQueue(message);
      }
    }
    this.#isBusy = false;
    this.#parts.idleMemory.end();
  }

  /** Takes the questions out of the queue; the main thread answers them while the cell waits. */
  #answerMeanwhile(): void {
    for (const waiting of [...this.#queue]) {
      const question = codeQuestion(waiting.message);
      if (question) {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        void this.#answer(waiting.message, question);
      }
    }
  }

  /** Behind the answer, the kernel is as busy as before. */
  async #answer(message: RoutedMessage, question: CodeQuestion): Promise<void> {
    const { publisher, reply } = this.#parts;
    publisher.status(message.header, "busy");
    reply(message, await this.#askWhileCellRuns(question));
    publisher.status(message.header, "idle");
    this.#sayBusy();
    this.#sayWhoIsBusy();
  }

  /** Front ends take the last status for that of the kernel. */
  #sayWhoIsBusy(): void {
    for (const shell of this.#parts.others(this)) {
      shell.#sayBusy();
    }
  }

  #sayBusy(): void {
    if (this.#cell) {
      this.#parts.publisher.status(this.#cell.header, "busy");
    }
  }

  /** The main thread answers when the cell waits; where the cell computes, somebody else does. */
  async #askWhileCellRuns(question: CodeQuestion): Promise<JsonObject> {
    const { main, answerElsewhere } = this.#parts;
    const answer = main.ask(++this.#parts.numbers.lastId, question);
    do {
      const content = await Promise.race([answer, delay(timeToHear)]);
      if (content) {
        return content;
      }
    } while (main.isCompiling);
    return Promise.race([answer, answerElsewhere(question).catch(() => answer)]);
  }

  async #handle(message: RoutedMessage): Promise<JsonObject | undefined> {
    const { main, local } = this.#parts;
    if (message.header.msg_type === "execute_request") {
      this.#cell = message;
      const timer = setTimeout(() => {
        this.#longCell = message;
        this.#answerMeanwhile();
      }, patience);
      const content = await this.#execute(message);
      clearTimeout(timer);
      this.#longCell = undefined;
      this.#cell = undefined;
      return content;
    }
    const question = codeQuestion(message);
    if (question) {
      const isAlone = this.#parts.others(this).every((shell) => !shell.#cell);
      return isAlone ? main.run(++this.#parts.numbers.lastId, question) : this.#askWhileCellRuns(question);
    }
    if (isComm(message.header.msg_type)) {
      await this.#comm(message, message.header.msg_type);
      return undefined;
    }
    return local(message);
  }

  /** Says itself that the kernel is busy. */
  async #execute(message: RoutedMessage): Promise<JsonObject> {
    const { main, publisher, pump, history, requests, numbers } = this.#parts;
    const { content, header } = message;
    const code = String(content.code ?? "");
    const silent = content.silent === true;
    if (!silent && content.store_history !== false && code.trim() !== "") {
      history.add(++numbers.executionCount, code);
    }
    const { executionCount } = numbers;
    const id = ++numbers.lastId;
    requests.add(id, message);
    // It compiles while the front end is told; its own messages are read behind that.
    const running = main.run(id, {
      kind: "execute",
      request: {
        code,
        executionCount,
        silent,
        userExpressions: userExpressions(content.user_expressions),
        allowsStdin: content.allow_stdin === true,
        ...(typeof message.metadata.cellId === "string" && { cellId: message.metadata.cellId }),
      },
    });
    publisher.status(header, "busy");
    if (!silent) {
      publisher.publish(header, "execute_input", { code, execution_count: executionCount });
    }
    const result = await running;
    pump.finish(id);
    return { ...result, execution_count: executionCount, payload: [] };
  }

  async #comm(message: RoutedMessage, messageType: CommRequest["messageType"]): Promise<void> {
    const { main, comms, requests } = this.#parts;
    const { content, metadata, buffers } = message;
    const id = ++this.#parts.numbers.lastId;
    comms.note(messageType, content);
    requests.add(id, message);
    await main.run(id, { kind: "comm", message: { messageType, content, metadata, buffers } });
    requests.remove(id);
  }

  #aborted(): JsonObject {
    return { status: "aborted", execution_count: this.#parts.numbers.executionCount };
  }

  /** Keeps from running what waits behind a failed cell, unless the cell said otherwise. */
  async #abortQueue(failed: RoutedMessage): Promise<void> {
    if (failed.content.stop_on_error === false) {
      return;
    }
    // Reads what has already arrived.
    await new Promise((resolve) => setImmediate(resolve));
    this.abort();
  }

  /** Keeps from running what waits. */
  abort(): void {
    for (const waiting of this.#queue) {
      waiting.isAborted ||= waiting.message.header.msg_type === "execute_request";
    }
  }
}

function isComm(type: string): type is CommRequest["messageType"] {
  return type === "comm_open" || type === "comm_msg" || type === "comm_close";
}

function userExpressions(value: unknown): Record<string, string> {
  const entries = value && typeof value === "object" ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([name, code]) => [name, String(code)]));
}

import type { JsonObject } from "../../jupyter/json.js";
import type { RoutedMessage } from "../../jupyter/message.js";
import type { History } from "./history.js";
import type { MainThread } from "./main-thread.js";
import type { OutputPump } from "./output-pump.js";
import type { Publisher } from "./publisher.js";

/** Requests that need no cell: by message type, the content of the reply, or undefined for none. */
export type LocalHandlers = Record<string, (message: RoutedMessage) => JsonObject | undefined>;

export interface ShellParts {
  main: MainThread;
  publisher: Publisher;
  pump: OutputPump;
  history: History;
  local: LocalHandlers;
  reply(message: RoutedMessage, content: JsonObject): void;
}

/** The shell channel: one request after another, each between its own busy and idle. */
export class Shell {
  readonly #parts: ShellParts;
  readonly #queue: { message: RoutedMessage; isAborted: boolean }[] = [];
  readonly #requests = new Map<number, RoutedMessage>();
  #isBusy = false;
  #lastId = 0;
  #executionCount = 0;

  constructor(parts: ShellParts) {
    this.#parts = parts;
  }

  enqueue(message: RoutedMessage): void {
    this.#queue.push({ message, isAborted: false });
    if (!this.#isBusy) {
      this.#isBusy = true;
      void this.#runAll();
    }
  }

  /** The request that the cell came with. */
  requestOf(cell: number): RoutedMessage | undefined {
    return this.#requests.get(cell);
  }

  async #runAll(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { message, isAborted } = next;
      this.#parts.publisher.status(message.header, "busy");
      const content = isAborted ? this.#aborted() : await this.#handle(message);
      if (content) {
        this.#parts.reply(message, content);
      }
      this.#parts.publisher.status(message.header, "idle");
      if (content?.status === "error" && message.header.msg_type === "execute_request") {
        await this.#abortQueue(message);
      }
    }
    this.#isBusy = false;
  }

  async #handle(message: RoutedMessage): Promise<JsonObject | undefined> {
    const { main, local } = this.#parts;
    const { content } = message;
    const code = String(content.code ?? "");
    const cursorPosition =
      typeof content.cursor_pos === "number" ? content.cursor_pos : Number.POSITIVE_INFINITY;
    switch (message.header.msg_type) {
      case "execute_request":
        return this.#execute(message, code);
      case "complete_request":
        return main.run(++this.#lastId, { kind: "complete", code, cursorPosition });
      case "inspect_request":
        return main.run(++this.#lastId, { kind: "inspect", code, cursorPosition });
      case "is_complete_request":
        return main.run(++this.#lastId, { kind: "is_complete", code });
      default:
        return local[message.header.msg_type]?.(message);
    }
  }

  async #execute(message: RoutedMessage, code: string): Promise<JsonObject> {
    const { main, publisher, pump, history } = this.#parts;
    const { content, header } = message;
    const silent = content.silent === true;
    if (!silent && content.store_history !== false && code.trim() !== "") {
      history.add(++this.#executionCount, code);
    }
    if (!silent) {
      publisher.publish(header, "execute_input", { code, execution_count: this.#executionCount });
    }
    const id = ++this.#lastId;
    this.#requests.set(id, { ...message, content: {}, buffers: [] });
    const result = await main.run(id, {
      kind: "execute",
      request: {
        code,
        executionCount: this.#executionCount,
        silent,
        userExpressions: userExpressions(content.user_expressions),
        allowsStdin: content.allow_stdin === true,
      },
    });
    pump.finish(id);
    return { ...result, execution_count: this.#executionCount, payload: [] };
  }

  #aborted(): JsonObject {
    return { status: "aborted", execution_count: this.#executionCount };
  }

  /** What waits behind a failed cell is not run, unless the cell said so. */
  async #abortQueue(failed: RoutedMessage): Promise<void> {
    if (failed.content.stop_on_error === false) {
      return;
    }
    // Reads what has already arrived.
    await new Promise((resolve) => setImmediate(resolve));
    for (const waiting of this.#queue) {
      waiting.isAborted ||= waiting.message.header.msg_type === "execute_request";
    }
  }
}

function userExpressions(value: unknown): Record<string, string> {
  const entries = value && typeof value === "object" ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([name, code]) => [name, String(code)]));
}

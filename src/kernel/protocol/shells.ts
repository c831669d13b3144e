import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../jupyter/json-object.js";
import type { Header, RoutedMessage } from "../../jupyter/message.js";
import { Shell, type ShellParts } from "./shell.js";

/** The main shell and the subshells, which run cells beside it: https://jupyter.org/enhancement-proposals/91-kernel-subshells */
export class Shells {
  readonly #parts: ShellParts;
  readonly #main: Shell;
  readonly #subshells = new Map<string, Shell>();

  constructor(parts: Omit<ShellParts, "numbers" | "others">) {
    const others = (shell: Shell) =>
      [this.#main, ...this.#subshells.values()].filter((each) => each !== shell);
    this.#parts = { ...parts, numbers: { lastId: 0, executionCount: 0 }, others };
    this.#main = new Shell(this.#parts);
  }

  /** Takes a message of the shell channel to the shell that it names in its header. */
  enqueue(message: RoutedMessage): void {
    const { subshell_id: id }: Header & { subshell_id?: unknown } = message.header;
    const shell = id === undefined || id === null ? this.#main : this.#subshells.get(String(id));
    if (shell) {
      shell.enqueue(message);
    } else {
      this.#refuse(message, String(id));
    }
  }

  /** The content of the reply to a request about subshells; undefined for another request. */
  answer({ header, content }: RoutedMessage): JsonObject | undefined {
    switch (header.msg_type) {
      case "create_subshell_request":
        return { status: "ok", subshell_id: this.#create() };
      case "delete_subshell_request":
        return this.#delete(String(content.subshell_id));
      case "list_subshell_request":
        return { status: "ok", subshell_id: [...this.#subshells.keys()] };
      default:
        return undefined;
    }
  }

  /** The data by MIME type of a variable, when the main thread has come to it; undefined when there is none. */
  show(name: string): Promise<JsonObject | undefined> {
    return this.#main.show(name);
  }

  #create(): string {
    const id = randomUUID();
    this.#subshells.set(id, new Shell(this.#parts));
    return id;
  }

  /** The cell that runs in it goes on to its end; those behind it do not run. */
  #delete(id: string): JsonObject {
    const shell = this.#subshells.get(id);
    this.#subshells.delete(id);
    shell?.abort();
    return shell ? { status: "ok" } : unknownSubshell(id);
  }

  #refuse(message: RoutedMessage, id: string): void {
    const { publisher, reply } = this.#parts;
    publisher.status(message.header, "busy");
    if (message.header.msg_type.endsWith("_request")) {
      reply(message, unknownSubshell(id));
    }
    publisher.status(message.header, "idle");
  }
}

function unknownSubshell(id: string): JsonObject {
  const evalue = `There is no subshell "${id}"`;
  return { status: "error", ename: "UnknownSubshellError", evalue, traceback: [] };
}

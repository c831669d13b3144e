import type { JsonObject } from "../../jupyter/json-object.js";

/** The comms that are open, as both sides say it: known here also while a cell is busy. */
export class CommTable {
  readonly #targets = new Map<string, string>();

  /** Takes a message of a comm, from either side; others do nothing. */
  note(messageType: string, { comm_id, target_name }: JsonObject): void {
    if (messageType === "comm_open") {
      this.#targets.set(String(comm_id), String(target_name));
    } else if (messageType === "comm_close") {
      this.#targets.delete(String(comm_id));
    }
  }

  /** The content of a `comm_info_reply`: all comms, or those of one target. */
  info(target: unknown): JsonObject {
    const comms = [...this.#targets]
      .filter(([, name]) => target === undefined || target === null || target === "" || name === target)
      .map(([id, target_name]) => [id, { target_name }]);
    return { status: "ok", comms: Object.fromEntries(comms) };
  }
}

import { randomUUID } from "node:crypto";
import timers from "node:timers";
import type {
  Comm,
  CommCallback,
  CommManager,
  CommMessage,
  CommOpenOptions,
  CommTarget,
} from "../../../jupyter/comm.js";
import { isJsonObject, type JsonObject } from "../../../jupyter/json-object.js";
import { OwnMap } from "../../shared/own-collections.js";
import { type CommRequest, interrupted } from "../../shared/thread-messages.js";
import { type Cell, currentCell, runAs } from "../cell/current-cell.js";
import { describeFailure } from "../failures/thrown-failure.js";
import type { ProtocolThread } from "../protocol-thread.js";
import { commRequest, KernelComm } from "./kernel-comm.js";

const { setImmediate } = timers;

/**
 * The comms of this kernel. A callback's output, and its error, are those of the cell that has registered it; a comm's
 * message is about the message that it answers, or else about the cell that sends it.
 */
export class KernelComms implements CommManager {
  readonly comms = new OwnMap<string, KernelComm>();
  readonly #targets = new OwnMap<string, CommTarget>();
  readonly #protocol: ProtocolThread;
  readonly #ways = {
    send: (message: CommRequest) => this.#send(message),
    bind: (callback: CommCallback) => this.bind(callback),
    forget: (commId: string) => void this.comms.delete(commId),
  };
  /** The message that is handled now, and the cell whose callback has it. */
  #handled: number | undefined;
  #callbackCell: Cell | undefined;

  constructor(protocol: ProtocolThread) {
    this.#protocol = protocol;
  }

  /** Opens a comm; a front end without such a target closes it. Throws a TypeError for data that JSON cannot hold. */
  open({ targetName, data = {}, commId = randomUUID(), ...options }: CommOpenOptions): Comm {
    const comm = new KernelComm(commId, String(targetName), this.#ways);
    const content = { comm_id: commId, target_name: comm.targetName, data };
    this.#send(commRequest("comm_open", content, options));
    this.comms.set(commId, comm);
    return comm;
  }

  registerTarget(name: string, target: CommTarget): void {
    const cell = currentCell();
    this.#targets.set(name, (comm, message) => this.#call(cell, () => target(comm, message)));
  }

  unregisterTarget(name: string): void {
    this.#targets.delete(name);
  }

  /** Handles a message of the front end, and then calls `done`; an interrupt may keep it from coming there. */
  handle(id: number, request: CommRequest, done: () => void): void {
    setImmediate(() => {
      this.#handled = id;
      this.#protocol.release();
      try {
        this.#receive(request);
      } finally {
        this.#handled = undefined;
        done();
      }
    });
  }

  /** Says to the cell whose callback ran that it was interrupted. */
  interrupt(): void {
    this.#handled = undefined;
    if (this.#callbackCell) {
      this.#protocol.publish(this.#callbackCell, "error", interrupted);
      this.#callbackCell = undefined;
    }
  }

  #receive({ messageType, content, metadata, buffers }: CommRequest): void {
    const id = String(content.comm_id);
    const message = { data: jsonObject(content.data), metadata, buffers };
    const comm = this.comms.get(id);
    switch (messageType) {
      case "comm_open":
        this.#accept(id, String(content.target_name), message);
        break;
      case "comm_msg":
        comm?.receive(message);
        break;
      case "comm_close":
        comm?.closed(message);
    }
  }

  #accept(id: string, targetName: string, message: CommMessage): void {
    const target = this.#targets.get(targetName);
    if (!target) {
      this.#send(commRequest("comm_close", { comm_id: id, data: {} }, {}));
      return;
    }
    const comm = new KernelComm(id, targetName, this.#ways);
    this.comms.set(id, comm);
    if (target(comm, message) === failed) {
      comm.close();
    }
  }

  /** The callback, so that its output and its error are those of the cell that runs now. */
  bind<Args extends unknown[]>(callback: (...args: Args) => unknown): (...args: Args) => unknown {
    const cell = currentCell();
    return (...args) => this.#call(cell, () => callback(...args));
  }

  /** Calls what a cell has registered; `failed` when it throws, which the cell says. */
  #call(cell: Cell | undefined, body: () => unknown): unknown {
    if (!cell) {
      return body();
    }
    const outer = this.#callbackCell;
    this.#callbackCell = cell;
    try {
      return runAs(cell, body);
    } catch (error) {
      if (cell.fail) {
        cell.fail(error);
      } else {
        this.#protocol.publish(cell, "error", describeFailure(error));
      }
      return failed;
    } finally {
      this.#callbackCell = outer;
    }
  }

  #send(message: CommRequest): void {
    this.#protocol.publishComm(this.#handled ?? currentCell()?.id ?? 0, message);
  }
}

const failed = Symbol("failed");

function jsonObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

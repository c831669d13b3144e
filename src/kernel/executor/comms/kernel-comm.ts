import type { Comm, CommCallback, CommMessage, CommSendOptions } from "../../../jupyter/comm.js";
import type { JsonObject } from "../../../jupyter/json-object.js";
import type { CommRequest } from "../../shared/thread-messages.js";

/** The ways of a comm to the rest of the kernel. */
export interface CommWays {
  send(message: CommRequest): void;
  /** The callback, so that what it puts out is its cell's. */
  bind(callback: CommCallback): CommCallback;
  /** Told that the comm is closed. */
  forget(commId: string): void;
}

/** The kernel's end of a comm. */
export class KernelComm implements Comm {
  readonly commId: string;
  readonly targetName: string;
  readonly #ways: CommWays;
  #isClosed = false;
  #onMsg: CommCallback | undefined;
  #onClose: CommCallback | undefined;

  constructor(commId: string, targetName: string, ways: CommWays) {
    this.commId = commId;
    this.targetName = targetName;
    this.#ways = ways;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  send(data: JsonObject = {}, options: CommSendOptions = {}): void {
    if (this.#isClosed) {
      throw new Error(`Cannot send on the comm "${this.commId}": it is closed`);
    }
    this.#ways.send(commRequest("comm_msg", { comm_id: this.commId, data }, options));
  }

  close(data: JsonObject = {}, options: CommSendOptions = {}): void {
    if (!this.#isClosed) {
      this.#ways.send(commRequest("comm_close", { comm_id: this.commId, data }, options));
      this.#end();
    }
  }

  onMsg(callback: CommCallback): void {
    this.#onMsg = this.#ways.bind(callback);
  }

  onClose(callback: CommCallback): void {
    this.#onClose = this.#ways.bind(callback);
  }

  receive(message: CommMessage): void {
    this.#onMsg?.(message);
  }

  /** The front end has closed it. */
  closed(message: CommMessage): void {
    this.#end();
    this.#onClose?.(message);
  }

  #end(): void {
    this.#isClosed = true;
    this.#ways.forget(this.commId);
  }
}

export function commRequest(
  messageType: CommRequest["messageType"],
  content: JsonObject,
  { metadata = {}, buffers = [] }: CommSendOptions,
): CommRequest {
  return { messageType, content, metadata, buffers: buffers.map(bytesOf) };
}

function bytesOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array {
  // A copy: the sender may change it, and a part of a large buffer would be sent with all of it.
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice()
    : new Uint8Array(buffer).slice();
}

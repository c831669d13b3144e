import type { JsonObject } from "./json-object.js";

// A comm is a channel between an object of the kernel and one of the front end:
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
// The names are those of Python's package `comm`, which ipykernel uses.

/** A message that arrives on a comm: JSON in `data`, bytes in `buffers`. */
export interface CommMessage {
  readonly data: JsonObject;
  readonly metadata: JsonObject;
  readonly buffers: readonly Uint8Array[];
}

/** Goes with the data of a message. */
export interface CommSendOptions {
  readonly metadata?: JsonObject;
  readonly buffers?: readonly (ArrayBuffer | ArrayBufferView)[];
}

export interface CommOpenOptions extends CommSendOptions {
  /** The name under which the other side has registered what takes the comm. */
  readonly targetName: string;
  readonly data?: JsonObject;
  /** Default: a random one. */
  readonly commId?: string;
}

export type CommCallback = (message: CommMessage) => unknown;

/** One comm, open at both ends until either closes it. */
export interface Comm {
  readonly commId: string;
  readonly targetName: string;
  readonly isClosed: boolean;
  /** Throws an Error when the comm is closed, a TypeError for data that JSON cannot hold. */
  send(data?: JsonObject, options?: CommSendOptions): void;
  /** Tells the front end that nothing more comes; does nothing when the comm is closed. */
  close(data?: JsonObject, options?: CommSendOptions): void;
  /** Takes each message from now on, in place of an earlier callback. */
  onMsg(callback: CommCallback): void;
  /** Called when the front end closes the comm. */
  onClose(callback: CommCallback): void;
}

/** Takes a comm that the front end has opened, with the message that opened it. */
export type CommTarget = (comm: Comm, message: CommMessage) => unknown;

export interface CommManager {
  /** The comms that are open, by their ids. */
  readonly comms: ReadonlyMap<string, Comm>;
  /** Gives comms that the front end opens under this name to `target`, in place of an earlier one. */
  registerTarget(name: string, target: CommTarget): void;
  unregisterTarget(name: string): void;
}

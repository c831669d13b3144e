import type { JsonObject } from "../../jupyter/json-object.js";

/** A message of a kernel, as it came. */
export interface KernelMessage {
  channel: string;
  type: string;
  /** The request that caused it. */
  request?: string;
  content: JsonObject;
  buffers: ArrayBufferView[];
}

/** The content of an `execute_reply`. `abort` is tslab's word for the protocol's `aborted`. */
export interface ReplyContent {
  status: "ok" | "error" | "aborted" | "abort";
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

export interface Execution {
  /** The request, as the messages that it causes name it. */
  request: string;
  /** Resolves when the reply and the kernel's `idle` for it have both come. Rejects when the connection gives it up. */
  reply: Promise<ReplyContent>;
}

/** The client's side of a kernel. */
export interface KernelClient {
  /** The content of the kernel's `kernel_info_reply`. */
  info: Promise<object>;
  /** Calls `listener` with every message of the kernel, until the function that it returns is called. */
  listen(listener: (message: KernelMessage) => void): () => void;
  /** Sends an `execute_request`; `onInput` is called when the kernel asks for input meanwhile. */
  execute(content: JsonObject & { code: string }, metadata: JsonObject, onInput: () => void): Execution;
  /** Sends `data`, a JSON value, as what a front end says to the kernel's side of a comm; a kernel that is gone hears nothing. */
  sendComm(commId: string, data: JsonObject): void;
}

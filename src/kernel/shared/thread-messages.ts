import type { MessagePort } from "node:worker_threads";
import type { Connection } from "../../jupyter/connection.js";
import type { JsonObject } from "../../jupyter/json-object.js";
import type { StreamName } from "./output-channel.js";

// The kernel is two threads. The main thread runs cells (executor/). A worker thread owns the sockets (protocol/), so
// that it answers whatever a cell does. Text goes through shared memory (output-channel.ts), the rest in these messages.

/** Why a cell failed, as Jupyter's `error` message and the reply carry it. */
export interface Failure extends JsonObject {
  ename: string;
  evalue: string;
  traceback: string[];
}

export const interrupted: Failure = {
  ename: "KeyboardInterrupt",
  evalue: "The cell was interrupted",
  traceback: ["\u001b[0;31mKeyboardInterrupt\u001b[0m: The cell was interrupted"],
};

const brokenText =
  "What a cell has put in the place of JavaScript's or Node's own functions keeps the process from going on; the kernel has to be restarted";

/** The end of a cell that nothing can end but the end of the process. */
export const broken: Failure = {
  ename: "KernelBroken",
  evalue: brokenText,
  traceback: [`\u001b[0;31mKernelBroken\u001b[0m: ${brokenText}`],
};

/** The work that the worker asks of the main thread, one at a time. */
export type Task =
  | { kind: "execute"; request: ExecuteRequest }
  | { kind: "comm"; message: CommRequest }
  | Question;

/** It is answered also while a cell waits. */
export type Question = CodeQuestion | { kind: "show"; name: string };

/** About a text that does not run. */
export type CodeQuestion =
  | { kind: "complete"; code: string; cursorPosition: number }
  | { kind: "inspect"; code: string; cursorPosition: number; withSource: boolean }
  | { kind: "is_complete"; code: string };

/** A message of a comm, in either direction. */
export interface CommRequest {
  messageType: "comm_open" | "comm_msg" | "comm_close";
  content: JsonObject;
  metadata: JsonObject;
  buffers: Uint8Array[];
}

export interface ExecuteRequest {
  code: string;
  executionCount: number;
  silent: boolean;
  userExpressions: Record<string, string>;
  allowsStdin: boolean;
  /** The id of the cell in its notebook, where the front end says it. */
  cellId?: string;
}

export type ToMain =
  | { type: "task"; id: number; task: Task }
  | { type: "interrupt"; id: number }
  | ({ type: "input" } & InputAnswer)
  | { type: "exit"; code: number }
  | { type: "failed"; reason: string };

/** Messages that have a place among the output of the cells; `content` is JSON. */
export type Ordered =
  | Publication
  | { type: "reply"; id: number; content: string }
  /** The main thread waits for the answer, or gets it as a message. */
  | { type: "input"; cell: number; prompt: string; password: boolean; isWaiting: boolean }
  /** Child processes of the cell write to the pipe with this descriptor. */
  | { type: "pipe"; cell: number; stream: StreamName; descriptor: number }
  /** Nothing more is to be read from the pipes of the cell. */
  | { type: "closePipes"; cell: number }
  /** Keeps the output before it before the output behind it. */
  | { type: "fence"; id: number }
  | { type: "drain" };

/** `cell` is the request that it is about; `content` and `metadata` are JSON. */
export interface Publication {
  type: "publish";
  cell: number;
  messageType: string;
  content: string;
  metadata?: string;
  buffers?: Uint8Array[];
}

/** The characters and bytes that wait to be sent. */
export function publicationSize({ content, metadata = "", buffers = [] }: Publication): number {
  let size = content.length + metadata.length;
  // Cells may put another function in the place of `reduce`.
  for (let index = 0; index < buffers.length; index++) {
    size += buffers[index]?.byteLength ?? 0;
  }
  return size;
}

/**
 * `after` is the position in the output that a message comes behind, `count` its number (some may be missing, when an
 * interrupt stopped their sending); `output` says that there is something to read.
 */
export type FromMain = { type: "output" } | (Ordered & { after: number; count: number });

/** The front end's answer to an `input` message. */
export interface InputAnswer {
  value: string | null;
}

/** Given by the main thread to the worker at its start. */
export interface ProtocolData {
  connection: Connection;
  output: SharedArrayBuffer;
  flags: SharedArrayBuffer;
  children: SharedArrayBuffer;
  inputPort: MessagePort;
  language: "typescript" | "javascript";
  languageVersion: string;
  implementationVersion: string;
  /** The strictness that the notebook's metadata ask for. */
  settings: Readonly<Record<string, unknown>>;
}

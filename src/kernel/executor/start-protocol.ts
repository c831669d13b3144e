import { MessageChannel, Worker } from "node:worker_threads";
import type { Connection } from "../../jupyter/connection.js";
import { ChildSlots, createChildSlots } from "../shared/child-slots.js";
import { createOutputMemory } from "../shared/output-channel.js";
import { createFlags } from "../shared/thread-flags.js";
import type { ProtocolData } from "../shared/thread-messages.js";
import { noteChildren } from "./note-children.js";
import { ProtocolThread } from "./protocol-thread.js";

export interface ProtocolOptions {
  connection: Connection;
  /** The language of the cells and its version. */
  language: "typescript" | "javascript";
  languageVersion: string;
  /** The version of tslab. */
  implementationVersion: string;
  /** The strictness that the notebook's metadata ask for. */
  settings: Readonly<Record<string, unknown>>;
}

/** Starts the thread that speaks to the front end. */
export function startProtocol(options: ProtocolOptions): { worker: Worker; protocol: ProtocolThread } {
  const output = createOutputMemory();
  const flags = createFlags();
  const { port1, port2 } = new MessageChannel();
  const children = createChildSlots();
  const workerData: ProtocolData = { ...options, output, flags, children, inputPort: port2 };
  const worker = new Worker(new URL("../protocol/protocol-worker.js", import.meta.url), {
    workerData,
    transferList: [port2],
    // For this thread alone, and not for what cells start: it listens for signals in Node's own way.
    execArgv: ["--expose-internals"],
  });
  noteChildren(new ChildSlots(children));
  return { worker, protocol: new ProtocolThread(worker, output, new Int32Array(flags), port1) };
}

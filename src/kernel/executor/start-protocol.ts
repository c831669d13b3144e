import { MessageChannel, Worker } from "node:worker_threads";
import type { Connection } from "../../jupyter/connection.js";
import { ChildSlots, createChildSlots } from "../shared/child-slots.js";
import { createOutputMemory } from "../shared/output-channel.js";
import { createFlags } from "../shared/thread-flags.js";
import type { ProtocolData, ToMain } from "../shared/thread-messages.js";
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

type Receive = (message: ToMain) => void;

export interface StartedProtocol {
  protocol: ProtocolThread;
  /** Hands on what the thread has asked for by now, and all that it asks for from now on. */
  receive(take: Receive): void;
}

/** Starts the thread that speaks to the front end. The process ends when it fails. */
export function startProtocol(options: ProtocolOptions): StartedProtocol {
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
  const protocol = new ProtocolThread(worker, output, new Int32Array(flags), port1);
  return { protocol, receive: receiverOf(worker) };
}

function receiverOf(worker: Worker): StartedProtocol["receive"] {
  const early: ToMain[] = [];
  let take: Receive = (message) => early.push(message);
  // A listener would be called by `Function.prototype.apply`, which is the cells'.
  const { apply } = Reflect;
  const { emit } = worker;
  Object.defineProperty(worker, "emit", {
    value(name: string, argument: unknown) {
      return name === "message" ? take(argument as ToMain) : apply(emit, worker, [name, argument]);
    },
  });
  worker.on("error", ({ message }) => take({ type: "failed", reason: message }));
  return (receive) => {
    take = receive;
    for (const message of early) {
      receive(message);
    }
  };
}

import {
  isMainThread,
  type MessagePort,
  parentPort,
  type TransferListItem,
  workerData,
} from "node:worker_threads";
import { transferListOf } from "../wire/companions.cjs";
import type { EventMessage, ResultMessage, WorkerEvent, WorkerIdentity } from "../wire/messages.cjs";
import { SharedFile } from "../wire/space/shared-file.cjs";
import { SharedMemory } from "../wire/space/shared-memory.cjs";
import type { SharedSpace } from "../wire/space/shared-space.cjs";
import { EventSender } from "../wire/space/unsent-events.cjs";
import type { WorkerType } from "../worker-type.cjs";

/*
 * The two ways to the main process. The worker is the main thread of a process of its own, or another thread of the
 * main process.
 */

export const workerType: WorkerType = isMainThread ? "process" : "thread";

const processEvents = new EventSender();

export function identity(): WorkerIdentity {
  const [, , , name = "", space = "", path = "", hash = ""] = process.argv;
  return workerType === "process" ? { name, space, mainScript: { path, hash } } : workerData;
}

export function openSpace(key: string | SharedArrayBuffer): SharedSpace {
  if (typeof key !== "string") {
    return new SharedMemory(key);
  }
  const file = SharedFile.open(key);
  process.on("exit", () => processEvents.leaveIn(file));
  return file;
}

export function send(event: WorkerEvent): void {
  if (parentPort) {
    const message: EventMessage = { poolbook: event };
    parentPort.postMessage(message, event[0] === "results" ? transfersOf(event[1]) : []);
  } else {
    processEvents.send(event);
  }
}

/** All that these results hand over. */
export function transfersOf(results: readonly ResultMessage[]): TransferListItem[] {
  return results.flatMap(([, succeeded, value]) =>
    succeeded && "encoded" in value ? transferListOf(value.companions ?? []) : [],
  );
}

/** In the order in which they have to be there: by the first two Node sees that the channel is in use. */
const ownEvents = [
  "newListener",
  "removeListener",
  "message",
  "disconnect",
  "exit",
  "uncaughtExceptionMonitor",
];

type Listener = readonly [event: string, listener: () => void];

/** A port shows its listeners to nobody. */
const portListeners: Listener[] = [];
if (parentPort) {
  const { on } = parentPort;
  Object.assign(parentPort, {
    on(event: string, listener: () => void) {
      portListeners.push([event, listener]);
      return Reflect.apply(on, parentPort, [event, listener]);
    },
  });
}

/** From now on, tasks cannot remove the listeners by which this is a worker. */
export function keepListeners(): void {
  if (parentPort) {
    Reflect.deleteProperty(parentPort, "on");
    keepAll(parentPort, [...portListeners]);
  } else {
    const all = ownEvents.map((event) => [event, process.rawListeners(event)] as const);
    keepAll(
      process,
      all.flatMap(([event, listeners]) =>
        listeners.map((listener): Listener => [event, listener as () => void]),
      ),
    );
  }
}

function keepAll(emitter: NodeJS.Process | MessagePort, kept: readonly Listener[]): void {
  for (const name of ["removeAllListeners", "removeListener", "off"] as const) {
    const remove = emitter[name] as () => unknown;
    const value = (...args: unknown[]) => {
      Reflect.apply(remove, emitter, args);
      for (const [event, listener] of kept) {
        if (!has(emitter, event, listener)) {
          emitter.on(event, listener);
        }
      }
      return emitter;
    };
    Object.defineProperty(emitter, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

/** A port takes the same listener once only. */
function has(emitter: NodeJS.Process | MessagePort, event: string, listener: () => void): boolean {
  return "rawListeners" in emitter && emitter.rawListeners(event).includes(listener);
}

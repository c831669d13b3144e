import { isMainThread, parentPort, type TransferListItem, workerData } from "node:worker_threads";
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

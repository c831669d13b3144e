import { isMainThread, parentPort, type TransferListItem } from "node:worker_threads";
import { transferListOf } from "../wire/companions.cjs";
import type { EventMessage, ResultMessage, WorkerEvent } from "../wire/messages.cjs";
import { SharedFile } from "../wire/space/shared-file.cjs";
import { SharedMemory } from "../wire/space/shared-memory.cjs";
import type { SharedSpace } from "../wire/space/shared-space.cjs";
import type { WorkerType } from "../worker-type.cjs";

/*
 * The two ways to the main process. The worker is the main thread of a process of its own, or another thread of the
 * main process.
 */

export const workerType: WorkerType = isMainThread ? "process" : "thread";

export function openSpace(key: string | SharedArrayBuffer): SharedSpace {
  return typeof key === "string" ? SharedFile.open(key) : new SharedMemory(key);
}

export function send(event: WorkerEvent): void {
  const message: EventMessage = { poolbook: event };
  if (parentPort) {
    parentPort.postMessage(message, event[0] === "results" ? transfersOf(event[1]) : []);
  } else {
    process.send?.(message);
  }
}

/** All that these results hand over. */
export function transfersOf(results: readonly ResultMessage[]): TransferListItem[] {
  return results.flatMap(([, succeeded, value]) =>
    succeeded && "encoded" in value ? transferListOf(value.companions ?? []) : [],
  );
}

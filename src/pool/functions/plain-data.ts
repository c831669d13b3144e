import { types } from "node:util";
import { viewTypes } from "../wire/structured-clone.cjs";
import type { WorkerType } from "../worker-type.cjs";

const cloneable = new Set<unknown>(
  [Date, RegExp, Boolean, Number, String, BigInt, ArrayBuffer, ...viewTypes.values()].map(
    ({ prototype }) => prototype,
  ),
);

const plain = new Set<unknown>([null, ...[Object, Array, Map, Set].map(({ prototype }) => prototype)]);

/** Objects with this prototype are plain ones of their shape: of no class of the user's. */
export function isPlain(prototype: unknown): boolean {
  return plain.has(prototype);
}

export function isSharedMemory(object: object): boolean {
  return types.isSharedArrayBuffer(ArrayBuffer.isView(object) ? object.buffer : object);
}

/**
 * Structured clone keeps such an object with all that it holds: there is no function, no class and no Proxy among it,
 * and no shared memory unless it is for threads.
 */
export function isData(object: object, workerType: WorkerType): boolean {
  const found = new Set<object>([object]);
  for (const inner of found) {
    if (types.isProxy(inner)) {
      return false;
    }
    if (isSharedMemory(inner)) {
      if (workerType === "process") {
        return false;
      }
      continue;
    }
    const prototype: unknown = Object.getPrototypeOf(inner);
    if (cloneable.has(prototype)) {
      continue;
    }
    if (!plain.has(prototype)) {
      return false;
    }
    for (const value of contentsOf(inner)) {
      if (typeof value === "function" || typeof value === "symbol") {
        return false;
      }
      if (typeof value === "object" && value !== null) {
        found.add(value);
      }
    }
  }
  return true;
}

function contentsOf(object: object): Iterable<unknown> {
  if (Array.isArray(object) || types.isSet(object)) {
    return object;
  }
  return types.isMap(object) ? [...object.keys(), ...object.values()] : Object.values(object);
}

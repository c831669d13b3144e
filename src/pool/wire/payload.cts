import type { TransferListItem } from "node:worker_threads";
import type { WorkerType } from "../worker-type.cjs";
import { type Companion, Companions, transferListOf } from "./companions.cjs";
import { encode } from "./structured-clone.cjs";
import { transferablesOf } from "./transfer.cjs";
import { isTypedArray, type Values } from "./typed-array.cjs";

/** Values of a task or its result, cloned: as they are if all are primitive, packed if all are numbers, or encoded. */
export type Payload = readonly unknown[] | Float64Array | Uint8Array | AccompaniedBytes;

/** Encoded values of a thread, with what they share or hand over. */
export interface AccompaniedBytes {
  readonly bytes: Uint8Array;
  readonly companions: readonly Companion[];
}

/** All that these values hand over, so that they can be sent once only. */
export function transfersOf(payload: Payload): TransferListItem[] {
  return isAccompanied(payload) ? transferListOf(payload.companions) : [];
}

export function isAccompanied(payload: Payload): payload is AccompaniedBytes {
  return "companions" in payload;
}

/** Packs values for the trip. Primitive ones are their own clones and go as they are, which is faster. */
export function toPayload(values: Values, workerType: WorkerType): Payload {
  if (isTypedArray(values)) {
    return toBytes(values, workerType);
  }
  let areNumbers = values.length >= packingLength;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value === "number") {
      continue;
    }
    if (!isPrimitive(value)) {
      return toBytes(values, workerType);
    }
    areNumbers = false;
  }
  return areNumbers ? Float64Array.from(values as number[]) : [...values];
}

function toBytes(values: Values, workerType: WorkerType): Uint8Array | AccompaniedBytes {
  const transferred = transferablesOf(values);
  if (workerType === "process") {
    const bytes = encode(values);
    structuredClone(undefined, { transfer: transferred as TransferListItem[] });
    return bytes;
  }
  const companions = new Companions(transferred);
  const bytes = encode(values, companions);
  const taken = companions.take();
  return taken.length === 0 ? bytes : { bytes, companions: taken };
}

/** From this length on, numbers travel packed: many times faster. */
const packingLength = 16;

export function isPrimitive(value: unknown): boolean {
  return (
    value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol")
  );
}

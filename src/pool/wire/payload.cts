import { encode } from "./structured-clone.cjs";
import { isTypedArray, type Values } from "./typed-array.cjs";

/** Values of a task or its result, cloned: as they are if all are primitive, packed if all are numbers, or encoded. */
export type Payload = readonly unknown[] | Float64Array | Uint8Array;

/** Packs values for the trip. Primitive ones are their own clones and go as they are, which is faster. */
export function toPayload(values: Values): Payload {
  if (isTypedArray(values)) {
    return encode(values);
  }
  let areNumbers = values.length >= packingLength;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value === "number") {
      continue;
    }
    if (!isPrimitive(value)) {
      return encode(values);
    }
    areNumbers = false;
  }
  return areNumbers ? Float64Array.from(values as number[]) : [...values];
}

/** From this length on, numbers travel packed: many times faster. */
const packingLength = 16;

function isPrimitive(value: unknown): boolean {
  return (
    value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol")
  );
}

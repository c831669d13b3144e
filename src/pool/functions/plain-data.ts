import { types } from "node:util";
import { viewTypes } from "../wire/structured-clone.cjs";

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

/** Structured clone keeps such an object with all that it holds: there is no function and no class among it. */
export function isData(object: object): boolean {
  const found = new Set<object>([object]);
  for (const inner of found) {
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

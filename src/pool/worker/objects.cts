import { types } from "node:util";
import { intrinsics } from "../intrinsics.cjs";
import type { Shape } from "../wire/function-parts.cjs";

export const emptyObjects: Record<Shape, () => object> = {
  object: () => ({}),
  array: () => [],
  map: () => new Map(),
  set: () => new Set(),
  error: () => new Error(""),
  weakMap: () => new WeakMap(),
  weakSet: () => new WeakSet(),
};

export function globalAt(path: readonly string[]): unknown {
  const [first = ""] = path;
  let value: unknown = first in intrinsics ? intrinsics : globalThis;
  for (const name of path) {
    value = Object(value)[name];
  }
  if (value === undefined) {
    throw new Error(
      `Cannot find \`${path.join(".")}\` in the worker: what a script puts on an object of Node's stays in its process; keep it in a variable of its own`,
    );
  }
  return value;
}

export function assign(object: object, name: string | symbol, value: unknown, enumerable: boolean): void {
  const isWritable = Object.getOwnPropertyDescriptor(object, name)?.writable;
  if (isWritable) {
    Object.assign(object, { [name]: value });
  } else {
    Object.defineProperty(object, name, { value, writable: true, enumerable, configurable: true });
  }
}

/** Without regard to what a class of the user's makes of `set` or `add`. */
export function addEntry(object: object, key: unknown, value: unknown): void {
  if (types.isMap(object)) {
    Map.prototype.set.call(object, key, value);
  } else if (types.isSet(object)) {
    Set.prototype.add.call(object, value);
  } else if (types.isWeakMap(object)) {
    WeakMap.prototype.set.call(object, Object(key), value);
  } else {
    WeakSet.prototype.add.call(object, Object(key));
  }
}

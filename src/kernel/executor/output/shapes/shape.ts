import type { MimeBundle } from "../../../shared/cell-globals.js";
import { attempt } from "../../failures/shown-text.js";

/** The data by MIME type of a value that has the shape; undefined of others. May be a promise. */
export type Shape = (value: object) => MimeBundle | Promise<MimeBundle> | undefined;

/** The value of an object's own data property: getters are not called. */
export function ownValue(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** A property, its own or inherited; one that cannot be read is none. */
export function property(value: object, name: string | symbol): unknown {
  return attempt((): unknown => Reflect.get(value, name));
}

/** A method of the value, its own or inherited; getters are not called. */
export function methodOf(value: object, name: string): ((...args: unknown[]) => unknown) | undefined {
  for (let holder: object | null = value; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, name);
    if (descriptor) {
      const { value: method } = descriptor;
      return typeof method === "function" ? (...args) => Reflect.apply(method, value, args) : undefined;
    }
  }
  return undefined;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && !Object.hasOwn(value, "then"));
}

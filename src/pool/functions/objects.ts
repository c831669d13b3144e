import type { AnyFunction } from "../function-types.js";

/** Has an identity: is an object or a function. */
export function isObject(value: unknown): value is object {
  return typeof value === "function" || (typeof value === "object" && value !== null);
}

/** Every function can be called, whatever its parameters are. */
export function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}

/** The value of a property, inherited ones included; runs its getter. */
export function memberOf(object: object, name: string): unknown {
  return Reflect.get(object, name);
}

/** The `require` of some module. */
export function isRequire(fn: AnyFunction): boolean {
  return "resolve" in fn && "cache" in fn;
}

import { isObject } from "../objects.js";

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** The number of a value that is shared. */
export function sharedNumber(value: unknown): number | undefined {
  return isObject(value) ? numbers.get(value) : undefined;
}

export function giveNumber(value: object): void {
  numbers.set(value, ++lastNumber);
}

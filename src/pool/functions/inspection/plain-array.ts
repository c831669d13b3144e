import { hasNames } from "../../wire/array-names.cjs";

/** From this length on, the names of an array are not listed: each index would be one. */
const long = 100;

/** Up to here, elements are looked at one by one. */
const longest = 100_000;

/** No array has elements in so many places: its length says nothing, and nobody counts up to it. */
const sparse = 2 ** 27;

/** An array has elements and its length and nothing else and, unless it is closed, all of them can be changed. */
export function isPlainArray(array: readonly unknown[]): boolean {
  if (array.length >= sparse) {
    return false;
  }
  if (array.length < long ? Object.getOwnPropertyNames(array).at(-1) !== "length" : hasNames(array)) {
    return false;
  }
  if (!Object.isExtensible(array)) {
    return true;
  }
  const isOpen = Object.getOwnPropertyDescriptor(array, "length")?.writable === true;
  return isOpen && haveUsualFlags(array);
}

function haveUsualFlags(array: readonly unknown[]): boolean {
  const end = Math.min(array.length, longest);
  for (let index = 0; index < end; index++) {
    const element = Object.getOwnPropertyDescriptor(array, index);
    const isUsual = element === undefined || (element.writable && element.enumerable && element.configurable);
    if (!isUsual) {
      return false;
    }
  }
  return true;
}

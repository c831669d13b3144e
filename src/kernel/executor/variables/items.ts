import { types } from "node:util";

// Cells may put other functions in the place of these.
const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { isMap, isSet, isTypedArray } = types;
const { isArray } = Array;
const { entries } = Map.prototype;
const { values } = Set.prototype;
const nextPair = nextOf(new Map().entries());
const nextValue = nextOf(new Set().values());
const mapSize = getter(Map.prototype, "size");
const setSize = getter(Set.prototype, "size");
const typedArrayLength = getter(getPrototypeOf(Uint8Array.prototype) ?? {}, "length");

export interface Items {
  /** The first of them. */
  items: readonly unknown[];
  total: number;
}

/** The pairs of a map or the values of a set; undefined for another value. */
export function itemsOf(value: object, most: number): Items | undefined {
  if (isMap(value)) {
    return { items: take(apply(entries, value, []), nextPair, most), total: apply(mapSize, value, []) };
  }
  if (isSet(value)) {
    return { items: take(apply(values, value, []), nextValue, most), total: apply(setSize, value, []) };
  }
  return undefined;
}

/** The number of elements; 0 for what has none. */
export function lengthOf(value: object): number {
  return isTypedArray(value) ? apply(typedArrayLength, value, []) : isArray(value) ? value.length : 0;
}

function take(iterator: object, next: () => IteratorResult<unknown>, most: number): unknown[] {
  const items: unknown[] = [];
  for (
    let step = apply(next, iterator, []);
    !step.done && items.length < most;
    step = apply(next, iterator, [])
  ) {
    items[items.length] = step.value;
  }
  return items;
}

function nextOf(iterator: Iterator<unknown>): () => IteratorResult<unknown> {
  return iterator.next;
}

function getter(prototype: object, name: string): () => number {
  return getOwnPropertyDescriptor(prototype, name)?.get ?? (() => 0);
}

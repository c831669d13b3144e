import { types } from "node:util";
import { viewTypes } from "./structured-clone.cjs";

const leaves = new Set<unknown>(
  [Date, RegExp, Boolean, Number, String, BigInt, ArrayBuffer, SharedArrayBuffer, ...viewTypes.values()].map(
    ({ prototype }) => prototype,
  ),
);

/** Structured clone keeps an object of this prototype, and it holds no others. */
export function isLeaf(prototype: unknown): boolean {
  return leaves.has(prototype);
}

/** An object and all that it holds, each once, in an order that structured clone does not change. */
export interface ObjectWalk {
  readonly objects: readonly object[];
  readonly prototypes: readonly unknown[];
  /** The objects that each of them holds, one after another; those that are held twice, twice. */
  readonly held: readonly unknown[];
}

/** Undefined as soon as `accept` refuses an object, or one holds something that cannot be cloned. */
export function walkThrough(
  root: object,
  accept: (object: object, prototype: unknown) => boolean,
): ObjectWalk | undefined {
  const walk = { objects: [root], prototypes: [] as unknown[], held: [] as unknown[] };
  const seen = new Set<unknown>(walk.objects);
  let isCloneable = true;
  const see = (value: unknown): void => {
    if (typeof value === "object" && value !== null) {
      walk.held.push(value);
      if (!seen.has(value)) {
        seen.add(value);
        walk.objects.push(value);
      }
    } else if (typeof value === "function" || typeof value === "symbol") {
      isCloneable = false;
    }
  };
  for (const object of walk.objects) {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (!isCloneable || !accept(object, prototype)) {
      return undefined;
    }
    walk.prototypes.push(prototype);
    seeContents(object, prototype, see);
  }
  return isCloneable ? walk : undefined;
}

/** A second walk would be the same: the same objects in the same places. Takes much less time than the first. */
export function isStillSo({ objects, prototypes, held }: ObjectWalk): boolean {
  let isSame = true;
  let next = 0;
  const see = (value: unknown): void => {
    if (typeof value === "object" && value !== null) {
      isSame &&= value === held[next++];
    } else if (typeof value === "function" || typeof value === "symbol") {
      isSame = false;
    }
  };
  let index = 0;
  for (const object of objects) {
    const prototype: unknown = Object.getPrototypeOf(object);
    isSame &&= prototype === prototypes[index++];
    if (!isSame) {
      return false;
    }
    seeContents(object, prototype, see);
  }
  return isSame && next === held.length;
}

function seeContents(object: object, prototype: unknown, see: (value: unknown) => void): void {
  if (prototype === Object.prototype) {
    seeMembers(object as Record<string, unknown>, see);
  } else if (isLeaf(prototype)) {
    return;
  } else if (Array.isArray(object)) {
    for (let index = 0; index < object.length; index++) {
      see(object[index]);
    }
  } else if (types.isMap(object)) {
    for (const [key, value] of object) {
      see(key);
      see(value);
    }
  } else if (types.isSet(object)) {
    object.forEach(see);
  } else if (hasEnumerableMembers(prototype)) {
    Object.values(object).forEach(see);
  } else {
    seeMembers(object as Record<string, unknown>, see);
  }
}

/** `for … in` would find them at every object that has this prototype. */
function hasEnumerableMembers(prototype: unknown): boolean {
  for (const name in prototype as object) {
    if (!(name in Object.prototype)) {
      return true;
    }
  }
  return false;
}

/** `for … in` is the fastest; a library may have given Object.prototype members of its own. */
function seeMembers(object: Record<string, unknown>, see: (value: unknown) => void): void {
  for (const name in object) {
    if (!(name in Object.prototype) || Object.hasOwn(object, name)) {
      see(object[name]);
    }
  }
}

/** Freezes them, as far as that can be: not the elements of typed arrays, nor the entries of maps and sets. */
export function freezeAll({ objects }: ObjectWalk): void {
  for (const object of objects) {
    if (!ArrayBuffer.isView(object)) {
      Object.freeze(object);
    }
  }
}

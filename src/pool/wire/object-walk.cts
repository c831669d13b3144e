import { types } from "node:util";
import { hasNames } from "./array-names.cjs";
import { viewTypes } from "./structured-clone.cjs";

const leafTypes = [Date, RegExp, Boolean, Number, String, BigInt, ArrayBuffer, SharedArrayBuffer];
const leaves = new Set<unknown>([...leafTypes, ...viewTypes.values()].map(({ prototype }) => prototype));

/** The same classes of another realm, by its global object. */
export function addLeavesOf(realm: object): void {
  for (const name of [...leafTypes.map((type) => type.name), ...viewTypes.keys()]) {
    leaves.add(Reflect.get(realm, name)?.prototype);
  }
}

/** Structured clone keeps an object of this prototype, and it holds no others. */
export function isLeaf(prototype: unknown): boolean {
  return leaves.has(prototype);
}

/** The ways to the contents of an object; one of a kind that nothing else has is looked through with all its names. */
type Kind = "leaf" | "array" | "map" | "set" | "members" | "ownMembers";

/** An object and all that it holds, each once, in an order that structured clone does not change. */
export interface ObjectWalk {
  readonly objects: readonly object[];
  readonly prototypes: readonly unknown[];
  readonly kinds: readonly Kind[];
  /** For each object: it takes further properties. */
  readonly areOpen: readonly boolean[];
  /** All that each of them holds, one after another: values, names and how many there are. */
  readonly contents: readonly unknown[];
  /** There is nothing in it but what is among the contents, as in a date or a typed array. */
  readonly isWhole: boolean;
}

/** Undefined as soon as `accept` refuses an object, or one holds something that cannot be cloned. */
export function walkThrough(
  root: object,
  accept: (object: object, prototype: unknown) => boolean,
): ObjectWalk | undefined {
  const objects = [root];
  const [prototypes, kinds, areOpen, contents] = [
    [] as unknown[],
    [] as Kind[],
    [] as boolean[],
    [] as unknown[],
  ];
  const seen = new Set<unknown>(objects);
  let isCloneable = true;
  const see = (value: unknown): void => {
    contents.push(value);
    if (typeof value === "object" && value !== null) {
      if (!seen.has(value)) {
        seen.add(value);
        objects.push(value);
      }
    } else if (typeof value === "function" || typeof value === "symbol") {
      isCloneable = false;
    }
  };
  for (const object of objects) {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (!isCloneable || !accept(object, prototype)) {
      return undefined;
    }
    const kind = kindOf(object, prototype);
    prototypes.push(prototype);
    kinds.push(kind);
    areOpen.push(Object.isExtensible(object));
    seeContents(object, kind, see);
  }
  const isWhole = !kinds.includes("leaf");
  return isCloneable ? { objects, prototypes, kinds, areOpen, contents, isWhole } : undefined;
}

/**
 * A second walk would be the same: the same objects and values in the same places, and none that structured clone leaves
 * out. Takes much less time than the first.
 */
export function isStillSo({ objects, prototypes, kinds, areOpen, contents }: ObjectWalk): boolean {
  let isSame = true;
  let next = 0;
  const see = (value: unknown): void => {
    isSame &&= Object.is(value, contents[next++]);
  };
  for (let index = 0; index < objects.length; index++) {
    const object = objects[index] as object;
    const hasChanged =
      Object.getPrototypeOf(object) !== prototypes[index] || Object.isExtensible(object) !== areOpen[index];
    if (hasChanged || !isSame) {
      return false;
    }
    const kind = kinds[index] as Kind;
    const names = seeContents(object, kind, see);
    if (areOpen[index] && hasHidden(object, kind, names)) {
      return false;
    }
  }
  return isSame && next === contents.length;
}

function kindOf(object: object, prototype: unknown): Kind {
  if (prototype === Object.prototype) {
    return hasMembers(Object.prototype) ? "ownMembers" : "members";
  }
  if (isLeaf(prototype)) {
    return "leaf";
  }
  if (Array.isArray(object)) {
    return "array";
  }
  if (types.isMap(object)) {
    return "map";
  }
  if (types.isSet(object)) {
    return "set";
  }
  return hasMembers(prototype as object) ? "ownMembers" : "members";
}

/** `for … in` would find some at every object that has this prototype. */
function hasMembers(prototype: object): boolean {
  for (const _ in prototype) {
    return true;
  }
  return false;
}

/** From this length on, the names of an array are not listed: each index would be one. */
const long = 100;

/** It has properties beside those that structured clone keeps, whose number is `names`. */
function hasHidden(object: object, kind: Kind, names: number): boolean {
  if (kind === "leaf") {
    return !isBareLeaf(object);
  }
  if (kind === "array" && names > long) {
    return Object.getOwnPropertySymbols(object).length > 0 || hasNames(object as readonly unknown[]);
  }
  return (
    Object.getOwnPropertyNames(object).length !== names || Object.getOwnPropertySymbols(object).length > 0
  );
}

/** It has no properties but those of its kind; elements of arrays are not looked through for others. */
export function isBareLeaf(object: object): boolean {
  if (ArrayBuffer.isView(object)) {
    return true;
  }
  const own = object instanceof String ? object.length + 1 : Number(types.isRegExp(object));
  return Reflect.ownKeys(object).length === own;
}

/** Returns the number of the names that the object has for what is seen. */
function seeContents(object: object, kind: Kind, see: (value: unknown) => void): number {
  switch (kind) {
    case "members":
      return seeMembers(object as Record<string, unknown>, see);
    case "ownMembers":
      return seeMembers({ __proto__: null, ...object }, see);
    case "array":
      return seeElements(object as readonly unknown[], see);
    case "map":
      see((object as ReadonlyMap<unknown, unknown>).size);
      for (const [key, value] of object as ReadonlyMap<unknown, unknown>) {
        see(key);
        see(value);
      }
      return 0;
    case "set":
      see((object as ReadonlySet<unknown>).size);
      (object as ReadonlySet<unknown>).forEach(see);
      return 0;
    default:
      return 0;
  }
}

/** All elements, and of those that are undefined whether they are there. */
function seeElements(array: readonly unknown[], see: (value: unknown) => void): number {
  let holes = 0;
  see(array.length);
  for (let index = 0; index < array.length; index++) {
    const value = array[index];
    see(value);
    if (value === undefined) {
      const isThere = index in array;
      see(isThere);
      holes += isThere ? 0 : 1;
    }
  }
  return array.length - holes + 1;
}

/** The fastest way. Ends with the number of members, as the next object begins with a name. */
function seeMembers(object: Record<string, unknown>, see: (value: unknown) => void): number {
  let count = 0;
  for (const name in object) {
    count++;
    see(name);
    see(object[name]);
  }
  see(count);
  return count;
}

/** Freezes them, as far as that can be: not the elements of typed arrays, nor the entries of maps and sets. */
export function freezeAll({ objects }: ObjectWalk): void {
  for (const object of objects) {
    if (!ArrayBuffer.isView(object)) {
      Object.freeze(object);
    }
  }
}

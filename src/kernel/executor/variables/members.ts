import { types } from "node:util";
import { itemsOf, lengthOf } from "./items.js";

// These functions run in the middle of whatever a cell computes, and whatever it has put in the place of others.
const { apply, defineProperty, getOwnPropertyDescriptor, ownKeys, setPrototypeOf } = Reflect;
const { isNativeError, isProxy } = types;
const { create } = Object;
const { slice } = String.prototype;
const toText = globalThis.String;

/** So much of a value is shown; of more, the last member says so. */
const mostMembers = 1000;
const mostCharacters = 1000;

export type Members = Record<PropertyKey, unknown>;

/**
 * The parts of a value, as an object without prototype: of a map the pairs, of a set the values. Runs nothing of the
 * user's: a getter stays one, and a proxy has no members.
 */
export function membersOf(value: unknown): Members {
  const members: Members = create(null);
  if (value === null || typeof value !== "object" || isProxy(value)) {
    return members;
  }
  const { items, total } = itemsOf(value, mostMembers) ?? { items: [], total: addProperties(members, value) };
  for (let index = 0; index < items.length; index++) {
    members[index] = items[index];
  }
  if (total > mostMembers) {
    members["…"] = `${mostMembers} of ${total} are shown`;
  }
  return members;
}

/** The members of a member, which `path` names from the outermost on; undefined when it is gone. */
export function membersAt(root: object, path: readonly string[]): Members | undefined {
  let members = membersOf(root);
  for (let index = 0; index < path.length; index++) {
    const key = keyNamed(members, path[index] ?? "");
    if (key === undefined) {
      return undefined;
    }
    members = membersOf(getOwnPropertyDescriptor(members, key)?.value);
  }
  return members;
}

/** Symbols go by their text. */
function keyNamed(members: Members, name: string): PropertyKey | undefined {
  const keys = ownKeys(members);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    if (key === name || (typeof key === "symbol" && toText(key) === name)) {
      return key;
    }
  }
  return undefined;
}

function addProperties(members: Members, value: object): number {
  const length = lengthOf(value);
  if (length > mostMembers) {
    for (let index = 0; index < mostMembers; index++) {
      copy(members, value, index);
    }
    return length;
  }
  const keys = ownKeys(value);
  let count = 0;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    if (key !== undefined && isShown(value, key) && ++count <= mostMembers) {
      copy(members, value, key);
    }
  }
  return count;
}

/** An error's own properties can all be seen, and of others those that can be enumerated. */
function isShown(value: object, key: PropertyKey): boolean {
  try {
    return isNativeError(value) || getOwnPropertyDescriptor(value, key)?.enumerable === true;
  } catch {
    // The variable of a module that has not come to its declaration.
    return false;
  }
}

function copy(members: Members, value: object, key: PropertyKey): void {
  const descriptor = getOwnPropertyDescriptor(value, key);
  if (descriptor) {
    setPrototypeOf(descriptor, null);
    if (typeof descriptor.value === "string" && descriptor.value.length > mostCharacters) {
      descriptor.value = `${apply(slice, descriptor.value, [0, mostCharacters])}…`;
    }
    descriptor.enumerable = true;
    defineProperty(members, key, descriptor);
  }
}

// A notebook may put its own functions in the place of JavaScript's and Node's: `Array.prototype.map`, `JSON.stringify`,
// `path.join`, the getter of `Set.prototype.size`. Node's own code mostly does not notice, and neither may the compiler
// and the kernel, which run on the same thread: while they work, what was there at first is back. Until it is, nothing
// here rests on what may have been replaced: no iterators, no methods of arrays.

import { holders } from "./builtin-holders.js";

const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, ownKeys, setPrototypeOf } = Reflect;
const { stringify } = JSON;
const objectPrototype = Object.prototype;
const arrayPrototype = Array.prototype;

interface Property {
  holder: object;
  key: PropertyKey;
  /** As it was at first. */
  descriptor: PropertyDescriptor;
}

/** A property as the notebook has it; without a descriptor, it has removed it. */
interface Changed {
  holder: object;
  key: PropertyKey;
  descriptor: PropertyDescriptor | undefined;
}

let functions: readonly Property[] = [];
let accessors: readonly Property[] = [];
const ownOfObjects = ownKeys(objectPrototype);

/** Remembers the functions and accessors as they are now. */
export function rememberBuiltins(): void {
  const { constructors, objects } = holders();
  const globals = [
    ...constructors.map(({ name }) => name).filter((name) => name in globalThis),
    ...[
      "Math",
      "JSON",
      "Reflect",
      "Atomics",
      "Intl",
      "process",
      "parseInt",
      "parseFloat",
      "isNaN",
      "isFinite",
    ],
    ...["encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent"],
    ...["setTimeout", "clearTimeout", "setImmediate", "queueMicrotask"],
  ];
  const properties = objects.flatMap((holder) => ownKeys(holder).map((key) => propertyOf(holder, key)));
  functions = [
    ...globals.map((key) => ({
      holder: globalThis,
      key,
      descriptor: plain({ value: Reflect.get(globalThis, key), writable: true, configurable: true }),
    })),
    ...properties.filter(
      ({ key, descriptor }) => typeof descriptor.value === "function" && key !== "prepareStackTrace",
    ),
  ];
  accessors = properties.filter(({ descriptor }) => descriptor.get && descriptor.configurable);
}

function propertyOf(holder: object, key: PropertyKey): Property {
  return { holder, key, descriptor: plain(getOwnPropertyDescriptor(holder, key) ?? {}) };
}

let wasChanged = false;

/** The last call of `intact` has found changes. */
export function hasChanges(): boolean {
  return wasChanged;
}

/** Finds out, after code of the notebook has run, what `hasChanges` tells. */
export function lookForChanges(): void {
  intact(() => undefined);
}

/** Runs `body`, which runs no code of the notebook, with JavaScript's functions as they were at first. */
export function intact<T>(body: () => T): T {
  const changed: Changed[] = [];
  removeAdditions(changed);
  for (let index = 0; index < functions.length; index++) {
    const property = functions[index] as Property;
    if (currentValue(property) !== property.descriptor.value) {
      restore(changed, property);
    }
  }
  for (let index = 0; index < accessors.length; index++) {
    const property = accessors[index] as Property;
    const { holder, key, descriptor } = property;
    if (getOwnPropertyDescriptor(holder, key)?.get !== descriptor.get) {
      restore(changed, property);
    }
  }
  // Within another call there are none.
  wasChanged = changed.length > 0;
  if (!wasChanged) {
    return body();
  }
  try {
    return body();
  } finally {
    for (let index = changed.length - 1; index >= 0; index--) {
      putBack(changed[index] as Changed);
    }
  }
}

/** A getter that the notebook has put in the place of a function may throw. */
function currentValue({ holder, key }: Property): unknown {
  try {
    return (holder as Record<PropertyKey, unknown>)[key];
  } catch {
    return undefined;
  }
}

function restore(changed: Changed[], { holder, key, descriptor }: Property): void {
  note(changed, holder, key);
  defineProperty(holder, key, descriptor);
}

/** The text of the kernel's own content, which only `toJSON` of every object or array could change. */
export function jsonOf(content: unknown): string {
  const isChanged = ownKeys(objectPrototype).length !== ownOfObjects.length || hasToJson(arrayPrototype);
  return isChanged ? intact(() => stringify(content)) : stringify(content);
}

function hasToJson(prototype: object): boolean {
  return getOwnPropertyDescriptor(prototype, "toJSON") !== undefined;
}

/** Every object inherits what the notebook has added to `Object.prototype`, descriptors of properties among them. */
function removeAdditions(changed: Changed[]): void {
  if (hasToJson(arrayPrototype)) {
    note(changed, arrayPrototype, "toJSON");
    deleteProperty(arrayPrototype, "toJSON");
  }
  const keys = ownKeys(objectPrototype);
  if (keys.length === ownOfObjects.length) {
    return;
  }
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as PropertyKey;
    if (!apply(includes, ownOfObjects, [key])) {
      note(changed, objectPrototype, key);
      deleteProperty(objectPrototype, key);
    }
  }
}

const { includes } = Array.prototype;

function note(changed: Changed[], holder: object, key: PropertyKey): void {
  const descriptor = getOwnPropertyDescriptor(holder, key);
  changed[changed.length] = { holder, key, descriptor: descriptor && plain(descriptor) };
}

function plain(descriptor: PropertyDescriptor): PropertyDescriptor {
  setPrototypeOf(descriptor, null);
  return descriptor;
}

function putBack({ holder, key, descriptor }: Changed): void {
  if (descriptor) {
    defineProperty(holder, key, descriptor);
  } else {
    deleteProperty(holder, key);
  }
}

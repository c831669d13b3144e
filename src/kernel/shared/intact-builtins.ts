// A notebook may put its own functions in the place of JavaScript's: `Array.prototype.map`, `Date`, `JSON.stringify`.
// Node's own code does not notice, and neither may the compiler and the kernel, which run on the same thread: while
// they work, what was there at first is back. Until it is, nothing here rests on what may have been replaced: no
// iterators, no methods of arrays.

const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, ownKeys, setPrototypeOf } = Reflect;
const { stringify } = JSON;
const objectPrototype = Object.prototype;
const arrayPrototype = Array.prototype;

interface Property {
  holder: object;
  key: PropertyKey;
  value: unknown;
}

/** A property as the notebook has it; without a descriptor, it has removed it. */
interface Changed {
  holder: object;
  key: PropertyKey;
  descriptor: PropertyDescriptor | undefined;
}

/** The objects whose functions the kernel and the compiler call. */
function holders(): { constructors: { name: string; prototype: object }[]; objects: object[] } {
  const typedArray = Object.getPrototypeOf(Uint8Array);
  const constructors = [
    ...[Object, Function, Array, String, Number, Boolean, BigInt, Symbol, RegExp, Date, Promise],
    ...[Map, Set, WeakMap, WeakSet, WeakRef, Error, TypeError, RangeError, SyntaxError],
    ...[ArrayBuffer, SharedArrayBuffer, DataView, typedArray, Uint8Array, Int32Array, Buffer, URL],
  ];
  const iterators = [[].values(), ""[Symbol.iterator](), new Map().entries(), new Set().values()].map(
    (each) => Object.getPrototypeOf(each),
  );
  const prototypes = constructors.map(({ prototype }) => prototype);
  const others = [Math, JSON, Reflect, Atomics, Object.getPrototypeOf(iterators[0])];
  return { constructors, objects: [...constructors, ...prototypes, ...iterators, ...others] };
}

let originals: readonly Property[] = [];
const ownOfObjects = ownKeys(objectPrototype);
const kernelsOwn = ["constructor", "prepareStackTrace"];

/** Remembers the functions as they are now. */
export function rememberBuiltins(): void {
  const { constructors, objects } = holders();
  const globals = [
    ...constructors.map(({ name }) => name).filter((name) => name in globalThis),
    ...["Math", "JSON", "Reflect", "Atomics", "process"],
    ...["setTimeout", "clearTimeout", "setImmediate", "queueMicrotask"],
  ];
  originals = [
    ...globals.map((key) => ({ holder: globalThis, key, value: Reflect.get(globalThis, key) })),
    ...objects.flatMap((holder) =>
      ownKeys(holder).flatMap((key) => {
        const value: unknown = getOwnPropertyDescriptor(holder, key)?.value;
        const isCalled = typeof value === "function" && !kernelsOwn.includes(String(key));
        return isCalled ? [{ holder, key, value }] : [];
      }),
    ),
  ];
}

let wasChanged = false;

/** The last call of `intact` has found changes. */
export function hasChanges(): boolean {
  return wasChanged;
}

/** Runs `body`, which runs no code of the notebook, with JavaScript's functions as they were at first. */
export function intact<T>(body: () => T): T {
  const changed: Changed[] = [];
  removeAdditions(changed);
  for (let index = 0; index < originals.length; index++) {
    const { holder, key, value } = originals[index] as Property;
    if ((holder as Record<PropertyKey, unknown>)[key] !== value) {
      note(changed, holder, key);
      defineProperty(holder, key, plain({ value, writable: true, configurable: true }));
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

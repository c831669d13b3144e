const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;

/** Gives an object its methods as its own, so that it keeps them whatever cells make of its prototypes. */
export function pinned<T extends object>(object: T): T {
  const end = Object.prototype;
  for (let holder = getPrototypeOf(object); holder && holder !== end; holder = getPrototypeOf(holder)) {
    for (const key of ownKeys(holder)) {
      const { value } = getOwnPropertyDescriptor(holder, key) ?? {};
      if (typeof value === "function" && key !== "constructor" && !Object.hasOwn(object, key)) {
        defineProperty(object, key, { value, writable: true, configurable: true });
      }
    }
  }
  return object;
}

import { runInThisContext } from "node:vm";

/**
 * The global object of Node. A test runner may have loaded this package into another realm, as Jest does: what Node makes
 * there, and what a pool has received, are objects of Node's own.
 */
export const nodesGlobal: typeof globalThis = runInThisContext("globalThis");

export interface BuiltInClass {
  readonly name: string;
}

/** These classes, and those that Node's own realm has by their names. */
export function ofAllRealms<T extends BuiltInClass>(classes: readonly T[]): T[] {
  return classes.flatMap((type) => [type, Reflect.get(nodesGlobal, type.name) as T]);
}

const functionPrototypes = new Set<unknown>(ofAllRealms([Function]).map(({ prototype }) => prototype));

/** Of neither this realm nor Node's: its `Function` is another one. */
export function isOfAnotherRealm(fn: object): boolean {
  let base: object = fn;
  for (
    let next = Object.getPrototypeOf(base);
    typeof next === "function";
    next = Object.getPrototypeOf(base)
  ) {
    base = next;
  }
  return base !== fn && !functionPrototypes.has(base) && base.constructor?.name === "Function";
}

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

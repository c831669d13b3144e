import type { ModulePart } from "./function-parts.cjs";

// On globalThis, because a worker may load this module twice: as its own part and as an import of a task.
const key = Symbol.for("poolbook.beingLoaded");

type Asked = Pick<ModulePart, "importer" | "module">;

function beingLoaded(): Set<Asked> {
  const known: Set<Asked> = Reflect.get(globalThis, key) ?? new Set();
  Reflect.set(globalThis, key, known);
  return known;
}

/** In a worker: `load` loads the module for a task. */
export async function whileLoading<T>(part: ModulePart, load: () => Promise<T>): Promise<T> {
  beingLoaded().add(part);
  try {
    return await load();
  } finally {
    beingLoaded().delete(part);
  }
}

/** Tells whether a worker loads a module right now, as the same importer asks for it. */
export function isBeingLoaded({ importer, module }: ModulePart): boolean {
  return [...beingLoaded()].some((part) => part.module === module && part.importer === importer);
}

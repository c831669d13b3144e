import type { ModulePart } from "./function-parts.cjs";

// On globalThis, because a worker may load this module twice: as its own part and as an import of a task.
const key = Symbol.for("poolbook.beingLoaded");

function beingLoaded(): Set<readonly ModulePart[]> {
  const known: Set<readonly ModulePart[]> = Reflect.get(globalThis, key) ?? new Set();
  Reflect.set(globalThis, key, known);
  return known;
}

/** In a worker: `load` loads the modules, and those that come before them, for a task. */
export async function whileLoading(parts: readonly ModulePart[], load: () => Promise<void>): Promise<void> {
  const modules = parts.flatMap((part) => [part, ...(part.after ?? [])]);
  beingLoaded().add(modules);
  try {
    await load();
  } finally {
    beingLoaded().delete(modules);
  }
}

/** Tells whether a worker loads a module right now. */
export function isBeingLoaded({ module }: ModulePart): boolean {
  return [...beingLoaded()].flat().some((part) => part.module === module);
}

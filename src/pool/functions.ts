import type { FunctionDefinition } from "./messages.js";

// biome-ignore lint/suspicious/noExplicitAny: only `any` accepts functions of all parameter types.
export type AnyFunction = (...args: any[]) => unknown;

const definitions = new WeakMap<AnyFunction, FunctionDefinition>();
let lastId = 0;

export function definitionOf(fn: AnyFunction): FunctionDefinition {
  let definition = definitions.get(fn);
  if (!definition) {
    definition = { id: ++lastId, name: fn.name || "anonymous", source: `(${fn})` };
    definitions.set(fn, definition);
  }
  return definition;
}

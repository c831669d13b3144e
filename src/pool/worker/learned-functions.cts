import type { Companion } from "../wire/companions.cjs";
import type { Part } from "../wire/function-parts.cjs";
import { decode } from "../wire/structured-clone.cjs";
import { assemble } from "./assemble.cjs";
import { Modules } from "./modules.cjs";
import { forgetShared } from "./shared-values.cjs";

export type TaskFunction = (...args: unknown[]) => unknown;

/** A function as it arrived: its parts are still encoded. */
export interface ReceivedFunction {
  readonly id: number;
  readonly folder: string;
  readonly parts: Uint8Array;
  readonly companions: readonly Companion[] | undefined;
}

const definitions = new Map<number, ReceivedFunction>();
const functions = new Map<number, TaskFunction>();

export function addDefinition(definition: ReceivedFunction): void {
  definitions.set(definition.id, definition);
}

export function forgetFunction(id: number): void {
  definitions.delete(id);
  functions.delete(id);
  forgetShared(id);
}

/**
 * Assembles the function when it is first needed, so that what fails then is the error of its task; a promise of it
 * where it uses modules that have to be imported first.
 */
export function functionOf(id: number): TaskFunction | Promise<TaskFunction> {
  const known = functions.get(id);
  if (known) {
    return known;
  }
  const definition = definitions.get(id);
  if (!definition) {
    throw new Error(`Function ${id} has not arrived`);
  }
  const parts = partsIn(definition);
  const modules = new Modules(definition.folder);
  const preparing = modules.prepare(parts);
  return preparing ? preparing.then(() => learned(id, parts, modules)) : learned(id, parts, modules);
}

/** The stack of a worker may be smaller than that of the sender, which could encode the values. */
function partsIn({ parts, companions }: ReceivedFunction): Part[] {
  try {
    return decode(parts, companions) as Part[];
  } catch (cause) {
    throw cause instanceof RangeError
      ? new RangeError("A value that the function uses is nested too deeply for a worker", { cause })
      : cause;
  }
}

function learned(id: number, parts: readonly Part[], modules: Modules): TaskFunction {
  const fn = assemble(parts, modules);
  if (!isTaskFunction(fn)) {
    throw new TypeError(`Function ${id} is none`);
  }
  functions.set(id, fn);
  return fn;
}

function isTaskFunction(value: unknown): value is TaskFunction {
  return typeof value === "function";
}

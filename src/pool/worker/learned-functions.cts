import type { Companion } from "../wire/companions.cjs";
import type { Part } from "../wire/function-parts.cjs";
import { decode } from "../wire/structured-clone.cjs";
import type { Values } from "../wire/typed-array.cjs";
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

/** Decoded, for functions that are made anew for each call, with values that come with it. */
interface Model {
  readonly parts: readonly Part[];
  readonly modules: Modules;
}

const definitions = new Map<number, ReceivedFunction>();
const models = new Map<number, Model>();
const functions = new Map<number, TaskFunction>();

export function addDefinition(definition: ReceivedFunction): void {
  definitions.set(definition.id, definition);
}

export function forgetFunction(id: number): void {
  definitions.delete(id);
  models.delete(id);
  functions.delete(id);
  forgetShared(id);
}

/**
 * Assembles the function when it is first needed, so that what fails then is the error of its task; a promise of it
 * where it uses modules that have to be imported first. One that is given values of its variables is another one each
 * time.
 */
export function functionOf(id: number, given?: Values): TaskFunction | Promise<TaskFunction> {
  const known = functions.get(id);
  if (known) {
    return known;
  }
  const { parts, modules } = models.get(id) ?? modelOf(id);
  if (given) {
    models.set(id, { parts, modules });
  }
  const make = () => made(id, parts, { modules, given });
  const preparing = modules.prepare(parts);
  return preparing ? preparing.then(make) : make();
}

function modelOf(id: number): Model {
  const definition = definitions.get(id);
  if (!definition) {
    throw new Error(`Function ${id} has not arrived`);
  }
  return { parts: partsIn(definition), modules: new Modules(definition.folder) };
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

function made(
  id: number,
  parts: readonly Part[],
  { modules, given }: { modules: Modules; given: Values | undefined },
): TaskFunction {
  const fn = assemble(parts, modules, given);
  if (!isTaskFunction(fn)) {
    throw new TypeError(`Function ${id} is none`);
  }
  if (!given) {
    functions.set(id, fn);
  }
  return fn;
}

function isTaskFunction(value: unknown): value is TaskFunction {
  return typeof value === "function";
}

import { createRequire } from "node:module";
import { cpuCount, currentProcess, sleep } from "./current-process.js";
import type { FunctionDefinition } from "./messages.js";
import { isTypedArray, typedArrayLike, type Values } from "./typed-array.js";

export type TaskFunction = (...args: unknown[]) => unknown;

const functions = new Map<number, TaskFunction>();
const poolbook = { sleep, currentProcess, cpuCount };

export function defineFunction({ id, source }: FunctionDefinition): TaskFunction {
  const names = ["exports", "poolbook_1", "require", ...Object.keys(poolbook)];
  const make = new Function(...names, `"use strict"; return ${source};`);
  const require = createRequire(`${process.cwd()}/`);
  const fn: TaskFunction = make(poolbook, poolbook, require, ...Object.values(poolbook));
  functions.set(id, fn);
  return fn;
}

export function functionOf(id: number): TaskFunction {
  const found = functions.get(id);
  if (!found) throw new Error(`Function ${id} has not arrived`);
  return found;
}

/** Calls `fn` with one value after another; waits only where there is something to wait for. */
export async function mapInOrder(values: Values, fn: (value: unknown) => unknown): Promise<Values> {
  const { length } = values;
  const results = (isTypedArray(values) ? typedArrayLike(values, length) : new Array(length)) as unknown[];
  for (let index = 0; index < length; index++) {
    const result = fn(values[index]);
    results[index] = isThenable(result) ? await result : result;
  }
  return results;
}

function isThenable(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value;
}

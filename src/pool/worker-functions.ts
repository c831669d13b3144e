import { createRequire } from "node:module";
import { cpuCount, currentProcess, sleep } from "./current-process.js";
import type { FunctionDefinition } from "./messages.js";

export type TaskFunction = (...args: unknown[]) => unknown;

const functions = new Map<number, TaskFunction>();
const poolbook = { sleep, currentProcess, cpuCount };

export function defineFunction({ id, source }: FunctionDefinition): void {
  const names = ["exports", "poolbook_1", "require", ...Object.keys(poolbook)];
  const make = new Function(...names, `"use strict"; return ${source};`);
  const require = createRequire(`${process.cwd()}/`);
  functions.set(id, make(poolbook, poolbook, require, ...Object.values(poolbook)));
}

export function functionOf(id: number): TaskFunction {
  const found = functions.get(id);
  if (!found) throw new Error(`Function ${id} has not arrived`);
  return found;
}

import { readFileSync } from "node:fs";

/** The numbers that tasks have written to a file, a line each, as they began. */
export function begunTasks(file: string): number[] {
  return readFileSync(file, "utf8").trim().split("\n").map(Number);
}

/** Asserts what holds of pools always: no task has begun twice. */
export function areDistinct(numbers: readonly number[]): boolean {
  return new Set(numbers).size === numbers.length;
}

import { cpuCount } from "./current-process.js";

export interface PoolOptions {
  /** Number of worker processes. Default: `cpuCount()`. */
  readonly processes?: number;
}

export interface FilledPoolOptions {
  readonly processes: number;
}

/** Checks what the constructor was given and fills in the defaults. */
export function fillPoolOptions(given: number | PoolOptions | undefined): FilledPoolOptions {
  const options = typeof given === "object" && given !== null ? given : { processes: given };
  return { processes: positiveInteger("processes", options.processes ?? cpuCount()) };
}

/** Throws a TypeError for anything but an integer, a RangeError for one below 1. */
export function positiveInteger(option: string, value: unknown): number {
  const complaint = `Expected \`${option}\` to be an integer of at least 1, got \`${inspect(value)}\``;
  if (typeof value !== "number" || !Number.isInteger(value)) throw new TypeError(complaint);
  if (value < 1) throw new RangeError(complaint);
  return value;
}

export function checkFunction(option: string, value: unknown): void {
  if (typeof value === "function") return;
  throw new TypeError(`Expected \`${option}\` to be a function, got \`${inspect(value)}\``);
}

export function checkArray(option: string, value: unknown): void {
  if (Array.isArray(value)) return;
  throw new TypeError(
    `Expected \`${option}\` to be an array, even for one argument, got \`${inspect(value)}\``,
  );
}

function inspect(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

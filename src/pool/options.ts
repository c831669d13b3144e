import { cpuCount } from "./current-process.cjs";
import type { AnyFunction } from "./function-types.js";
import type { TaskRecord } from "./task-record.js";
import type { WorkerType } from "./worker-type.cjs";

/** Options of a pool; the first four are Python's. */
export interface PoolOptions {
  /** Number of worker processes. Default: `cpuCount()`. */
  readonly processes?: number;
  /** Called once in each worker before its first task, in replacements too. If it throws, the pool is broken. */
  readonly initializer?: AnyFunction;
  /** Arguments of the initializer. Default: none. */
  readonly initargs?: readonly unknown[];
  /** Tasks (for the map family: chunks) after which a worker is replaced by a fresh one. Default: no limit. */
  readonly maxTasksPerChild?: number;
  /**
   * Processes, or threads of this process, which start sooner and can share memory and hand it over; but a thread has
   * no folder, standard streams and memory limit of its own, and native code in it cannot be ended. Default: "process".
   */
  readonly workerType?: WorkerType;
  /** Called with the record of a task whenever it changes: submitted, started, ended. */
  readonly onTask?: (record: TaskRecord) => void;
}

export interface FilledPoolOptions {
  readonly processes: number;
  readonly initializer: AnyFunction | undefined;
  readonly initargs: readonly unknown[];
  readonly maxTasksPerChild: number;
  readonly workerType: WorkerType;
  readonly onTask: ((record: TaskRecord) => void) | undefined;
}

/** Checks what the constructor was given and fills in the defaults. */
export function fillPoolOptions(given: number | PoolOptions | undefined): FilledPoolOptions {
  const options: PoolOptions = typeof given === "object" && given !== null ? given : { processes: given };
  const { processes = cpuCount(), initializer, initargs = [], maxTasksPerChild, onTask } = options;
  const { workerType = "process" } = options;
  if (initializer !== undefined) {
    checkFunction("initializer", initializer);
  }
  if (onTask !== undefined) {
    checkFunction("onTask", onTask);
  }
  checkArray("initargs", initargs);
  if (workerType !== "process" && workerType !== "thread") {
    throw new TypeError(`Expected \`workerType\` to be "process" or "thread", got \`${shown(workerType)}\``);
  }
  return {
    processes: positiveInteger("processes", processes),
    initializer,
    initargs,
    maxTasksPerChild:
      maxTasksPerChild === undefined
        ? Number.POSITIVE_INFINITY
        : positiveInteger("maxTasksPerChild", maxTasksPerChild),
    workerType,
    onTask,
  };
}

/** Throws a TypeError for anything but an integer, a RangeError for one below 1. */
export function positiveInteger(option: string, value: unknown): number {
  const complaint = `Expected \`${option}\` to be an integer of at least 1, got \`${shown(value)}\``;
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw new TypeError(complaint);
  }
  if (value < 1) {
    throw new RangeError(complaint);
  }
  return value;
}

export function checkFunction(option: string, value: unknown): void {
  if (typeof value === "function") {
    return;
  }
  throw new TypeError(`Expected \`${option}\` to be a function, got \`${shown(value)}\``);
}

export function checkSignal(value: unknown): void {
  if (value === undefined || value instanceof AbortSignal) {
    return;
  }
  throw new TypeError(`Expected \`signal\` to be an AbortSignal, got \`${shown(value)}\``);
}

export function checkArray(option: string, value: unknown): void {
  if (Array.isArray(value)) {
    return;
  }
  throw new TypeError(
    `Expected \`${option}\` to be an array, even for one argument, got \`${shown(value)}\``,
  );
}

function shown(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value);
  }
  return typeof value === "object" && value !== null ? Object.prototype.toString.call(value) : String(value);
}

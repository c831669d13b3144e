import { statSync } from "node:fs";
import { cpuCount } from "./current-process.cjs";
import type { AnyFunction } from "./function-types.js";
import type { TaskRecord } from "./task-record.js";
import type { WorkerType } from "./worker-type.cjs";

/** Options of a pool; the first four are Python's. */
export interface PoolOptions {
  /** Number of workers. Default: `cpuCount()`. */
  readonly processes?: number;
  /** Called once in each worker before its first task, in replacements too. If it throws, the pool is broken. */
  readonly initializer?: AnyFunction;
  /** Arguments of the initializer. Default: none. */
  readonly initargs?: readonly unknown[];
  /** Tasks (for the map family: chunks) after which a worker is replaced by a fresh one. Default: no limit. */
  readonly maxTasksPerChild?: number;
  /**
   * Processes, or threads of this process, which start sooner and can share memory and hand it over; but a thread has
   * no folder and standard streams of its own, and native code in it cannot be ended. Default: "process".
   */
  readonly workerType?: WorkerType;
  /**
   * Options of Node for the workers, in place of those that they inherit: how modules are loaded (`--import`,
   * `--require`, `--conditions` and their like), `--expose-gc`, `--stack-trace-limit` and `--enable-source-maps`.
   */
  readonly execArgv?: readonly string[];
  /** Environment of the workers, in place of a copy of this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Folder in which the workers run; not for threads. Modules are looked for as always. Default: this process's. */
  readonly cwd?: string;
  /**
   * MiB of memory that a worker may hold: a process in all (where there is no /proc, in V8's heap), a thread in V8's
   * heap. One that takes more dies, which its task tells by a WorkerLostError with a RangeError as its `cause`, and is
   * replaced. Node itself needs about 50 of a process. Default: no limit but V8's own.
   */
  readonly maxMemory?: number;
  /** Called with the record of a task whenever it changes: submitted, started, ended. */
  readonly onTask?: (record: TaskRecord) => void;
}

/** Options of each worker. */
export interface WorkerOptions extends Pick<PoolOptions, "execArgv" | "env" | "cwd" | "maxMemory"> {
  readonly workerType: WorkerType;
}

export interface FilledPoolOptions extends WorkerOptions {
  readonly processes: number;
  readonly initializer: AnyFunction | undefined;
  readonly initargs: readonly unknown[];
  readonly maxTasksPerChild: number;
  readonly onTask: ((record: TaskRecord) => void) | undefined;
}

/** Checks what the constructor was given and fills in the defaults. */
export function fillPoolOptions(given: number | PoolOptions | undefined): FilledPoolOptions {
  const options: PoolOptions = typeof given === "object" && given !== null ? given : { processes: given };
  const { processes = cpuCount(), initializer, initargs = [], maxTasksPerChild, onTask } = options;
  if (initializer !== undefined) {
    checkFunction("initializer", initializer);
  }
  if (onTask !== undefined) {
    checkFunction("onTask", onTask);
  }
  checkArray("initargs", initargs);
  return {
    ...workerOptions(options),
    processes: positiveInteger("processes", processes),
    initializer,
    initargs,
    maxTasksPerChild:
      maxTasksPerChild === undefined
        ? Number.POSITIVE_INFINITY
        : positiveInteger("maxTasksPerChild", maxTasksPerChild),
    onTask,
  };
}

function workerOptions({
  workerType = "process",
  execArgv,
  env,
  cwd,
  maxMemory,
}: PoolOptions): WorkerOptions {
  if (workerType !== "process" && workerType !== "thread") {
    throw new TypeError(`Expected \`workerType\` to be "process" or "thread", got \`${shown(workerType)}\``);
  }
  if (
    execArgv !== undefined &&
    !(Array.isArray(execArgv) && execArgv.every((arg) => typeof arg === "string"))
  ) {
    throw new TypeError(`Expected \`execArgv\` to be an array of strings, got \`${shown(execArgv)}\``);
  }
  if (env !== undefined && (typeof env !== "object" || env === null)) {
    throw new TypeError(`Expected \`env\` to be an object of strings, got \`${shown(env)}\``);
  }
  if (cwd !== undefined) {
    checkFolder(cwd, workerType);
  }
  if (maxMemory !== undefined) {
    positiveInteger("maxMemory", maxMemory);
  }
  return { workerType, execArgv, env, cwd, maxMemory };
}

function checkFolder(cwd: unknown, workerType: WorkerType): void {
  if (workerType === "thread") {
    throw new TypeError("`cwd` is not for threads: they share the folder of their process");
  }
  if (typeof cwd !== "string" || !statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
    throw new TypeError(`Expected \`cwd\` to be a folder that exists, got \`${shown(cwd)}\``);
  }
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

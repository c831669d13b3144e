import { statSync } from "node:fs";
import { checkArray, checkFunction, checkOptions, count, positiveInteger, shown } from "./checks.js";
import { type ClusterOptions, type FilledClusterOptions, fillClusterOptions } from "./cluster-options.js";
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
   * heap (up to Node 22; from 24 on, refused for threads). One that takes more dies, which its task tells by a WorkerLostError with a RangeError as its `cause`, and is
   * replaced. Node itself needs about 50 of a process. Default: no limit but V8's own.
   */
  readonly maxMemory?: number;
  /**
   * Times that a task is run again whose worker died; calls can say otherwise. Default: 0, as it may have done something
   * before that must not be done twice.
   */
  readonly retries?: number;
  /** Called with the record of a task whenever it changes: submitted, started, ended. */
  readonly onTask?: (record: TaskRecord) => void;
  /**
   * The workers are leased from the agents of a cluster (`poolbook worker --connect URL`) through its broker, a Redis or
   * Valkey: its URL, or options. Needs the packages `bullmq` and `ioredis`, and the cluster's key. `false` keeps them
   * here. Default: the URL in `POOLBOOK_CLUSTER`, except for threads; if that is not set, they are here.
   */
  readonly cluster?: string | ClusterOptions | false;
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
  readonly retries: number;
  readonly onTask: ((record: TaskRecord) => void) | undefined;
  readonly cluster: FilledClusterOptions | undefined;
}

const known = {
  processes: true,
  initializer: true,
  initargs: true,
  maxTasksPerChild: true,
  workerType: true,
  execArgv: true,
  env: true,
  cwd: true,
  maxMemory: true,
  retries: true,
  onTask: true,
  cluster: true,
} satisfies Record<keyof PoolOptions, true>;

/** Checks what the constructor was given and fills in the defaults. */
export function fillPoolOptions(
  given: number | PoolOptions | undefined,
  further: readonly unknown[],
): FilledPoolOptions {
  if (further.length > 0) {
    throw new TypeError("`new Pool` takes one argument, a number of workers or an object of options");
  }
  const options: PoolOptions = typeof given === "object" && given !== null ? given : { processes: given };
  checkOptions(options, known);
  const {
    processes = cpuCount(),
    initializer,
    initargs = [],
    maxTasksPerChild,
    retries = 0,
    onTask,
  } = options;
  if (initializer !== undefined) {
    checkFunction("initializer", initializer);
  }
  if (onTask !== undefined) {
    checkFunction("onTask", onTask);
  }
  checkArray("initargs", initargs);
  const cluster = fillClusterOptions(options);
  return {
    ...workerOptions(options, cluster !== undefined),
    processes: positiveInteger("processes", processes),
    initializer,
    initargs,
    maxTasksPerChild:
      maxTasksPerChild === undefined
        ? Number.POSITIVE_INFINITY
        : positiveInteger("maxTasksPerChild", maxTasksPerChild),
    retries: count("retries", retries),
    onTask,
    cluster,
  };
}

function workerOptions(
  { workerType = "process", execArgv, env, cwd, maxMemory }: PoolOptions,
  areRemote: boolean,
): WorkerOptions {
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
    checkFolder(cwd, workerType, areRemote);
  }
  if (maxMemory !== undefined) {
    checkMemory(maxMemory, workerType);
  }
  return { workerType, execArgv, env, cwd, maxMemory };
}

function checkFolder(cwd: unknown, workerType: WorkerType, isRemote: boolean): void {
  if (workerType === "thread") {
    throw new TypeError("`cwd` is not for threads: they share the folder of their process");
  }
  const isFolder = (path: string) => isRemote || statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (typeof cwd !== "string" || !isFolder(cwd)) {
    throw new TypeError(`Expected \`cwd\` to be a folder that exists, got \`${shown(cwd)}\``);
  }
}

/** From this major version of Node on, V8 can end the whole process when the heap of a thread is full. */
const firstNodeWithoutThreadLimits = 24;

function checkMemory(maxMemory: unknown, workerType: WorkerType): void {
  positiveInteger("maxMemory", maxMemory);
  const { node } = process.versions;
  if (workerType === "thread" && Number.parseInt(node, 10) >= firstNodeWithoutThreadLimits) {
    throw new TypeError(
      `\`maxMemory\` is not for threads with Node ${node}, where V8 can end the whole process instead of the thread; use processes`,
    );
  }
}

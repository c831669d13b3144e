/** The process that runs, the main one or a worker of a pool; or the worker thread. */
export interface CurrentProcess {
  /** Process ID, as the operating system knows it; of a thread, that of the main process. */
  readonly pid: number;
  /** "MainProcess", or "PoolWorker-1", "PoolWorker-2" … in the workers of a pool. */
  readonly name: string;
}

/** The script that no worker of a pool may run. */
export interface MainScript {
  /** Empty if there is none. */
  readonly path: string;
  /** V8's hash of the text that a loader may have made out of the file; empty if it is not known. */
  readonly hash: string;
}

// On globalThis, because a worker may load this module twice: as its own part and as an import of a task.
const nameKey = Symbol.for("poolbook.processName");
const mainScriptKey = Symbol.for("poolbook.mainScript");

/** Tells the process in which it is called, after `multiprocessing.current_process()`. */
export function currentProcess(): CurrentProcess {
  const name: unknown = Reflect.get(globalThis, nameKey);
  return { pid: process.pid, name: typeof name === "string" ? name : "MainProcess" };
}

/** In a worker: its name, and the main script of its pool. */
export function nameCurrentProcess(name: string, mainScript: MainScript): void {
  Reflect.set(globalThis, nameKey, name);
  Reflect.set(globalThis, mainScriptKey, mainScript);
}

/** The main script that this worker works for; undefined in the main process, and where there is none. */
export function mainScriptOfWorker(): MainScript | undefined {
  const script: MainScript | undefined = Reflect.get(globalThis, mainScriptKey);
  return script?.path ? script : undefined;
}

/**
 * Waits for some seconds (not milliseconds) without holding up the process, as `await asyncio.sleep(seconds)`.
 * Rejects with a RangeError for anything but a number of at least 0.
 */
export async function sleep(seconds: number): Promise<void> {
  if (typeof seconds !== "number" || !(seconds >= 0)) {
    throw new RangeError(`Expected \`seconds\` to be a number of at least 0, got \`${String(seconds)}\``);
  }
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

/** Counts the processors this process may use: the default size of a pool. After `os.process_cpu_count()`. */
export function cpuCount(): number {
  // Loaded here, because a worker rarely asks and every worker would hold it.
  const { availableParallelism }: typeof import("node:os") = require("node:os");
  return availableParallelism();
}

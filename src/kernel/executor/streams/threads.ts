import { syncBuiltinESMExports } from "node:module";
import { fileURLToPath } from "node:url";
import workerThreads, { type WorkerOptions } from "node:worker_threads";

const { Worker } = workerThreads;
const preload = ["--require", fileURLToPath(new URL("./thread-descriptors.js", import.meta.url))];

/** Makes what threads of a cell write to the descriptors 1 and 2 part of their output. */
export function serveThreads(): void {
  class CellWorker extends Worker {
    constructor(script: string | URL, options: WorkerOptions = {}) {
      const execArgv = Array.isArray(options?.execArgv) ? options.execArgv : inherited();
      super(script, areForThreads(execArgv) ? { ...options, execArgv: [...execArgv, ...preload] } : options);
    }
  }
  Object.defineProperty(CellWorker, "name", { value: "Worker" });
  Object.assign(workerThreads, { Worker: CellWorker });
  syncBuiltinESMExports();
}

/** V8's limit of the kernelspec holds for all threads of the process. */
function inherited(): string[] {
  return process.execArgv.filter((option) => !option.startsWith("--max-semi-space-size="));
}

/** Node refuses options of the process, and of V8, where they are named for a thread. */
function areForThreads(execArgv: readonly string[]): boolean {
  return execArgv.every((option) => option === "--no-force-async-hooks-checks");
}

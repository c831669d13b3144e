import { fileURLToPath } from "node:url";
import type { WorkerPoolOptions } from "workerpool";
import { nodeCommand } from "../wire/parent-death.cjs";

const script = fileURLToPath(new URL("../worker/worker.cjs", import.meta.url));

/** Milliseconds a worker gets for its exit handlers when it is closed, before it is killed. */
const exitGrace = 200;

/** The script that a workerpool of one process runs, and its options. */
export function workerCommand(): [script: string, options: WorkerPoolOptions] {
  const { execPath, execArgv, needsWatchdog } = nodeCommand();
  return [
    script,
    {
      maxWorkers: 1,
      workerType: "process",
      workerTerminateTimeout: exitGrace,
      forkArgs: [String(process.pid), ...(needsWatchdog ? ["watchdog"] : [])],
      forkOpts: { execPath, execArgv, serialization: "json", silent: true, killSignal: "SIGKILL" },
    },
  ];
}

import { fileURLToPath } from "node:url";
import type { WorkerPoolOptions } from "workerpool";
import { nodeCommand } from "../../wire/parent-death.cjs";
import type { WorkerType } from "../../worker-type.cjs";
import { moduleOptions } from "./inherited-options.js";

const script = fileURLToPath(new URL("../../worker/worker.cjs", import.meta.url));

/** Milliseconds a worker gets for its exit handlers when it is closed, before it is killed. */
const exitGrace = 200;

/** The script that a workerpool of one worker runs, and its options. */
export function workerCommand(workerType: WorkerType): [script: string, options: WorkerPoolOptions] {
  const options = { maxWorkers: 1, workerType, workerTerminateTimeout: exitGrace };
  if (workerType === "thread") {
    return [script, options];
  }
  const { execPath, execArgv, needsWatchdog } = nodeCommand();
  return [
    script,
    {
      ...options,
      forkArgs: [String(process.pid), ...(needsWatchdog ? ["watchdog"] : [])],
      forkOpts: {
        execPath,
        execArgv: [...execArgv, ...moduleOptions()],
        serialization: "json",
        silent: true,
        killSignal: "SIGKILL",
      },
    },
  ];
}

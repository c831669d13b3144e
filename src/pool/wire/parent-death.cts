import { spawnSync } from "node:child_process";
import { Worker } from "node:worker_threads";

/** Starts a worker so that it cannot outlive its parent, even in a busy loop. */
export interface NodeCommand {
  readonly execPath: string;
  readonly execArgv: string[];
  readonly needsWatchdog: boolean;
}

let hasSetpriv: boolean | undefined;

/**
 * On Linux the kernel itself kills a worker whose parent has died, which costs nothing (`setpriv --pdeathsig`).
 * Elsewhere the worker needs a watchdog thread.
 */
export function nodeCommand(): NodeCommand {
  hasSetpriv ??=
    process.platform === "linux" && spawnSync("setpriv", [...killWithParent, "true"]).status === 0;
  if (!hasSetpriv) {
    return { execPath: process.execPath, execArgv: [], needsWatchdog: true };
  }
  return { execPath: "setpriv", execArgv: [...killWithParent, process.execPath], needsWatchdog: false };
}

const killWithParent = ["--pdeathsig", "KILL"];

/** In the worker: ends it if the parent died while it started, and from then on when the parent dies. */
export function endWithParent(parentPid: number, needsWatchdog: boolean): void {
  if (process.ppid !== parentPid) {
    process.exit(1);
  }
  if (needsWatchdog) {
    new Worker(watchdog, { eval: true, workerData: parentPid }).unref();
  }
}

const watchdog = `
  const { workerData: parentPid } = require("node:worker_threads");
  setInterval(() => process.ppid === parentPid || process.kill(process.pid, "SIGKILL"), 250);
`;

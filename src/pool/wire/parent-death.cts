import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { Worker } from "node:worker_threads";

/** Starts a worker so that it cannot outlive its parent, even in a busy loop. */
export interface NodeCommand {
  readonly execPath: string;
  readonly execArgv: string[];
  readonly needsWatchdog: boolean;
}

const killWithParent = ["--pdeathsig", "KILL"];

let setpriv: string | undefined | null = null;

/**
 * On Linux the kernel itself kills a worker whose parent has died, which costs nothing (`setpriv --pdeathsig`).
 * Elsewhere the worker needs a watchdog thread.
 */
export function nodeCommand(): NodeCommand {
  if (setpriv === null) {
    setpriv = process.platform === "linux" ? findSetpriv() : undefined;
  }
  if (!setpriv || !existsSync(setpriv)) {
    return { execPath: process.execPath, execArgv: [], needsWatchdog: true };
  }
  return { execPath: setpriv, execArgv: [...killWithParent, process.execPath], needsWatchdog: false };
}

/** Its absolute path, since a notebook may change PATH; undefined if it is not there, or knows no such option. */
function findSetpriv(): string | undefined {
  // Workers need it not.
  const { spawnSync }: typeof import("node:child_process") = require("node:child_process");
  const folders = (process.env.PATH ?? "").split(delimiter).filter(isAbsolute);
  const path = folders.map((folder) => join(folder, "setpriv")).find((candidate) => existsSync(candidate));
  const isUsable = path && spawnSync(path, [...killWithParent, "true"]).status === 0;
  return isUsable ? path : undefined;
}

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
  const lives = () => {
    try {
      // Windows goes on to name a parent that has died.
      return process.ppid === parentPid && process.kill(parentPid, 0);
    } catch (error) {
      return error.code === "EPERM";
    }
  };
  setInterval(() => lives() || process.kill(process.pid, "SIGKILL"), 250);
`;

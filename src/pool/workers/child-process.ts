import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";

const channel = "child_process";

/**
 * Runs `start` and returns the child process that it starts, as Node's diagnostics channel reports it:
 * workerpool does not hand it out, and without it there is no PID, no exit code and no `unref`.
 */
export function childProcessStartedBy(start: () => void): ChildProcess {
  let child: ChildProcess | undefined;
  const notice = (message: unknown) => {
    child ??= (message as { process: ChildProcess }).process;
  };
  subscribe(channel, notice);
  try {
    start();
  } finally {
    unsubscribe(channel, notice);
  }
  if (!child) {
    throw new Error("workerpool did not start a process");
  }
  return child;
}

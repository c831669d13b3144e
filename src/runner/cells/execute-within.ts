import { setTimeout as delay } from "node:timers/promises";
import type { RunningKernel } from "../kernels/kernel-host.js";
import { longTimeout } from "../long-timeout.js";
import type { CellOutcome } from "./cell-outcome.js";

// The time that an interrupted cell may take to end before its kernel is killed.
const interruptGrace = 5000;
const stoppedGrace = 1000;

export interface CellLimits {
  /** Milliseconds; infinite where there is no limit. */
  cellTimeout: number;
  /** The time by `performance.now()` at which the notebook must be done. */
  deadline: number;
  signal: AbortSignal;
}

/** Has the kernel execute a cell; one that does not end in time is interrupted, and then its kernel is killed. */
export async function executeWithin(
  { cellTimeout, deadline, signal }: CellLimits,
  execute: () => Promise<CellOutcome>,
  kernel: RunningKernel,
): Promise<CellOutcome> {
  const limit = Math.max(0, Math.min(cellTimeout, deadline - performance.now()));
  const executed = execute();
  const stopped = await stopReason(executed, limit, signal);
  if (stopped === undefined) {
    return await executed;
  }
  kernel.interrupt();
  const grace = stopped === "timed-out" ? interruptGrace : stoppedGrace;
  const ended = await Promise.race([executed, delay(grace, undefined, { ref: false })]);
  if (!ended) {
    kernel.kill();
  }
  await executed;
  if (stopped === "timed-out") {
    const evalue = `the cell took longer than ${(limit / 1000).toFixed(limit < 10_000 ? 1 : 0)} s`;
    return { status: "timed-out", error: { ename: "CellTimeoutError", evalue, traceback: [] } };
  }
  return { status: "failed", error: { ename: "Interrupted", evalue: "the run was stopped", traceback: [] } };
}

/** The reason for which `executed` has to be stopped, or undefined when it has ended by itself. */
function stopReason(
  executed: Promise<CellOutcome>,
  limit: number,
  signal: AbortSignal,
): Promise<"timed-out" | "stopped" | undefined> {
  return new Promise((resolve) => {
    const endWait = longTimeout(() => end("timed-out"), limit);
    const stop = () => end("stopped");
    const end = (reason?: "timed-out" | "stopped") => {
      endWait();
      signal.removeEventListener("abort", stop);
      resolve(reason);
    };
    signal.addEventListener("abort", stop, { once: true });
    executed.then(() => end());
    if (signal.aborted) {
      stop();
    }
  });
}

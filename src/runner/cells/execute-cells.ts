import { setTimeout as delay } from "node:timers/promises";
import { cellRule, executionRules } from "../../document/execution-rules.js";
import { type CodeCell, isCodeCell } from "../../document/notebook.js";
import type { RunningKernel } from "../kernels/kernel-host.js";
import type { CellResult, NotebookResult } from "../result/notebook-result.js";
import type { RunOptions } from "../run-options.js";
import type { CellExecutor, CellOutcome } from "./cell-executor.js";

// How long an interrupted cell may take to end before its kernel is killed.
const interruptGrace = 5000;
const stoppedGrace = 1000;

interface Limits {
  allowErrors: boolean;
  cellTimeout: number;
  deadline: number;
  signal: AbortSignal;
}

/**
 * Runs the code cells that are to run, one after another, and fills in their results; `onCellEnd` is called after each.
 * The first failure ends the run unless errors are allowed; a timeout or the kernel's death always does. So does
 * Python's `sys.exit()`, without an error, as in papermill.
 */
export async function executeCells(
  kernel: RunningKernel,
  executor: CellExecutor,
  result: NotebookResult,
  options: RunOptions,
  onCellEnd: () => Promise<void>,
): Promise<void> {
  const plan = planCells(result, options);
  const limits = limitsOf(result, options);
  for (const [position, { cell, entry }] of plan.entries()) {
    if (entry.status === "skipped" || isOver(result, limits)) {
      continue;
    }
    const { index } = entry;
    options.onEvent?.({ type: "cell-started", cell, index, number: position + 1, count: plan.length });
    const started = performance.now();
    const { endsRun, ...outcome } = judge(cell, await executeWithin(kernel, executor, cell, limits));
    Object.assign(entry, outcome);
    entry.duration = performance.now() - started;
    if (limits.signal.aborted) {
      result.status = "interrupted";
    } else if (entry.status !== "ok") {
      result.status = "failed";
    }
    options.onEvent?.({ type: "cell-ended", cell, result: entry });
    await onCellEnd();
    if (endsRun) {
      return;
    }
  }
}

function planCells(result: NotebookResult, { from = 1, to = Number.POSITIVE_INFINITY }: RunOptions) {
  const plan: { cell: CodeCell; entry: CellResult }[] = [];
  for (const [index, cell] of result.notebook.cells.entries()) {
    if (!isCodeCell(cell)) {
      continue;
    }
    const isWanted = index + 1 >= from && index + 1 <= to && !cellRule(cell).isSkipped;
    if (isWanted) {
      cell.outputs = [];
      cell.execution_count = null;
    }
    plan.push({ cell, entry: { index, id: cell.id, status: isWanted ? "not-run" : "skipped", duration: 0 } });
  }
  result.cells = plan.map(({ entry }) => entry);
  return plan;
}

function limitsOf({ notebook }: NotebookResult, options: RunOptions): Limits {
  const rules = executionRules(notebook);
  const seconds = (limit: number | undefined) =>
    limit === undefined ? Number.POSITIVE_INFINITY : limit * 1000;
  return {
    allowErrors: options.allowErrors ?? rules.allowErrors,
    cellTimeout: seconds(options.cellTimeout ?? rules.timeout),
    deadline: performance.now() + seconds(options.notebookTimeout),
    signal: options.signal ?? new AbortController().signal,
  };
}

function isOver(result: NotebookResult, { allowErrors, signal }: Limits): boolean {
  if (signal.aborted) {
    result.status = "interrupted";
  }
  if (result.status === "ok") {
    return false;
  }
  const isFatal = result.cells.some(({ status }) => status === "timed-out" || status === "kernel-died");
  return result.status === "interrupted" || !allowErrors || isFatal;
}

/** A cell tagged `raises-exception` is fine when it raises, and only then. */
function judge(cell: CodeCell, outcome: CellOutcome): CellOutcome {
  if (!cellRule(cell).mustRaise) {
    return outcome;
  }
  if (outcome.status === "failed") {
    return { ...outcome, status: "ok" };
  }
  if (outcome.status !== "ok") {
    return outcome;
  }
  const evalue = "the cell is tagged raises-exception, but it raised none";
  return { status: "failed", error: { ename: "MissingExceptionError", evalue, traceback: [] } };
}

async function executeWithin(
  kernel: RunningKernel,
  executor: CellExecutor,
  cell: CodeCell,
  { cellTimeout, deadline, signal }: Limits,
): Promise<CellOutcome> {
  const limit = Math.max(0, Math.min(cellTimeout, deadline - performance.now()));
  const executed = executor.execute(cell);
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

/** Why `executed` has to be stopped, or undefined when it has ended by itself. */
function stopReason(
  executed: Promise<CellOutcome>,
  limit: number,
  signal: AbortSignal,
): Promise<"timed-out" | "stopped" | undefined> {
  return new Promise((resolve) => {
    const timer = Number.isFinite(limit) ? setTimeout(() => end("timed-out"), limit) : undefined;
    const stop = () => end("stopped");
    const end = (reason?: "timed-out" | "stopped") => {
      clearTimeout(timer);
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

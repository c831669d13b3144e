import { cellRule, executionRules } from "../../document/execution-rules.js";
import type { CodeCell } from "../../document/notebook.js";
import { codeBehind } from "../../document/peer-settings.js";
import type { RunningKernel } from "../kernels/kernel-host.js";
import type { CellStatus, NotebookResult } from "../result/notebook-result.js";
import type { RunOptions } from "../run-options.js";
import type { CellExecutor } from "./cell-executor.js";
import type { CellOutcome } from "./cell-outcome.js";
import { type CellLimits, executeWithin } from "./execute-within.js";
import type { PlannedCell } from "./plan-cells.js";

interface Limits extends CellLimits {
  allowErrors: boolean;
  continueAfterTimeout: boolean;
}

export interface ExecuteOptions {
  plan: PlannedCell[];
  kernel: RunningKernel;
  executor: CellExecutor;
  /** Called after each cell that was run. */
  onCellEnd: () => Promise<void>;
}

/**
 * Runs the code cells that are to run, one after another, and fills in their results. The first failure ends the
 * run unless errors are allowed; a timeout or the kernel's death always does. So does Python's `sys.exit()`, without an
 * error, as in papermill.
 */
export async function executeCells(
  result: NotebookResult,
  options: RunOptions,
  { plan, kernel, executor, onCellEnd }: ExecuteOptions,
): Promise<void> {
  for (const { cell, entry } of plan) {
    if (entry.status !== "skipped") {
      cell.outputs = [];
      cell.execution_count = null;
    }
  }
  const limits = limitsOf(result, options);
  let hasEnded = false;
  kernel.exited.then(() => {
    hasEnded = true;
  });
  for (const [position, { cell, entry }] of plan.entries()) {
    if (entry.status === "skipped" || isOver(result, { ...limits, hasKernel: !hasEnded })) {
      continue;
    }
    const { index } = entry;
    const place = { index, number: position + 1, count: plan.length };
    options.onEvent?.({ type: "cell-started", cell, ...place });
    await options.onCellStart?.(cell, place);
    kernel.memory?.start();
    const started = performance.now();
    const {
      endsRun,
      isUnexpected: _,
      ...outcome
    } = await executeWhole(cell, executor, (execute) => executeWithin(limits, execute, kernel));
    Object.assign(entry, outcome);
    entry.duration = performance.now() - started;
    const peakMemory = kernel.memory?.stop();
    if (peakMemory !== undefined) {
      entry.peakMemory = peakMemory;
    }
    if (limits.signal.aborted) {
      result.status = "interrupted";
    } else if (entry.status !== "ok") {
      result.status = "failed";
    }
    options.onEvent?.({ type: "cell-ended", cell, result: entry });
    await options.onCellEnd?.(cell, entry);
    await onCellEnd();
    if (endsRun) {
      return;
    }
  }
}

function limitsOf({ notebook }: NotebookResult, options: RunOptions): Limits {
  const rules = executionRules(notebook);
  const seconds = (limit: number | undefined) =>
    limit === undefined ? Number.POSITIVE_INFINITY : limit * 1000;
  return {
    allowErrors: options.allowErrors ?? rules.allowErrors,
    continueAfterTimeout: options.continueAfterTimeout ?? false,
    cellTimeout: seconds(options.cellTimeout ?? rules.timeout ?? options.defaultCellTimeout),
    deadline: performance.now() + seconds(options.notebookTimeout),
    signal: options.signal ?? new AbortController().signal,
  };
}

function isOver(result: NotebookResult, limits: Limits & { hasKernel: boolean }): boolean {
  const { allowErrors, continueAfterTimeout, hasKernel, signal } = limits;
  if (signal.aborted) {
    result.status = "interrupted";
  }
  if (result.status === "ok") {
    return false;
  }
  const has = (...statuses: CellStatus[]) => result.cells.some(({ status }) => statuses.includes(status));
  const isFatal = !hasKernel || has("kernel-died") || (has("timed-out") && !continueAfterTimeout);
  const isFailed = has("failed") && !allowErrors;
  return result.status === "interrupted" || isFatal || isFailed;
}

/** The cell, and the code that is run behind it, as nbmake has it, which must go well. */
async function executeWhole(
  cell: CodeCell,
  executor: CellExecutor,
  within: (execute: () => Promise<CellOutcome>) => Promise<CellOutcome>,
): Promise<CellOutcome> {
  const outcome = judge(cell, await within(() => executor.execute(cell)));
  const code = codeBehind(cell.metadata);
  if (outcome.status !== "ok" || code === "") {
    return outcome;
  }
  const { status, error } = await within(() => executor.executeBehind(code));
  return status === "ok" ? outcome : { ...outcome, status, error };
}

/** A cell tagged `raises-exception` is fine when it raises, and only then. */
function judge(cell: CodeCell, outcome: CellOutcome): CellOutcome {
  if (!cellRule(cell).mustRaise) {
    return outcome;
  }
  if (outcome.status === "failed" && !outcome.isUnexpected) {
    return { ...outcome, status: "ok" };
  }
  if (outcome.status !== "ok") {
    return outcome;
  }
  const evalue = "the cell is tagged raises-exception, but it raised none";
  return { status: "failed", error: { ename: "MissingExceptionError", evalue, traceback: [] } };
}

import type { CellComparison, CellProblem } from "../document/comparison/compare-notebooks.js";
import { isNotCompared } from "../document/comparison/not-compared.js";
import { joinLines } from "../document/notebook.js";
import type { CellResult, NotebookResult } from "../runner/index.js";
import type { CellCheck } from "./notebook-check.js";
import { statusWords } from "./status-words.js";

/** By position, the cells that went wrong when they were run, in words. */
export function cellProblems({ cells, kernelExit }: NotebookResult): Map<number, CellProblem> {
  return new Map(
    cells.flatMap((cell) => {
      const problem = problemOf(cell, kernelExit);
      return problem ? [[cell.index, problem] as const] : [];
    }),
  );
}

function problemOf({ status, error }: CellResult, kernelExit = ""): CellProblem | undefined {
  if (status === "ok" || status === "skipped") {
    return undefined;
  }
  if (status === "not-run") {
    return { message: statusWords["not-run"], lines: [] };
  }
  if (status === "kernel-died") {
    return { message: `the kernel ${kernelExit}`, lines: [] };
  }
  if (!error) {
    return { message: status, lines: [] };
  }
  const [message = ""] = `${error.ename}: ${error.evalue}`.split("\n", 1);
  return { message, lines: error.traceback.length > 0 ? error.traceback.join("\n").split("\n") : [] };
}

/** The findings of one cell; `result` is absent for a cell that is only in the stored notebook, or was not run at all. */
export function cellCheck(comparison: CellComparison, result?: CellResult): CellCheck {
  const { index, stored, fresh, differences, notes } = comparison;
  const cell = fresh ?? stored;
  return {
    number: index + 1,
    id: cell?.id,
    source: joinLines(cell?.source ?? ""),
    status: statusOf(comparison, result?.status),
    duration: result?.duration ?? 0,
    ...(result?.peakMemory !== undefined && { peakMemory: result.peakMemory }),
    differences,
    notes,
  };
}

function statusOf(
  { differences, notes }: CellComparison,
  run: CellResult["status"] = "ok",
): CellCheck["status"] {
  if (run === "not-run" || run === "skipped") {
    return run;
  }
  if (run !== "ok") {
    return "failed";
  }
  if (differences.length > 0) {
    return "different";
  }
  return isNotCompared(notes) ? "not-compared" : "equal";
}

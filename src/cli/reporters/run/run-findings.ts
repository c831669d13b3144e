import { cellProblems } from "../../../checker/cell-check.js";
import type { CellCheck, NotebookCheck } from "../../../checker/notebook-check.js";
import { joinLines } from "../../../document/notebook.js";
import type { CellResult, NotebookResult } from "../../../runner/index.js";
import type { NotebookEnd } from "./notebook-end.js";

/** The ends of runs as findings of a check, for the reports that are the same for both; those whose turn never came have none. */
export function runFindings(ends: NotebookEnd[]): NotebookCheck[] {
  return ends.flatMap(({ file, result, problem, attempts = 1 }): NotebookCheck[] => {
    const common = { path: file, attempts, updated: [] };
    if (result) {
      const status = result.status === "ok" ? "ran" : result.status;
      const cells = cellsOf(result);
      return [
        { ...common, status, cells, duration: result.duration, isFlaky: status === "ran" && attempts > 1 },
      ];
    }
    return problem === undefined
      ? []
      : [{ ...common, status: "could-not-run", problem, cells: [], duration: 0, isFlaky: false }];
  });
}

function cellsOf(result: NotebookResult): CellCheck[] {
  const problems = cellProblems(result);
  return result.cells.map(({ index, id, status, duration, peakMemory }) => {
    const problem = status === "not-run" ? undefined : problems.get(index);
    return {
      number: index + 1,
      id,
      source: joinLines(result.notebook.cells[index]?.source ?? ""),
      status: statusOf(status),
      duration,
      ...(peakMemory !== undefined && { peakMemory }),
      differences: problem
        ? [
            {
              index,
              id,
              kind: "status",
              part: "cell",
              message: problem.message,
              lines: problem.lines.map((text) => ({ mark: " ", text })),
            },
          ]
        : [],
      notes: [],
    };
  });
}

function statusOf(status: CellResult["status"]): CellCheck["status"] {
  if (status === "ok") {
    return "ran";
  }
  return status === "skipped" || status === "not-run" ? status : "failed";
}

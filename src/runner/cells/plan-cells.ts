import { cellRule } from "../../document/execution-rules.js";
import { type CodeCell, isCodeCell, type Notebook } from "../../document/notebook.js";
import type { CellResult } from "../result/notebook-result.js";
import type { RunOptions } from "../run-options.js";

export interface PlannedCell {
  cell: CodeCell;
  /** `skipped`, or `not-run` for a cell that is to be run. */
  entry: CellResult;
}

/** The code cells of a notebook, and which of them are to be run. */
export function planCells({ cells }: Notebook, options: RunOptions): PlannedCell[] {
  const { from = 1, to = Number.POSITIVE_INFINITY } = options;
  return cells.flatMap((cell, index): PlannedCell[] => {
    if (!isCodeCell(cell)) {
      return [];
    }
    const isWanted = index + 1 >= from && index + 1 <= to && !cellRule(cell).isSkipped;
    return [{ cell, entry: { index, id: cell.id, status: isWanted ? "not-run" : "skipped", duration: 0 } }];
  });
}

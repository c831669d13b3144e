import { type CellComparison, compareCells } from "../document/comparison/compare-notebooks.js";
import { executionTags } from "../document/comparison/rules/cell-rules.js";
import type { RuleLayer } from "../document/comparison/rules/check-rules.js";
import type { Notebook } from "../document/notebook.js";
import { type NotebookResult, type RunOptions, runNotebook } from "../runner/index.js";
import { cellProblems } from "./cell-check.js";

export interface Comparison {
  result: NotebookResult;
  cells: CellComparison[];
}

/** Executes a copy of `stored` and compares what comes out with what it holds. */
export async function runAndCompare(
  stored: Notebook,
  layers: RuleLayer[],
  options: RunOptions,
): Promise<Comparison> {
  const result = await runNotebook(withExecutionTags(structuredClone(stored)), options);
  const skipped = result.cells.filter(({ status }) => status === "skipped").map(({ index }) => index);
  const notRun = result.cells.filter(({ status }) => status === "not-run").map(({ index }) => index);
  const unreached = result.status === "ok" ? notRun : [];
  const cells = compareCells(stored, result.notebook, {
    layers,
    ranOnly: true,
    problems: cellProblems(result),
    skipped: new Set(skipped),
    unreached: new Set(unreached),
  });
  return { result, cells };
}

/** nbval's tags and comments about executing a cell, in the runner's words. */
function withExecutionTags(notebook: Notebook): Notebook {
  for (const cell of notebook.cells) {
    const tags = executionTags(notebook, cell);
    if (tags.length > 0) {
      cell.metadata.tags = [...(cell.metadata.tags ?? []), ...tags];
    }
  }
  return notebook;
}

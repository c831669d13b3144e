import type { NotebookCheck } from "../../checker/notebook-check.js";
import { totalsOf } from "./check-totals.js";

/** The results as JSON; pictures are left out. */
export function checkJson(checks: NotebookCheck[]): string {
  const notebooks = checks.map((check) => ({
    ...check,
    cells: check.cells.map((cell) => ({
      ...cell,
      differences: cell.differences.map(({ pictures, ...difference }) => difference),
    })),
  }));
  return `${JSON.stringify({ totals: totalsOf(checks), notebooks }, null, 2)}\n`;
}

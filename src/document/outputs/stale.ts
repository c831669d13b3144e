import type { CodeCell } from "../notebook.js";

/** True when the cell holds neither outputs nor a sign that it ever ran. */
export function isStale(cell: CodeCell): boolean {
  return cell.outputs.length === 0 && cell.execution_count === null;
}

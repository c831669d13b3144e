import type { CellCheck, NotebookCheck } from "./notebook-check.js";

/** The words that say what became of a cell or a notebook. */
export const statusWords: Record<NotebookCheck["status"] | CellCheck["status"], string> = {
  equal: "equal",
  different: "different",
  failed: "failed",
  interrupted: "interrupted",
  "could-not-run": "could not be run",
  "not-run": "did not run",
  skipped: "skipped",
  "not-compared": "not compared",
  ran: "ran",
  "well-typed": "no type errors",
  "ill-typed": "type errors",
  "passed-over": "passed over",
};

/** True when nothing is to be done about the notebook. */
export function isGood(status: NotebookCheck["status"]): boolean {
  return ["equal", "not-compared", "ran", "well-typed", "passed-over"].includes(status);
}

import type { NotebookTypes } from "../../../checker/types/notebook-types.js";

/** The verdicts as JSON. */
export function typesJson(notebooks: NotebookTypes[]): string {
  const count = (status: NotebookTypes["status"]) =>
    notebooks.filter((notebook) => notebook.status === status).length;
  const totals = {
    notebooks: notebooks.length,
    wellTyped: count("well-typed"),
    illTyped: count("ill-typed"),
    passedOver: count("passed-over"),
    couldNotRun: count("could-not-run"),
  };
  return `${JSON.stringify({ totals, notebooks }, null, 2)}\n`;
}

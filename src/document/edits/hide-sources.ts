import { isCodeCell, type Notebook } from "../notebook.js";
import { recordOf } from "../record.js";

/** Marks the sources of all code cells as hidden, where papermill's report mode marks them. */
export function hideSources({ cells }: Notebook): void {
  for (const cell of cells.filter(isCodeCell)) {
    cell.metadata.jupyter = { ...recordOf(cell.metadata.jupyter), source_hidden: true };
  }
}

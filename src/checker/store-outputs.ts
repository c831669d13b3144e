import { readFile } from "node:fs/promises";
import type { CellComparison } from "../document/comparison/compare-notebooks.js";
import { widgetViewType } from "../document/mime.js";
import { type CodeCell, type Notebook, NotebookFormatError } from "../document/notebook.js";
import type { NotebookSource } from "../document/notebook-source.js";
import { isStale } from "../document/outputs/stale.js";
import { updateOutputs } from "../document/outputs/update-outputs.js";
import { replaceFile } from "../runner/files/replace-file.js";

/** Writes what differs, and what was never stored, into the notebook's file; resolves with the numbers of the cells. */
export async function storeOutputs(
  file: string,
  source: NotebookSource,
  { cells, notebook }: { cells: CellComparison[]; notebook: Notebook },
): Promise<number[]> {
  const updates = new Map<number, CodeCell>();
  for (const { stored, fresh, differences } of cells) {
    if (!stored || !fresh || (differences.length === 0 && !(isStale(stored) && !isStale(fresh)))) {
      continue;
    }
    updates.set(source.notebook.cells.indexOf(stored), fresh);
  }
  if (updates.size === 0) {
    return [];
  }
  const changed = [...updates.keys()];
  const hasWidgets = [...updates.values()].some(showsWidget);
  for (const { stored, fresh } of hasWidgets ? cells : []) {
    if (stored && fresh && showsWidget(fresh)) {
      updates.set(source.notebook.cells.indexOf(stored), fresh);
    }
  }
  const now = await readFile(file);
  if (!now.equals(Buffer.from(source.text))) {
    throw new NotebookFormatError("changed while it was run; its outputs are not updated");
  }
  await replaceFile(file, updateOutputs(source, updates, hasWidgets ? notebook.metadata.widgets : undefined));
  return changed.map((index) => index + 1);
}

/** Views name models whose state stands in the notebook's metadata; all of a run's views and its state belong together. */
function showsWidget({ outputs }: CodeCell): boolean {
  return outputs.some((output) => "data" in output && widgetViewType in output.data);
}

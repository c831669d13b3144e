import { readFile } from "node:fs/promises";
import type { CellComparison } from "../document/comparison/compare-notebooks.js";
import { type CodeCell, NotebookFormatError } from "../document/notebook.js";
import type { NotebookSource } from "../document/notebook-source.js";
import { isStale, updateOutputs } from "../document/outputs/update-outputs.js";
import { replaceFile } from "../runner/files/replace-file.js";

/** Writes what differs, and what was never stored, into the notebook's file; resolves with the numbers of the cells. */
export async function storeOutputs(
  file: string,
  source: NotebookSource,
  cells: CellComparison[],
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
  const now = await readFile(file);
  if (!now.equals(Buffer.from(source.text))) {
    throw new NotebookFormatError("changed while it was run; its outputs are not updated");
  }
  await replaceFile(file, updateOutputs(source, updates));
  return [...updates.keys()].map((index) => index + 1);
}

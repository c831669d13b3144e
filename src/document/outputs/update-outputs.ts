import { formatNotebook } from "../format-notebook.js";
import { parseJson } from "../json/exact-json.js";
import { JsonEditor } from "../json/json-editor.js";
import { itemsOf, memberOf } from "../json/json-tree.js";
import type { CodeCell } from "../notebook.js";
import type { NotebookSource } from "../notebook-source.js";

/**
 * The text of the notebook with the outputs and execution counts of the cells in `updates`, which are named by their position,
 * with `widgets` as the state of widgets, where it is given, and with every other byte as it was.
 */
export function updateOutputs(
  source: NotebookSource,
  updates: Map<number, CodeCell>,
  widgets?: unknown,
): string {
  const editor = new JsonEditor(source.text, source.tree);
  const cells = itemsOf(memberOf(source.tree, "cells")?.value);
  for (const [index, cell] of updates) {
    const node = cells[index];
    if (!node) {
      throw new RangeError(`Expected a cell at position ${index}, got ${cells.length} cells`);
    }
    const formatted = formatNotebook({ ...source.notebook, cells: [cell] });
    const [written] = (parseJson(formatted) as { cells: [CodeCell] }).cells;
    editor.set(node, "execution_count", written.execution_count);
    editor.set(node, "outputs", written.outputs);
  }
  const metadata = memberOf(source.tree, "metadata")?.value;
  if (metadata && widgets !== undefined) {
    editor.set(metadata, "widgets", widgets);
  }
  return editor.text;
}

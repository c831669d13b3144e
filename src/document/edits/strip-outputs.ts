import { JsonEditor } from "../json/json-editor.js";
import { itemsOf, memberOf } from "../json/json-tree.js";
import { isCodeCell } from "../notebook.js";
import type { NotebookSource } from "../notebook-source.js";

/** The text of the notebook without outputs, counts and the state of widgets, and with every other byte as it was. */
export function stripOutputs({ text, tree, notebook }: NotebookSource): string {
  const editor = new JsonEditor(text, tree);
  for (const [index, node] of itemsOf(memberOf(tree, "cells")?.value).entries()) {
    const cell = notebook.cells[index];
    if (cell && isCodeCell(cell) && (cell.outputs.length > 0 || cell.execution_count !== null)) {
      editor.set(node, "outputs", []);
      editor.set(node, "execution_count", null);
    }
  }
  const metadata = memberOf(tree, "metadata")?.value;
  if (metadata && memberOf(metadata, "widgets")) {
    editor.remove(metadata, "widgets");
  }
  return editor.text;
}

import path from "node:path";
import type { Cell, Notebook } from "../../document/notebook.js";
import { recordOf } from "../../document/record.js";
import type { NotebookResult } from "./notebook-result.js";

/** Marks in the notebook's own metadata, under `poolbook`, how the run ended and which cells were not fine. */
export function markOutcome({ notebook, status, cells }: NotebookResult): void {
  setOwn(notebook, status);
  for (const { index, status } of cells) {
    const cell = notebook.cells[index];
    if (cell) {
      setOwn(cell, status === "ok" || status === "skipped" ? undefined : status);
    }
  }
}

/** Marks in an executed notebook which one it was made of, by the path from the one to the other. */
export function markInput(notebook: Notebook, inputPath: string, outputPath: string): void {
  const folder = path.dirname(path.resolve(outputPath));
  const input = path.relative(folder, path.resolve(inputPath)).split(path.sep).join("/");
  notebook.metadata.poolbook = { ...recordOf(notebook.metadata.poolbook), input };
}

function setOwn(holder: Notebook | Cell, status: string | undefined): void {
  const { status: _, ...others } = recordOf(holder.metadata.poolbook);
  const own = status === undefined ? others : { ...others, status };
  if (Object.keys(own).length === 0) {
    delete holder.metadata.poolbook;
  } else {
    holder.metadata.poolbook = own;
  }
}

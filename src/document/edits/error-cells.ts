import type { Cell, Notebook } from "../notebook.js";

/** papermill's tag, so that either program takes away what the other has put in. */
const tag = "papermill-error-cell-tag";

/** Takes away the banners of an earlier run. */
export function removeErrorCells(notebook: Notebook): void {
  notebook.cells = notebook.cells.filter(({ metadata }) => !metadata.tags?.includes(tag));
}

/** Puts a banner at the top that leads to the failed cell, and one above that cell. */
export function addErrorCells(notebook: Notebook, index: number, problem: string): void {
  const anchor = "poolbook-error-cell";
  const above = `<span id="${anchor}" style="color:red">**The cell below failed**: ${escapeHtml(problem)}</span>`;
  const top = `<span style="color:red">**This run failed**: [go to the failed cell](#${anchor})</span>`;
  notebook.cells.splice(index, 0, markdownCell(notebook, above, `${anchor}-place`));
  notebook.cells.unshift(markdownCell(notebook, top, `${anchor}-top`));
}

function markdownCell(notebook: Notebook, source: string, id: string): Cell {
  const isNamed = notebook.nbformat_minor >= 5;
  return { cell_type: "markdown", ...(isNamed && { id }), metadata: { tags: [tag] }, source };
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

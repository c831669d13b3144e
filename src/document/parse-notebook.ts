import { type MultilineString, type Notebook, NotebookFormatError } from "./notebook.js";
import { isRecord } from "./record.js";

/**
 * The notebook in `text`, which holds nbformat 4 JSON. Code cells get the `outputs` and `execution_count` they lack.
 * Throws NotebookFormatError.
 */
export function parseNotebook(text: string): Notebook {
  return toNotebook(parseNotebookJson(text));
}

/** The JSON value in `text`, which may begin with a byte order mark. Throws NotebookFormatError. */
export function parseNotebookJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NotebookFormatError(`not JSON: ${reason}`, { cause });
  }
}

/** `notebook`, a JSON value, with what it lacks filled in. Throws NotebookFormatError where it is no notebook. */
export function toNotebook(notebook: unknown): Notebook {
  if (!isRecord(notebook)) {
    throw new NotebookFormatError("a notebook is a JSON object");
  }
  if (notebook.nbformat !== 4) {
    throw new NotebookFormatError(
      `expected \`nbformat\` to be 4, got \`${JSON.stringify(notebook.nbformat)}\`; JupyterLab converts older notebooks when it saves them`,
    );
  }
  if (!Array.isArray(notebook.cells)) {
    throw new NotebookFormatError("expected `cells` to be a list");
  }
  notebook.metadata ??= {};
  if (!isRecord(notebook.metadata)) {
    throw new NotebookFormatError("expected `metadata` to be an object");
  }
  notebook.cells.forEach(checkCell);
  return notebook as Notebook;
}

function checkCell(cell: unknown, index: number): void {
  const fail = (problem: string): never => {
    throw new NotebookFormatError(`cell ${index + 1}: ${problem}`);
  };
  if (!isRecord(cell)) {
    throw new NotebookFormatError(`cell ${index + 1}: expected an object`);
  }
  if (typeof cell.cell_type !== "string") {
    fail("expected `cell_type` to be a string");
  }
  if (!isMultilineString(cell.source)) {
    fail("expected `source` to be a string or a list of strings");
  }
  cell.metadata ??= {};
  if (!isRecord(cell.metadata)) {
    fail("expected `metadata` to be an object");
  }
  if (cell.cell_type !== "code") {
    return;
  }
  cell.outputs ??= [];
  cell.execution_count ??= null;
  if (!Array.isArray(cell.outputs)) {
    fail("expected `outputs` to be a list");
  }
}

function isMultilineString(value: unknown): value is MultilineString {
  return (
    typeof value === "string" || (Array.isArray(value) && value.every((line) => typeof line === "string"))
  );
}

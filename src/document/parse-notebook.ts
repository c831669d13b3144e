import { type MultilineString, type Notebook, NotebookFormatError } from "./notebook.js";
import { isRecord } from "./record.js";
import { upgradeNotebook } from "./upgrade-notebook.js";

/**
 * The notebook in `text`, which holds JSON of nbformat 4, or of 2 or 3, which is upgraded. Code cells get the `outputs` and `execution_count` they lack.
 * Throws NotebookFormatError.
 */
export function parseNotebook(text: string): Notebook {
  return toNotebook(upgradeNotebook(parseNotebookJson(text)));
}

/** The JSON value in `text`, which may begin with a byte order mark. Throws NotebookFormatError. */
export function parseNotebookJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new NotebookFormatError(`not a notebook: ${notJson(text, cause)}`, { cause });
  }
}

/** The kind of text that it is instead, as far as that can be told. */
function notJson(text: string, cause: unknown): string {
  if (text.trim() === "") {
    return "it is empty";
  }
  if (text.startsWith("version https://git-lfs.github.com/spec/")) {
    return "it is a pointer of Git LFS; `git lfs pull` fetches what it stands for";
  }
  if (/^<{7} [\s\S]*^>{7} /m.test(text)) {
    return "it holds conflicts of a merge";
  }
  return `not JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
}

/** `notebook`, a JSON value, with what it lacks filled in. Throws NotebookFormatError where it is no notebook. */
export function toNotebook(notebook: unknown): Notebook {
  if (!isRecord(notebook)) {
    throw new NotebookFormatError("a notebook is a JSON object");
  }
  if (notebook.nbformat !== 4) {
    throw new NotebookFormatError(formatProblem(notebook.nbformat));
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

function formatProblem(nbformat: unknown): string {
  const problem = `expected \`nbformat\` to be 4, got \`${JSON.stringify(nbformat)}\``;
  if (typeof nbformat !== "number" || !Number.isInteger(nbformat)) {
    return problem;
  }
  return nbformat > 4
    ? `${problem}: it is newer than this program, and a newer poolbook may read it`
    : `${problem}: it is older than the notebooks that can be upgraded`;
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

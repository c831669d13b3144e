import path from "node:path";
import { membersOf, parseJson } from "./json/exact-json.js";
import { jsonFacts } from "./json/json-facts.js";
import { deepestJson, JsonTreeError, parseJsonTree } from "./json/json-tree.js";
import { notJson } from "./json/not-json.js";
import { isMultilineString, type Notebook, NotebookFormatError } from "./notebook.js";
import { isRecord } from "./record.js";
import { upgradeNotebook } from "./upgrade-notebook.js";

/**
 * The notebook in `text`, which holds JSON of nbformat 4, or of 2 or 3, which is upgraded. Code cells get the `outputs` and `execution_count` they lack.
 * Throws NotebookFormatError.
 */
export function parseNotebook(text: string): Notebook {
  return toNotebook(upgradeNotebook(parseNotebookJson(text)));
}

/** The JSON value in `text`, which may begin with a byte order mark. Throws NotebookFormatError, also for an object with a key twice, and for what nests too deep. */
export function parseNotebookJson(text: string): unknown {
  const json = text.replace(/^\uFEFF/, "");
  let value: unknown;
  const facts = jsonFacts(json);
  try {
    value = parseJson(json, facts);
  } catch (cause) {
    throw new NotebookFormatError(`not a notebook: ${notJson(json, cause)}`, { cause });
  }
  if (facts.depth > deepestJson || membersOf(value) !== facts.members) {
    refuse(json);
  }
  return value;
}

/** Saving would lose one of two members with a doubled key, and what nests too deep cannot be written. */
function refuse(json: string): void {
  try {
    parseJsonTree(json);
  } catch (cause) {
    throw cause instanceof JsonTreeError ? new NotebookFormatError(cause.message, { cause }) : cause;
  }
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

const sources: Record<string, string> = {
  ".ts": "TypeScript",
  ".mts": "TypeScript",
  ".cts": "TypeScript",
  ".js": "JavaScript",
  ".mjs": "JavaScript",
  ".cjs": "JavaScript",
  ".py": "Python",
  ".md": "Markdown",
  ".html": "HTML",
};

/** Parses what `file` holds. A NotebookFormatError gets the file, and says so where its name is that of a source file. */
export function inFile<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof NotebookFormatError)) {
      throw error;
    }
    const source = sources[path.extname(file).toLowerCase()];
    const named =
      source === undefined
        ? error
        : new NotebookFormatError(`not a notebook, but ${source}`, { cause: error });
    named.file = file;
    throw named;
  }
}

import { isText } from "./mime.js";

/** A notebook as nbformat 4 stores it; fields this program does not know are kept. */
export interface Notebook {
  nbformat: number;
  nbformat_minor: number;
  metadata: NotebookMetadata;
  cells: Cell[];
  [field: string]: unknown;
}

export interface NotebookMetadata {
  kernelspec?: { name?: string; display_name?: string; language?: string };
  language_info?: { name?: string };
  [field: string]: unknown;
}

/** nbformat lets a text be one string or the list of its lines. */
export type MultilineString = string | string[];

export interface Cell {
  cell_type: string;
  id?: string;
  source: MultilineString;
  metadata: { tags?: string[]; [field: string]: unknown };
  [field: string]: unknown;
}

export interface CodeCell extends Cell {
  cell_type: "code";
  execution_count: number | null;
  outputs: Output[];
}

export type MimeBundle = Record<string, unknown>;

export type Output =
  | { output_type: "stream"; name: string; text: MultilineString }
  | { output_type: "display_data"; data: MimeBundle; metadata: Record<string, unknown> }
  | {
      output_type: "execute_result";
      data: MimeBundle;
      metadata: Record<string, unknown>;
      execution_count: number | null;
    }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** Thrown when a text is not a notebook this program can read; the message says what is wrong with it. */
export class NotebookFormatError extends Error {
  override name = "NotebookFormatError";
}

export function isCodeCell(cell: Cell): cell is CodeCell {
  return cell.cell_type === "code";
}

export function joinLines(text: MultilineString): string {
  return typeof text === "string" ? text : text.join("");
}

export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/**
 * The notebook in `text`, which holds nbformat 4 JSON. Code cells get the `outputs` and `execution_count` they lack.
 * Throws NotebookFormatError.
 */
export function parseNotebook(text: string): Notebook {
  const notebook = parseJson(text);
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

/** The notebook as JSON text the way Jupyter writes it: one space of indentation, texts as lists of lines. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    ...(isCodeCell(cell) && { outputs: cell.outputs.map(splitOutput) }),
  }));
  return `${JSON.stringify({ ...notebook, cells }, null, 1)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new NotebookFormatError(`not JSON: ${(cause as Error).message}`, { cause });
  }
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

function splitOutput(output: Output): Output {
  if (output.output_type === "stream") {
    return { ...output, text: splitLines(joinLines(output.text)) };
  }
  if (output.output_type === "error") {
    return output;
  }
  const data = Object.entries(output.data).map(([type, value]) => [type, splitMimeData(type, value)]);
  return { ...output, data: Object.fromEntries(data) };
}

/** nbformat splits textual data only: base64 stays one string and JSON stays a value. */
function splitMimeData(type: string, value: unknown): unknown {
  return isText(type) && typeof value === "string" ? splitLines(value) : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMultilineString(value: unknown): value is MultilineString {
  return (
    typeof value === "string" || (Array.isArray(value) && value.every((line) => typeof line === "string"))
  );
}

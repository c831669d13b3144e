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
  /** The file that holds the text, where it comes from one. */
  file?: string;
}

export function isCodeCell(cell: Cell): cell is CodeCell {
  return cell.cell_type === "code";
}

export function isMultilineString(value: unknown): value is MultilineString {
  return (
    typeof value === "string" || (Array.isArray(value) && value.every((line) => typeof line === "string"))
  );
}

export function joinLines(text: MultilineString): string {
  return typeof text === "string" ? text : text.join("");
}

export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** True where the name is that of a notebook, however its extension is written. */
export function isNotebookFile(file: string): boolean {
  return /\.ipynb$/i.test(file);
}

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { decodeText } from "../../document/decode-text.js";
import { formatNotebook } from "../../document/format-notebook.js";
import {
  isCodeCell,
  isNotebookFile,
  joinLines,
  type Notebook,
  NotebookFormatError,
} from "../../document/notebook.js";
import { parseNotebook } from "../../document/parse-notebook.js";

/** The files of a folder, as paths relative to it, sorted; without what is hidden or installed. */
export function courseFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.split(path.sep).some((part) => part.startsWith(".") || part === "node_modules"))
    .sort();
}

/** The file as a learner gets it: a notebook shows nothing that has not been run; one that is broken stays what it is. */
export function unspoiled(file: string): string | Buffer {
  const notebook = notebookIn(file);
  return notebook ? formatNotebook(withoutOutputs(notebook)) : readFileSync(file);
}

/** Changes the notebook and gives it back. */
export function withoutOutputs(notebook: Notebook): Notebook {
  for (const cell of notebook.cells.filter(isCodeCell)) {
    cell.outputs = [];
    cell.execution_count = null;
  }
  delete notebook.metadata.widgets;
  return notebook;
}

/** Tells two states of a file apart; of a notebook, by what its author wrote, not by what it shows. */
export function fingerprint(file: string): string {
  const bytes = readFileSync(file);
  return createHash("sha256")
    .update(isNotebookFile(file) ? written(bytes.toString()) : bytes)
    .digest("hex");
}

/** Tells whether a notebook shows anything that somebody ran. */
export function hasOutputs(file: string): boolean {
  return notebookIn(file)?.cells.some((cell) => isCodeCell(cell) && cell.outputs.length > 0) === true;
}

/** Undefined where the file holds none. */
function notebookIn(file: string): Notebook | undefined {
  try {
    return isNotebookFile(file) ? parseNotebook(decodeText(readFileSync(file))) : undefined;
  } catch (error) {
    if (error instanceof NotebookFormatError) {
      return undefined;
    }
    throw error;
  }
}

function written(text: string): string {
  try {
    return JSON.stringify(parseNotebook(text).cells.map((cell) => [cell.cell_type, joinLines(cell.source)]));
  } catch {
    return text;
  }
}

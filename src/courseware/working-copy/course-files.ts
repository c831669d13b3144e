import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { decodeText } from "../../document/decode-text.js";
import { formatNotebook } from "../../document/format-notebook.js";
import { isCodeCell, isNotebookFile, joinLines, type Notebook } from "../../document/notebook.js";
import { inFile, parseNotebook } from "../../document/parse-notebook.js";

/** The files of a folder, as paths relative to it, sorted; without what is hidden or installed. */
export function courseFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.split(path.sep).some((part) => part.startsWith(".") || part === "node_modules"))
    .sort();
}

/** The file as a learner gets it: a notebook shows nothing that has not been run. */
export function unspoiled(file: string): string | Buffer {
  const bytes = readFileSync(file);
  return isNotebookFile(file) ? formatNotebook(withoutOutputs(notebookIn(file, bytes))) : bytes;
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
  return (
    isNotebookFile(file) &&
    notebookIn(file, readFileSync(file)).cells.some((cell) => isCodeCell(cell) && cell.outputs.length > 0)
  );
}

function notebookIn(file: string, bytes: Buffer): Notebook {
  return inFile(file, () => parseNotebook(decodeText(bytes)));
}

function written(text: string): string {
  try {
    return JSON.stringify(parseNotebook(text).cells.map((cell) => [cell.cell_type, joinLines(cell.source)]));
  } catch {
    return text;
  }
}

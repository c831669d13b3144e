import { decodeText } from "../../document/decode-text.js";
import { formatNotebook } from "../../document/format-notebook.js";
import type { Notebook } from "../../document/notebook.js";
import { type NotebookSource, readNotebookSource } from "../../document/notebook-source.js";
import { inFile, parseNotebook } from "../../document/parse-notebook.js";
import { readLimited } from "./read-limited.js";
import { saveFile } from "./replace-file.js";

/** The notebook in the file. Throws NotebookFormatError with `file`, the file system's error, or what `signal` aborts with. */
export async function readNotebook(file: string, signal?: AbortSignal): Promise<Notebook> {
  const bytes = await readLimited(file, signal);
  return inFile(file, () => parseNotebook(decodeText(bytes)));
}

/** The same with its text, read strictly. */
export async function readSource(file: string, signal?: AbortSignal): Promise<NotebookSource> {
  const bytes = await readLimited(file, signal);
  return inFile(file, () => readNotebookSource(bytes));
}

/** Saves the notebook as `saveFile` does. Throws NotebookSaveError. */
export async function saveNotebook(notebook: Notebook, file: string): Promise<void> {
  try {
    await saveFile(file, formatNotebook(notebook));
  } catch (cause) {
    throw new NotebookSaveError(`the executed notebook could not be saved as ${file}`, { cause, file });
  }
}

/**
 * Thrown when an executed notebook cannot be written; `cause` is the file system's error, and the old file is whole. A `file`
 * is named in the message.
 */
export class NotebookSaveError extends Error {
  override name = "NotebookSaveError";
  readonly file: string | undefined;

  constructor(message: string, { cause, file }: { readonly cause?: unknown; readonly file?: string } = {}) {
    super(message, { cause });
    this.file = file;
  }
}

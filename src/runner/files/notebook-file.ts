import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { formatNotebook, type Notebook, parseNotebook } from "../../document/notebook.js";
import { replaceFile } from "./replace-file.js";

/** The notebook in the file. Throws NotebookFormatError, or the file system's error. */
export async function readNotebook(file: string): Promise<Notebook> {
  return parseNotebook(await readFile(file, "utf8"));
}

/** Saves the notebook so that the file holds either its old or its new content, whatever happens meanwhile. */
export async function saveNotebook(notebook: Notebook, file: string): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await replaceFile(file, formatNotebook(notebook));
  } catch (cause) {
    throw new NotebookSaveError(`the executed notebook could not be saved as ${file}`, { cause });
  }
}

/** Thrown when an executed notebook cannot be written; `cause` is the file system's error, and the old file is whole. */
export class NotebookSaveError extends Error {
  override name = "NotebookSaveError";
}

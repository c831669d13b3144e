import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { formatNotebook, type Notebook, parseNotebook } from "../document/notebook.js";
import { replaceFile } from "./replace-file.js";

/** The notebook in the file. Throws NotebookFormatError, or the file system's error. */
export async function readNotebook(file: string): Promise<Notebook> {
  return parseNotebook(await readFile(file, "utf8"));
}

/** Saves the notebook so that the file holds either its old or its new content, whatever happens meanwhile. */
export async function saveNotebook(notebook: Notebook, file: string): Promise<void> {
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  await replaceFile(file, formatNotebook(notebook));
}

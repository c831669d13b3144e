import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { formatNotebook, type Notebook, parseNotebook } from "../document/notebook.js";

/** The notebook in the file. Throws NotebookFormatError, or the file system's error. */
export async function readNotebook(file: string): Promise<Notebook> {
  return parseNotebook(await readFile(file, "utf8"));
}

/** Saves the notebook so that the file holds either its old or its new content, whatever happens meanwhile. */
export async function saveNotebook(notebook: Notebook, file: string): Promise<void> {
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  await replaceFile(file, formatNotebook(notebook));
}

async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID().slice(0, 8)}`);
  const mode = await stat(file).then(
    (stats) => stats.mode,
    () => 0o666,
  );
  try {
    const handle = await open(temporary, "wx", mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { UsageError } from "../options/usage-error.js";

/** A notebook to run, and its place below an output folder. */
export interface Input {
  file: string;
  relative: string;
}

/**
 * The notebooks that `paths` name: a file is itself, a folder stands for the notebooks in it and below, in order of
 * their names. A file that does not exist is kept, so that running it says so.
 */
export async function collectInputs(paths: string[]): Promise<Input[]> {
  const found = await Promise.all(paths.map(notebooksAt));
  const inputs = found.flat();
  if (inputs.length === 0) {
    throw new UsageError(`no notebooks in ${paths.join(", ")}`);
  }
  return inputs;
}

async function notebooksAt(target: string): Promise<Input[]> {
  const isFolder = await stat(target).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    return [{ file: target, relative: path.basename(target) }];
  }
  const names = await readdir(target, { recursive: true });
  return names
    .filter((name) => name.endsWith(".ipynb") && !name.split(path.sep).some((part) => part.startsWith(".")))
    .sort()
    .map((name) => ({ file: path.join(target, name), relative: name }));
}

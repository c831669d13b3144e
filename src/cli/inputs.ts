import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/** A notebook to run, and its place below an output folder. */
export interface Input {
  file: string;
  relative: string;
}

/** Thrown when the inputs of a command contradict each other. */
export class InputError extends Error {
  override name = "InputError";
}

/**
 * The notebooks that `paths` name: a file is itself, a folder stands for the notebooks in it and below, in order of
 * their names. A file that does not exist is kept, so that running it says so.
 */
export async function collectInputs(paths: string[]): Promise<Input[]> {
  const found = await Promise.all(paths.map(notebooksAt));
  const inputs = found.flat();
  if (inputs.length === 0) throw new InputError(`no notebooks in ${paths.join(", ")}`);
  return inputs;
}

/** Throws InputError when two notebooks would be written to the same place, or one over its own source. */
export function checkOutputs(inputs: Input[], outputDir: string): void {
  const sources = new Set(inputs.map(({ file }) => path.resolve(file)));
  const taken = new Map<string, string>();
  for (const { file, relative } of inputs) {
    const output = path.resolve(outputDir, relative);
    const other = taken.get(output);
    if (other !== undefined) throw new InputError(`${other} and ${file} would both be written to ${output}`);
    if (sources.has(output))
      throw new InputError(`${file} would be written over a notebook that is to be run`);
    taken.set(output, file);
  }
}

async function notebooksAt(target: string): Promise<Input[]> {
  const isFolder = await stat(target).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) return [{ file: target, relative: path.basename(target) }];
  const names = await readdir(target, { recursive: true });
  return names
    .filter((name) => name.endsWith(".ipynb") && !name.split(path.sep).some((part) => part.startsWith(".")))
    .sort()
    .map((name) => ({ file: path.join(target, name), relative: name }));
}

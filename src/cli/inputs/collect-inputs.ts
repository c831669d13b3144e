import { stat } from "node:fs/promises";
import path from "node:path";
import { canonicalPath } from "../../runner/files/target.js";
import type { SelectionOptions } from "../options/selection-options.js";
import { UsageError } from "../options/usage-error.js";
import { excluding, packageExclusions } from "./exclusions.js";
import { allNotebooks, userNotebooks } from "./user-notebooks.js";

/** A notebook to run, and its place below an output folder. */
export interface Input {
  file: string;
  relative: string;
}

/**
 * The notebooks that `paths` name: a file is itself, a folder stands for the user's own notebooks in it and below, in order of their
 * names; each once, whatever names and links lead there. A file that does not exist is kept, so that running it says so.
 */
export async function collectInputs(paths: string[], options: SelectionOptions = {}): Promise<Input[]> {
  const isExcluded = await excluding({ globs: options.exclude ?? [], base: process.cwd() });
  const found = await Promise.all(paths.map((target) => notebooksAt(target, options)));
  const wanted = found.flat().filter(({ file }) => !isExcluded(file));
  const places = await Promise.all(wanted.map(({ file }) => canonicalPath(file)));
  const seen = new Set<string | undefined>();
  const inputs = wanted.filter((_, position) => seen.size < seen.add(places[position]).size);
  if (inputs.length === 0) {
    const hint =
      options.ignore === false ? "" : "; --no-ignore takes those too that git ignores or packages brought";
    throw new UsageError(`no notebooks in ${paths.join(", ")}${hint}`);
  }
  return inputs;
}

async function notebooksAt(target: string, { ignore = true }: SelectionOptions): Promise<Input[]> {
  const isFolder = await stat(target).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    return [{ file: target, relative: path.basename(target) }];
  }
  const files = ignore
    ? await userNotebooks(target, (message) => console.error(message))
    : await allNotebooks(target);
  const isExcluded = await excluding(await packageExclusions(path.resolve(target)));
  return files
    .filter((file) => !ignore || !isExcluded(file))
    .sort()
    .map((file) => ({ file, relative: path.relative(target, file) }));
}

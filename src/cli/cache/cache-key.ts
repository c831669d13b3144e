import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { compilerOptions } from "../../document/execution-rules.js";
import { isCodeCell, isNotebookFile, joinLines } from "../../document/notebook.js";
import type { CacheRequest } from "../../runner/index.js";
import { isSettingsFile } from "../inputs/changes/changed-files.js";
import { filesBelow } from "./files-below.js";
import { pythonPackages } from "./python-packages.js";
import { sourceFiles } from "./source-files.js";

export interface CacheKeyOptions {
  version: string;
  /** The cache's own folder, on which nothing depends. */
  folder: string;
}

/**
 * A digest of all that a run is known to depend on: the code cells with their tags, what they import from files, the kernel's program and
 * packages, the lock files and settings above, and how it is run. Undefined where code imports what only running it tells, and in
 * languages whose imports nobody here knows.
 */
export async function cacheKey(
  request: CacheRequest,
  { version, folder }: CacheKeyOptions,
): Promise<string | undefined> {
  const { notebook, file, cwd, spec, options } = request;
  const isPython = /python/i.test(spec.language);
  if (!isPython && !/^(type|java)script$/i.test(spec.language)) {
    return undefined;
  }
  const cells = notebook.cells.filter(isCodeCell);
  const code = cells.map((cell) => joinLines(cell.source)).join("\n");
  const program = await programOf(spec.argv[0] ?? "", spec.env?.PATH ?? process.env.PATH ?? "");
  const { installed, linked } = await pythonPackages(program);
  const sources = await sourceFiles(code, file, { isPython, linked });
  if (!sources) {
    return undefined;
  }
  const hash = createHash("sha256");
  add(hash, "poolbook", version);
  for (const { source, metadata } of cells) {
    add(hash, "cell", [joinLines(source), metadata.tags ?? [], metadata.nbmake ?? null]);
  }
  add(hash, "execution", [notebook.metadata.execution, compilerOptions(notebook), cwd]);
  add(hash, "options", [options.from, options.to, options.allowErrors]);
  add(hash, "kernel", [spec.name, spec.argv, spec.env, installed]);
  for (const word of [program, ...spec.argv.filter((each) => path.isAbsolute(each))]) {
    add(hash, word, await stateOf(word));
  }
  for (const each of [...(await settingsAbove(path.dirname(file))), ...sources.files]) {
    await addFile(hash, each);
  }
  for (const each of sources.folders) {
    add(hash, each, await listing(each, folder));
  }
  return hash.digest("hex");
}

/** The file of a kernel's program, which may be named as a shell would. */
async function programOf(name: string, paths: string): Promise<string> {
  const places = name.includes(path.sep)
    ? [name]
    : paths.split(path.delimiter).map((at) => path.join(at, name));
  for (const place of places) {
    if (
      await access(place).then(
        () => true,
        () => false,
      )
    ) {
      return place;
    }
  }
  return name;
}

/** The target of a link, size and time. */
async function stateOf(place: string): Promise<unknown[]> {
  const stats = await stat(place).catch(() => undefined);
  return [await realpath(place).catch(() => place), stats?.size, stats?.mtimeMs];
}

async function settingsAbove(folder: string): Promise<string[]> {
  const parent = path.dirname(folder);
  const above = parent === folder ? [] : await settingsAbove(parent);
  const places = [folder, path.join(folder, "node_modules")].map(async (place) =>
    (await readdir(place).catch(() => [])).filter(isSettingsFile).map((name) => path.join(place, name)),
  );
  return [...above, ...(await Promise.all(places)).flat().sort()];
}

/** The files of a linked package, by size and time. */
async function listing(folder: string, cache: string): Promise<unknown[]> {
  const files = (await filesBelow(folder)).filter(
    (file) => !isNotebookFile(file) && !file.startsWith(cache + path.sep),
  );
  return await Promise.all(files.sort().map(async (file) => [file, ...(await stateOf(file))]));
}

async function addFile(hash: Hash, file: string): Promise<void> {
  add(hash, "file", file);
  const inner = createHash("sha256");
  try {
    for await (const chunk of createReadStream(file)) {
      inner.update(chunk);
    }
    add(hash, "content", inner.digest("hex"));
  } catch {
    add(hash, "content", null);
  }
}

function add(hash: Hash, name: string, value: unknown): void {
  hash.update(`${JSON.stringify([name, value])}\n`);
}

import { createHash, type Hash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isCodeCell, joinLines } from "../../document/notebook.js";
import type { CacheRequest } from "../../runner/index.js";
import { isLockfile } from "../inputs/changes/changed-files.js";
import { ImportTracer } from "../inputs/changes/import-tracer.js";
import { hasComputedImport } from "../inputs/changes/python-imports.js";
import { PythonModules } from "../inputs/changes/python-modules.js";
import { GitError } from "../inputs/git.js";
import { RecordedFiles } from "./recorded-files.js";

/**
 * A digest of all that a run is known to depend on: the code cells with their tags, what they import from files, the kernel's program and
 * packages, the lock files above, and how it is run. Undefined where code imports what only running it tells.
 */
export async function cacheKey(request: CacheRequest, version: string): Promise<string | undefined> {
  const { notebook, file, cwd, spec, options } = request;
  const cells = notebook.cells.filter(isCodeCell);
  const code = cells.map((cell) => joinLines(cell.source)).join("\n");
  if (hasComputedImport(code)) {
    return undefined;
  }
  const hash = createHash("sha256");
  add(hash, "poolbook", version);
  add(
    hash,
    "cells",
    cells.map(({ source, metadata }) => [joinLines(source), metadata.tags ?? []]),
  );
  add(hash, "execution", [notebook.metadata.execution, cwd]);
  add(hash, "options", [options.from, options.to, options.allowErrors]);
  add(hash, "kernel", [spec.name, spec.argv, spec.env]);
  await addProgram(hash, spec.argv);
  await addLockfiles(hash, path.dirname(file));
  await addSources(hash, code, file);
  return hash.digest("hex");
}

async function addSources(hash: Hash, code: string, file: string): Promise<void> {
  const folder = path.dirname(file);
  const recorded = new RecordedFiles(folder);
  const modules = await PythonModules.of(folder, []).catch((error: unknown) => {
    if (error instanceof GitError) {
      return PythonModules.below(folder);
    }
    throw error;
  });
  await new ImportTracer(recorded, modules, folder).trace(code, file);
  for (const each of [...recorded.files].sort()) {
    add(hash, each, await readFile(each, "base64").catch(() => null));
  }
  for (const each of [...recorded.folders].sort()) {
    add(hash, each, await listing(each));
  }
}

/** The program of a kernel and the packages beside it, by what is quick to learn of them. */
async function addProgram(hash: Hash, argv: string[]): Promise<void> {
  for (const word of argv.filter((each) => path.isAbsolute(each))) {
    const place = await realpath(word).catch(() => word);
    const stats = await stat(place).catch(() => undefined);
    add(hash, place, [stats?.size, stats?.mtimeMs]);
  }
  const libraries = path.join(path.dirname(path.dirname(argv[0] ?? "")), "lib");
  const pythons = (await readdir(libraries).catch(() => [])).filter((name) => name.startsWith("python"));
  for (const python of pythons) {
    const packages = await readdir(path.join(libraries, python, "site-packages")).catch(() => []);
    add(hash, python, packages.filter((name) => /\.(dist-info|egg-info|egg-link)$/.test(name)).sort());
  }
}

async function addLockfiles(hash: Hash, folder: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter(isLockfile).sort();
  for (const name of names) {
    add(hash, name, await readFile(path.join(folder, name), "base64").catch(() => null));
  }
  const parent = path.dirname(folder);
  if (parent !== folder) {
    await addLockfiles(hash, parent);
  }
}

/** The files of a linked package, by size and time. */
async function listing(folder: string): Promise<unknown[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const own = names.filter((name) => !/(^|[\\/])(node_modules|\.git)([\\/]|$)|\.ipynb$/.test(name)).sort();
  return await Promise.all(
    own.map(async (name) => {
      const stats = await stat(path.join(folder, name)).catch(() => undefined);
      return stats?.isFile() ? [name, stats.size, stats.mtimeMs] : [];
    }),
  );
}

function add(hash: Hash, name: string, value: unknown): void {
  hash.update(`${JSON.stringify([name, value])}\n`);
}

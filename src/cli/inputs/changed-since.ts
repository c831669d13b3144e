import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { isCodeCell, joinLines } from "../../document/notebook.js";
import { readSource } from "../../runner/files/notebook-file.js";
import { ChangedFiles } from "./changed-files.js";
import type { Input } from "./collect-inputs.js";
import { importedSpecifiers } from "./imported-specifiers.js";

const extensions = ["", ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];

/**
 * The inputs that differ from the git revision, or import (also by way of other files) something that does: a file by its path,
 * or a package that is linked into node_modules from the repository. A notebook that imports an installed package counts as
 * changed when the lockfile is. Throws UsageError where there is no such revision.
 */
export async function changedInputs(inputs: Input[], revision: string): Promise<Input[]> {
  const changed = await ChangedFiles.since(revision, path.dirname(path.resolve(inputs[0]?.file ?? ".")));
  const kept = await Promise.all(inputs.map(async ({ file }) => await isNotebookChanged(file, changed)));
  return inputs.filter((_, position) => kept[position]);
}

async function isNotebookChanged(file: string, changed: ChangedFiles): Promise<boolean> {
  const place = await realpath(file).catch(() => undefined);
  // A notebook that cannot be read says so when it is checked.
  if (place === undefined || changed.has(place)) {
    return true;
  }
  const source = await readSource(place).catch(() => undefined);
  if (!source) {
    return true;
  }
  const code = source.notebook.cells.filter(isCodeCell).map((cell) => joinLines(cell.source));
  return await importsChanged(code.join("\n"), place, changed, new Set());
}

async function importsChanged(
  code: string,
  file: string,
  changed: ChangedFiles,
  seen: Set<string>,
): Promise<boolean> {
  for (const specifier of importedSpecifiers(code)) {
    if (!/^\.{0,2}\//.test(specifier)) {
      if (await isPackageChanged(specifier, path.dirname(file), changed)) {
        return true;
      }
      continue;
    }
    for (const candidate of candidatesFor(path.resolve(path.dirname(file), specifier))) {
      if (changed.has(candidate)) {
        return true;
      }
      if (seen.has(candidate)) {
        continue;
      }
      seen.add(candidate);
      const text = await readFile(candidate, "utf8").catch(() => undefined);
      if (text !== undefined && (await importsChanged(text, candidate, changed, seen))) {
        return true;
      }
    }
  }
  return false;
}

function candidatesFor(base: string): string[] {
  return [...extensions.map((extension) => base + extension), base.replace(/\.([cm]?)js$/, ".$1ts")];
}

async function isPackageChanged(specifier: string, folder: string, changed: ChangedFiles): Promise<boolean> {
  if (specifier.startsWith("node:")) {
    return false;
  }
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  for (let at = folder; ; at = path.dirname(at)) {
    const place = await realpath(path.join(at, "node_modules", name)).catch(() => undefined);
    if (place !== undefined) {
      return isInstalled(place) ? changed.hasLockfile : changed.hasWithin(place);
    }
    if (path.dirname(at) === at) {
      return false;
    }
  }
}

function isInstalled(folder: string): boolean {
  return folder.split(path.sep).includes("node_modules");
}

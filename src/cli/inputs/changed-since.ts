import { execFile } from "node:child_process";
import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { readSource } from "../../checker/check-notebook.js";
import { isCodeCell, joinLines } from "../../document/notebook.js";
import { UsageError } from "../options/usage-error.js";
import type { Input } from "./collect-inputs.js";
import { importedSpecifiers } from "./imported-specifiers.js";

const extensions = ["", ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];
const lockfiles = ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"];

/**
 * The inputs that differ from the git revision, or import (also by way of other files) something that does: a file by its path,
 * or a package that is linked into node_modules from the repository. A notebook that imports an installed package counts as
 * changed when the lockfile is. Throws UsageError where there is no such revision.
 */
export async function changedInputs(inputs: Input[], revision: string): Promise<Input[]> {
  const changed = new ChangedFiles(
    await changedFiles(path.dirname(path.resolve(inputs[0]?.file ?? ".")), revision),
  );
  const kept = await Promise.all(inputs.map(async ({ file }) => await isNotebookChanged(file, changed)));
  return inputs.filter((_, position) => kept[position]);
}

/** Absolute paths of what differs from `revision`, with files that git does not know yet. */
async function changedFiles(folder: string, revision: string): Promise<string[]> {
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)("git", args, { cwd: folder, maxBuffer: 2 ** 28 });
    return stdout;
  };
  try {
    const root = (await git("rev-parse", "--show-toplevel")).trim();
    const commit = (await git("rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`)).trim();
    const known = await git("-C", root, "diff", "--name-only", "--no-renames", "-z", commit);
    const unknown = await git("-C", root, "ls-files", "--others", "--exclude-standard", "-z");
    return `${known}${unknown}`.split("\0").flatMap((name) => (name === "" ? [] : path.join(root, name)));
  } catch (cause) {
    const { stderr = "" } = cause as { stderr?: string };
    const reason = stderr.trim().split("\n").at(-1) || (cause as Error).message;
    throw new UsageError(`--changed-since ${revision}: ${reason}`, { cause });
  }
}

class ChangedFiles {
  #files: Set<string>;

  constructor(files: string[]) {
    this.#files = new Set(files);
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  /** Whether something of a package has changed that can matter to whoever imports it. */
  hasWithin(folder: string): boolean {
    return [...this.#files].some(
      (file) => file.startsWith(folder + path.sep) && !/\.(ipynb|md)$|[\\/]node_modules[\\/]/.test(file),
    );
  }

  get hasLockfile(): boolean {
    return [...this.#files].some((file) => lockfiles.includes(path.basename(file)));
  }
}

async function isNotebookChanged(file: string, changed: ChangedFiles): Promise<boolean> {
  const place = await realpath(file).catch(() => undefined);
  // What cannot be read says so when it is checked.
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
    const base = path.resolve(path.dirname(file), specifier);
    const candidates = [
      ...extensions.map((extension) => base + extension),
      base.replace(/\.([cm]?)js$/, ".$1ts"),
    ];
    for (const candidate of candidates) {
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

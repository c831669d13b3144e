import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const isWindows = process.platform === "win32";
const programs = isWindows ? ["python.exe", "jupyter.exe"] : ["python3", "python", "jupyter"];
const environmentMarks = ["pyvenv.cfg", "conda-meta"];
const answerLimit = 10_000;

/** Prefixes of Pythons, as their `sys.prefix` says. */
export interface Prefixes {
  /** Virtual and conda environments. */
  environments: string[];
  others: string[];
}

/**
 * The prefixes of the Pythons and Jupyters on the PATH, in its order. No variable names that of a Python which a CI service brings, or of
 * an environment that was put on the PATH without being activated.
 */
export function prefixesOnPath(): Prefixes {
  const found: Prefixes = { environments: [], others: [] };
  for (const folder of foldersOnPath()) {
    const prefix = prefixOf(folder);
    if (prefix !== undefined && holdsOneOf(folder, programs)) {
      found[holdsOneOf(prefix, environmentMarks) ? "environments" : "others"].push(prefix);
    }
  }
  return found;
}

/** The prefix of the Python for which a shim of pyenv, asdf or mise stands on the PATH, which Python itself is asked for. */
export async function prefixBehindShim(): Promise<string | undefined> {
  const shims = foldersOnPath().find((folder) => path.basename(folder) === "shims");
  if (shims === undefined) {
    return undefined;
  }
  for (const program of ["python3", "python"]) {
    const asked = promisify(execFile)(path.join(shims, program), ["-c", "import sys; print(sys.prefix)"], {
      timeout: answerLimit,
    });
    const prefix = await asked.then(({ stdout }) => stdout.trim()).catch(() => "");
    if (prefix !== "") {
      return prefix;
    }
  }
  return undefined;
}

function foldersOnPath(): string[] {
  return (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
}

function prefixOf(folder: string): string | undefined {
  const name = path.basename(folder).toLowerCase();
  if (isWindows) {
    return name === "scripts" ? path.dirname(folder) : folder;
  }
  return name === "bin" ? path.dirname(folder) : undefined;
}

function holdsOneOf(folder: string, names: string[]): boolean {
  return names.some((name) => existsSync(path.join(folder, name)));
}

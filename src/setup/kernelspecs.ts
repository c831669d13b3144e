import { access, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { userDataFolder } from "../kernel/data-folder.js";
import { type Kernelspec, prefixOfKernelspec } from "./found-kernelspec.js";
import { ownKernelspec } from "./own-kernelspec.js";
import { prefixBehindShim, prefixesOnPath } from "./path-prefixes.js";

/** Thrown when a notebook names a kernel that is not installed; the message lists those that are. */
export class NoSuchKernelError extends Error {
  override name = "NoSuchKernelError";
}

/** Kernelspecs by name, and what is wrong with those that cannot be used. */
export type Kernelspecs = Map<string, Kernelspec> & { broken?: Map<string, string> };

/**
 * The installed kernelspecs by name, searched as Jupyter does: the folders in JUPYTER_PATH, poolbook's own kernel, the
 * active virtual or conda environment, or one on the PATH, the user's folder, those of other Pythons on the PATH, the system's. The first
 * of a name wins, and `python` is another name of `python3`.
 */
export async function findKernelspecs(): Promise<Kernelspecs> {
  const explicit = await readKernelspecs(splitPath(process.env.JUPYTER_PATH));
  const { environments, others } = prefixesOnPath();
  const installed = await readKernelspecs([
    ...[...activeEnvironments(), ...environments].map(dataDirOf),
    userDataFolder(),
    ...others.map(dataDirOf),
    ...systemDirs(),
  ]);
  const specs = Object.assign(new Map<string, Kernelspec>(), { broken: new Map<string, string>() });
  addAll(specs, [...explicit, ownKernelspec(), ...installed]);
  if (!specs.has("python3")) {
    const prefix = await prefixBehindShim();
    addAll(specs, prefix === undefined ? [] : await readKernelspecs([dataDirOf(prefix)]));
  }
  const python = specs.get("python3");
  if (python && !specs.has("python")) {
    specs.set("python", python);
  }
  return specs;
}

type Found = Kernelspec | { name: string; problem: string };

function addAll(specs: Map<string, Kernelspec> & { broken: Map<string, string> }, found: Found[]): void {
  for (const spec of found) {
    if ("problem" in spec) {
      specs.broken.set(spec.name, specs.broken.get(spec.name) ?? spec.problem);
    } else if (!specs.has(spec.name)) {
      specs.set(spec.name, spec);
    }
  }
}

/** The kernelspec called `name`. Throws NoSuchKernelError. */
export async function findKernelspec(name: string): Promise<Kernelspec> {
  const installed = await findKernelspecs();
  return installed.get(name.toLowerCase()) ?? noSuchKernel(name, installed);
}

export function noSuchKernel(name: string, installed: Kernelspecs): never {
  const asked = name.toLowerCase();
  const problem =
    installed.broken?.get(asked) ?? (asked === "python" ? installed.broken?.get("python3") : undefined);
  if (problem !== undefined) {
    throw new NoSuchKernelError(`the kernel named "${name}" cannot be used: ${problem}`);
  }
  throw new NoSuchKernelError(
    `no kernel named "${name}" is installed; installed: ${installedNames(installed)}`,
  );
}

function installedNames(installed: Map<string, Kernelspec>): string {
  return [...new Set([...installed.values()].map((spec) => spec.name))].sort().join(", ");
}

async function readKernelspecs(dataDirs: string[]): Promise<Found[]> {
  const found = await Promise.all(dataDirs.map((dir) => readKernelsDir(path.join(dir, "kernels"))));
  return found.flat();
}

async function readKernelsDir(dir: string): Promise<Found[]> {
  const names = await readdir(dir).catch(() => []);
  const specs = await Promise.all(names.sort().map((name) => readKernelspec(path.join(dir, name))));
  return specs.filter((spec) => spec !== undefined);
}

/** A folder without `kernel.json` is no kernelspec, as in jupyter_client. */
async function readKernelspec(resourceDir: string): Promise<Found | undefined> {
  const file = path.join(resourceDir, "kernel.json");
  const name = path.basename(resourceDir).toLowerCase();
  try {
    const spec = Object(JSON.parse(await readFile(file, "utf8")));
    if (!isCommand(spec.argv)) {
      return { name, problem: `${file}: expected \`argv\` to be a list of words, got ${show(spec.argv)}` };
    }
    const argv = await withOwnPython(spec.argv, resourceDir);
    const { display_name = name, language = "", env } = spec;
    const variables = typeof env === "object" && env !== null ? env : {};
    return {
      ...spec,
      argv,
      display_name: String(display_name),
      language: String(language),
      env: variables,
      name,
      resourceDir,
    };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return { name, problem: `${file}: not JSON: ${error.message}` };
    }
    const { code = "", message } = error as NodeJS.ErrnoException;
    return ["ENOENT", "ENOTDIR"].includes(code) ? undefined : { name, problem: `${file}: ${message}` };
  }
}

function show(value: unknown): string {
  return `\`${JSON.stringify(value) ?? "nothing"}\``;
}

function isCommand(argv: unknown): argv is string[] {
  return (
    Array.isArray(argv) &&
    argv.every((word) => typeof word === "string") &&
    !["", undefined].includes(argv[0])
  );
}

/** A bare `python` means that of the environment which holds the kernelspec, as it does for a Jupyter in there. */
async function withOwnPython([command = "", ...args]: string[], resourceDir: string): Promise<string[]> {
  if (!/^python[\d.]*$/.test(command)) {
    return [command, ...args];
  }
  const prefix = prefixOfKernelspec(resourceDir);
  const python =
    process.platform === "win32" ? path.join(prefix, "python.exe") : path.join(prefix, "bin", command);
  const exists = await access(python).then(
    () => true,
    () => false,
  );
  return [exists ? python : command, ...args];
}

function activeEnvironments(): string[] {
  return [process.env.VIRTUAL_ENV, process.env.CONDA_PREFIX].flatMap((prefix) => prefix || []);
}

function dataDirOf(prefix: string): string {
  return path.join(prefix, "share", "jupyter");
}

function systemDirs(): string[] {
  if (process.platform === "win32") {
    return [path.join(process.env.PROGRAMDATA ?? "C:\\ProgramData", "jupyter")];
  }
  return ["/usr/local/share/jupyter", "/usr/share/jupyter"];
}

function splitPath(value: string | undefined): string[] {
  return (value ?? "").split(path.delimiter).filter((entry) => entry !== "");
}

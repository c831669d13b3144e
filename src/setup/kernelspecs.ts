import { access, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { userDataFolder } from "../kernel/data-folder.js";
import type { Kernelspec } from "./found-kernelspec.js";
import { ownKernelspec } from "./own-kernelspec.js";

/** Thrown when a notebook names a kernel that is not installed; the message lists those that are. */
export class NoSuchKernelError extends Error {
  override name = "NoSuchKernelError";
}

/**
 * The installed kernelspecs by name, searched as Jupyter does: the folders in JUPYTER_PATH, poolbook's own kernel, the
 * active virtual or conda environment, the user's folder, the system's. The first of a name wins, and `python` is
 * another name of `python3`.
 */
export async function findKernelspecs(): Promise<Map<string, Kernelspec>> {
  const explicit = await readKernelspecs(splitPath(process.env.JUPYTER_PATH));
  const installed = await readKernelspecs([...environmentDirs(), userDataFolder(), ...systemDirs()]);
  const specs = new Map<string, Kernelspec>();
  for (const spec of [...explicit, ownKernelspec(), ...installed]) {
    if (!specs.has(spec.name)) {
      specs.set(spec.name, spec);
    }
  }
  const python = specs.get("python3");
  if (python && !specs.has("python")) {
    specs.set("python", python);
  }
  return specs;
}

/** The kernelspec called `name`. Throws NoSuchKernelError. */
export async function findKernelspec(name: string): Promise<Kernelspec> {
  const installed = await findKernelspecs();
  return installed.get(name.toLowerCase()) ?? noSuchKernel(name, installed);
}

export function noSuchKernel(name: string, installed: Map<string, Kernelspec>): never {
  throw new NoSuchKernelError(
    `no kernel named "${name}" is installed; installed: ${installedNames(installed)}`,
  );
}

function installedNames(installed: Map<string, Kernelspec>): string {
  return [...new Set([...installed.values()].map((spec) => spec.name))].sort().join(", ");
}

async function readKernelspecs(dataDirs: string[]): Promise<Kernelspec[]> {
  const found = await Promise.all(dataDirs.map((dir) => readKernelsDir(path.join(dir, "kernels"))));
  return found.flat();
}

async function readKernelsDir(dir: string): Promise<Kernelspec[]> {
  const names = await readdir(dir).catch(() => []);
  const specs = await Promise.all(names.sort().map((name) => readKernelspec(path.join(dir, name))));
  return specs.filter((spec) => spec !== undefined);
}

/** A folder without a readable `kernel.json` is no kernelspec, as in jupyter_client. */
async function readKernelspec(resourceDir: string): Promise<Kernelspec | undefined> {
  try {
    const spec = JSON.parse(await readFile(path.join(resourceDir, "kernel.json"), "utf8"));
    if (!Array.isArray(spec.argv)) {
      return undefined;
    }
    const argv = await withOwnPython(spec.argv, resourceDir);
    return { ...spec, argv, name: path.basename(resourceDir).toLowerCase(), resourceDir };
  } catch {
    return undefined;
  }
}

/** A bare `python` means that of the environment which holds the kernelspec, as it does for a Jupyter in there. */
async function withOwnPython([command = "", ...args]: string[], resourceDir: string): Promise<string[]> {
  if (!/^python[\d.]*$/.test(command)) {
    return [command, ...args];
  }
  const prefix = path.resolve(resourceDir, "..", "..", "..", "..");
  const python =
    process.platform === "win32" ? path.join(prefix, "python.exe") : path.join(prefix, "bin", command);
  const exists = await access(python).then(
    () => true,
    () => false,
  );
  return [exists ? python : command, ...args];
}

function environmentDirs(): string[] {
  return [process.env.VIRTUAL_ENV, process.env.CONDA_PREFIX].flatMap((prefix) =>
    prefix === undefined || prefix === "" ? [] : path.join(prefix, "share", "jupyter"),
  );
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

import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type KernelspecOptions, kernelspec } from "../kernel/kernelspec.js";
import { SetupError } from "./find-python.js";

export interface InstallKernelOptions extends KernelspecOptions {
  /** The name by which notebooks ask for the kernel. */
  name: string;
  /** Default: the kernelspec's own. */
  displayName?: string;
  /** Takes the place of a kernel that is not poolbook's. */
  force?: boolean;
}

/** Jupyter's data folder of a prefix. Throws SetupError where there is no such folder. */
export function dataFolderOf(prefix: string): string {
  if (!statSync(prefix, { throwIfNoEntry: false })?.isDirectory()) {
    throw new SetupError(`The prefix "${prefix}" is not a folder`);
  }
  return path.join(path.resolve(prefix), "share", "jupyter");
}

/** Writes a kernelspec into a data folder of Jupyter's, and returns its folder. Throws SetupError when the name is taken. */
export async function installKernel(dataFolder: string, options: InstallKernelOptions): Promise<string> {
  const folder = folderOf(dataFolder, options.name);
  if (!options.force && existsSync(folder) && !isOurs(folder)) {
    throw new SetupError(`"${options.name}" is another kernel, in ${folder}; --force replaces it`);
  }
  const spec = kernelspec(options);
  const content = { ...spec, display_name: options.displayName ?? spec.display_name };
  const file = path.join(folder, "kernel.json");
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`);
  await rename(`${file}.new`, file);
  return folder;
}

/** The folders of poolbook's kernels in a data folder of Jupyter's. */
export async function listKernels(dataFolder: string): Promise<string[]> {
  const kernels = path.join(dataFolder, "kernels");
  const names = await readdir(kernels).catch(() => []);
  return names
    .sort()
    .map((name) => path.join(kernels, name))
    .filter(isOurs);
}

/** Removes a kernel of poolbook's, and returns the folder it was in. Throws SetupError when it is none. */
export async function uninstallKernel(dataFolder: string, name: string): Promise<string> {
  const folder = folderOf(dataFolder, name);
  if (!existsSync(folder)) {
    throw new SetupError(`No kernel "${name}" is installed in ${path.dirname(folder)}`);
  }
  if (!isOurs(folder)) {
    throw new SetupError(`"${name}" in ${folder} is not poolbook's, and stays`);
  }
  await rm(folder, { recursive: true });
  return folder;
}

function folderOf(dataFolder: string, name: string): string {
  if (!/^[a-z0-9_-][a-z0-9._-]*$/i.test(name)) {
    throw new SetupError(`Expected a kernel's name of letters, digits, ".", "-" and "_", got "${name}"`);
  }
  return path.join(dataFolder, "kernels", name.toLowerCase());
}

function isOurs(folder: string): boolean {
  try {
    const spec = JSON.parse(readFileSync(path.join(folder, "kernel.json"), "utf8"));
    return spec.metadata?.poolbook !== undefined;
  } catch {
    return false;
  }
}

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { SetupError } from "./find-python.js";
import { type InstallKernelOptions, installKernelspec } from "./install-kernelspec.js";
import { installLabExtension, removeLabExtension } from "./lab-extension-installation.js";

/** Jupyter's data folder of a prefix. Throws SetupError where there is no such folder. */
export function dataFolderOf(prefix: string): string {
  if (!statSync(prefix, { throwIfNoEntry: false })?.isDirectory()) {
    throw new SetupError(`The prefix "${prefix}" is not a folder`);
  }
  return path.join(path.resolve(prefix), "share", "jupyter");
}

/**
 * Writes kernelspecs and JupyterLab's side of them into a data folder of Jupyter's, all or nothing, and returns their
 * folders. Throws SetupError when one of the names is another kernel's; with `force` that kernel is replaced.
 */
export async function installKernels(
  dataFolder: string,
  kernels: readonly InstallKernelOptions[],
  force = false,
): Promise<{ kernelspecs: string[]; labExtension: string }> {
  const taken = kernels.map(({ name }) => folderOf(dataFolder, name)).filter(isAnothers);
  if (taken.length > 0 && !force) {
    throw new SetupError(
      `"${path.basename(taken[0] ?? "")}" is another kernel, in ${taken[0]}; --force replaces it`,
    );
  }
  await Promise.all(taken.map((folder) => rm(folder, { recursive: true })));
  const kernelspecs: string[] = [];
  for (const kernel of kernels) {
    kernelspecs.push(await installKernelspec(dataFolder, { ...kernel, name: kernel.name.toLowerCase() }));
  }
  return { kernelspecs, labExtension: await installLabExtension(dataFolder) };
}

/** The folders of poolbook's kernels in a data folder of Jupyter's. */
export function listKernels(dataFolder: string): string[] {
  return kernelFolders(dataFolder).filter(isOurs);
}

/**
 * Removes kernels of poolbook's, and with the last of them JupyterLab's side. Returns the folders that are gone. Throws
 * SetupError, and removes nothing, when one of the names is none of poolbook's.
 */
export async function uninstallKernels(dataFolder: string, names: readonly string[]): Promise<string[]> {
  const folders = names.map((name) => folderToRemove(dataFolder, name));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
  const labExtension =
    listKernels(dataFolder).length === 0 ? await removeLabExtension(dataFolder) : undefined;
  return [...folders, ...(labExtension === undefined ? [] : [labExtension])];
}

function folderToRemove(dataFolder: string, name: string): string {
  const folder = folderOf(dataFolder, name);
  if (!existsSync(folder)) {
    throw new SetupError(`No kernel "${name}" is installed in ${path.dirname(folder)}`);
  }
  if (!isOurs(folder)) {
    throw new SetupError(`"${name}" in ${folder} is not poolbook's, and stays`);
  }
  if (specOf(folder).argv?.[0] === "poolbook-kernel") {
    throw new SetupError(
      `"${name}" in ${folder} came with pip, and goes with: pip uninstall poolbook-kernel`,
    );
  }
  return folder;
}

/** Jupyter takes names without regard to case. */
function folderOf(dataFolder: string, name: string): string {
  if (!/^[a-z0-9_-][a-z0-9._-]*$/i.test(name)) {
    throw new SetupError(`Expected a kernel's name of letters, digits, ".", "-" and "_", got "${name}"`);
  }
  const wanted = path.join(dataFolder, "kernels", name.toLowerCase());
  const isSame = (folder: string) => path.basename(folder).toLowerCase() === name.toLowerCase();
  return kernelFolders(dataFolder).find(isSame) ?? wanted;
}

function kernelFolders(dataFolder: string): string[] {
  const kernels = path.join(dataFolder, "kernels");
  return existsSync(kernels)
    ? readdirSync(kernels)
        .sort()
        .map((name) => path.join(kernels, name))
    : [];
}

function isAnothers(folder: string): boolean {
  return existsSync(folder) && !isOurs(folder);
}

function isOurs(folder: string): boolean {
  return specOf(folder).metadata?.poolbook !== undefined;
}

function specOf(folder: string): { argv?: string[]; metadata?: { poolbook?: unknown } } {
  try {
    return Object(JSON.parse(readFileSync(path.join(folder, "kernel.json"), "utf8")));
  } catch {
    return {};
  }
}

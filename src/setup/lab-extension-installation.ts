import { existsSync } from "node:fs";
import { cp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../lab-extension", import.meta.url));

/**
 * Copies JupyterLab's side of the kernel into a data folder of Jupyter's, to `labextensions/poolbook-lab`, where a
 * JupyterLab that looks there finds it. Returns the extension's folder.
 */
export async function installLabExtension(dataFolder: string): Promise<string> {
  const folder = folderIn(dataFolder);
  const fresh = `${folder}.${process.pid}`;
  await cp(built, fresh, { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  return folder;
}

/** Removes JupyterLab's side of the kernel from a data folder of Jupyter's, and returns where it was, if it was there. */
export async function removeLabExtension(dataFolder: string): Promise<string | undefined> {
  const folder = folderIn(dataFolder);
  if (!existsSync(folder)) {
    return undefined;
  }
  await rm(folder, { recursive: true });
  return folder;
}

function folderIn(dataFolder: string): string {
  return path.join(dataFolder, "labextensions", "poolbook-lab");
}

import { cp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../lab-extension", import.meta.url));

/**
 * Copies JupyterLab's side of the kernel below the folder `prefix`, to `share/jupyter/labextensions/poolbook-lab`, where a
 * JupyterLab of that prefix finds it. Returns the extension's folder.
 */
export async function installLabExtension(prefix: string): Promise<string> {
  const folder = path.join(prefix, "share", "jupyter", "labextensions", "poolbook-lab");
  const fresh = `${folder}.${process.pid}`;
  await cp(built, fresh, { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  return folder;
}

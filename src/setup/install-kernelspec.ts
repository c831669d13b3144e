import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { ownKernelspec } from "./own-kernelspec.js";

/**
 * Writes poolbook's kernelspec below the folder `prefix`, to `share/jupyter/kernels/tslab`, where a Jupyter of that
 * prefix finds it. Returns the kernelspec's folder.
 */
export async function installKernelspec(prefix: string): Promise<string> {
  const { name, resourceDir, ...spec } = ownKernelspec();
  const dir = path.join(prefix, "share", "jupyter", "kernels", name);
  const file = path.join(dir, "kernel.json");
  await mkdir(dir, { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(spec, null, 2)}\n`);
  await rename(`${file}.new`, file);
  return dir;
}

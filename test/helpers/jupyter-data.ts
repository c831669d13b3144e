import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kernelspec } from "#dist/kernel/kernelspec.js";

export interface JupyterData {
  /** What makes Jupyter find the kernel `tslab` of this build, and no settings of the user's. */
  env: NodeJS.ProcessEnv;
  folder: string;
  remove(): Promise<void>;
}

export async function createJupyterData(): Promise<JupyterData> {
  const folder = await mkdtemp(join(tmpdir(), "jupyter-"));
  const kernel = join(folder, "kernels", "tslab");
  await mkdir(kernel, { recursive: true });
  await writeFile(join(kernel, "kernel.json"), JSON.stringify(kernelspec()));
  return {
    folder,
    env: {
      ...process.env,
      JUPYTER_PATH: folder,
      JUPYTER_CONFIG_DIR: join(folder, "config"),
      JUPYTER_DATA_DIR: join(folder, "data"),
      JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
      IPYTHONDIR: join(folder, "ipython"),
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

import { cp, mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type KernelspecOptions, kernelspec } from "../kernel/kernelspec.js";

export interface InstallKernelOptions extends KernelspecOptions {
  /** The name by which notebooks ask for the kernel. */
  name: string;
  /** Default: the kernelspec's own. */
  displayName?: string;
}

const starter = fileURLToPath(new URL("./start-installed-kernel.js", import.meta.url));

/**
 * Writes poolbook's kernelspec into a data folder of Jupyter's, to `kernels/NAME`, where a Jupyter that looks there
 * finds it. It starts the kernel through a script of its own, which says so when the package has gone. Returns the
 * kernelspec's folder.
 */
export async function installKernelspec(dataFolder: string, options: InstallKernelOptions): Promise<string> {
  const folder = path.join(dataFolder, "kernels", options.name);
  const { argv, display_name, metadata, ...spec } = kernelspec(options);
  const script = path.join(folder, "start.mjs");
  const launcher = argv.findIndex((argument) => argument.endsWith("main.js"));
  const content = {
    argv: argv.toSpliced(launcher, 0, script),
    display_name: options.displayName ?? display_name,
    ...spec,
    metadata: {
      ...metadata,
      poolbook: { ...Object(metadata.poolbook), install: installCommand(dataFolder, options) },
    },
  };
  const file = path.join(folder, "kernel.json");
  await mkdir(folder, { recursive: true });
  try {
    await cp(starter, script);
    await writeFile(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    // On a full disk they name what is read, or nothing.
    throw Object.assign(error as Error, { path: folder });
  }
  await rename(`${file}.new`, file);
  return folder;
}

/** The command that writes the same kernelspec again. */
function installCommand(dataFolder: string, { name, displayName, javascript }: InstallKernelOptions): string {
  const share = path.dirname(path.resolve(dataFolder));
  const words = ["npx", "poolbook", "kernel", "install"];
  const place = path.basename(share) === "share" ? ["--prefix", path.dirname(share)] : ["--user"];
  const language = javascript ? ["--js"] : [];
  const own = [
    ...language,
    "--name",
    name,
    ...(displayName === undefined ? [] : ["--display-name", displayName]),
  ];
  const isUsual = displayName === undefined && name === (javascript ? "jslab" : "tslab");
  return [...words, ...place, ...(isUsual ? language : own)].map(quoted).join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : JSON.stringify(word);
}

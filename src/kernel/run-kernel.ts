import { readConnectionFile } from "../jupyter/connection-file.js";
import { createLanguage } from "../language/index.js";
import { cellSurroundings } from "./cell-surroundings.js";
import { startKernel } from "./executor/start-kernel.js";
import { javascriptFlag, settingsVariable } from "./kernelspec.js";
import { outdatedKernelspec } from "./outdated-kernelspec.js";
import { checkVersions, installedVersion } from "./versions.js";

/**
 * Starts the kernel with the arguments of its command line: the path of a connection file, and flags. `jupyter run`
 * hands on the names of its files as well.
 */
export function runKernel([path, ...words]: string[]): void {
  const flags = words.filter((word) => word.startsWith("-"));
  const javascript = flags.includes(javascriptFlag);
  if (!path) {
    throw new TypeError("Expected the path of a connection file as the first argument");
  }
  checkVersions();
  const { execArgv, env } = process;
  const notice = outdatedKernelspec({ execArgv, flags, nodeOptions: env.NODE_OPTIONS });
  if (notice) {
    console.error(`poolbook kernel: ${notice}`);
  }
  const settings = JSON.parse(env[settingsVariable] || "{}");
  startKernel({
    connection: readConnectionFile(path),
    language: createLanguage({
      javascript,
      ...cellSurroundings,
      settings,
    }),
    settings,
    javascript,
    notice,
    implementationVersion: installedVersion("tslab"),
  });
}

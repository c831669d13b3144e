import { readConnectionFile } from "../jupyter/connection-file.js";
import { createLanguage } from "../language/index.js";
import { cellSurroundings } from "./cell-surroundings.js";
import { startKernel } from "./executor/start-kernel.js";
import { javascriptFlag, settingsVariable } from "./kernelspec.js";
import { outdatedKernelspec } from "./outdated-kernelspec.js";
import { checkVersions, installedVersion } from "./versions.js";

const [path, ...flags] = process.argv.slice(2);
const javascript = flags.includes(javascriptFlag);

try {
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
} catch (error) {
  console.error(`poolbook kernel: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}

import { fileURLToPath } from "node:url";
import { readConnectionFile } from "../jupyter/connection-file.js";
import { createLanguage } from "../language/index.js";
import { startKernel } from "./executor/start-kernel.js";
import { checkVersions, installedVersion } from "./versions.js";

const [path, ...flags] = process.argv.slice(2);
const javascript = flags.includes("--js");

try {
  if (!path) {
    throw new TypeError("Expected the path of a connection file as the first argument");
  }
  checkVersions();
  startKernel({
    connection: readConnectionFile(path),
    language: createLanguage({
      javascript,
      globals: fileURLToPath(new URL("./shared/cell-globals.d.ts", import.meta.url)),
    }),
    javascript,
    implementationVersion: installedVersion("tslab"),
  });
} catch (error) {
  console.error(`poolbook kernel: ${(error as Error).message}`);
  process.exitCode = 2;
}

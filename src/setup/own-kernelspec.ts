import { fileURLToPath } from "node:url";
import type { Kernelspec } from "./kernelspecs.js";

/** The kernelspec of poolbook's own kernel, with absolute paths to this Node and to the launcher. */
export function ownKernelspec(): Kernelspec {
  const launcher = fileURLToPath(new URL("../kernel/main.js", import.meta.url));
  return {
    name: "tslab",
    argv: [process.execPath, launcher, "{connection_file}"],
    display_name: "TypeScript (tslab)",
    language: "typescript",
  };
}

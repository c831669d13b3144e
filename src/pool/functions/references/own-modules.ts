import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import * as currentProcess from "../../current-process.cjs";
import * as currentTask from "../../current-task.cjs";
import * as errors from "../../errors.cjs";
import * as transfer from "../../wire/transfer.cjs";

const ownFolder = join(dirname(fileURLToPath(new URL("../../current-process.cjs", import.meta.url))), sep);

const ownCode = new URL("../../../", import.meta.url).href;

/** Modules of this package that a worker loads by themselves; in the main process they are parts of another file. */
export const ownModules = Object.entries({
  "current-process.cjs": currentProcess,
  "current-task.cjs": currentTask,
  "errors.cjs": errors,
  "wire/transfer.cjs": transfer,
}).map(([file, exports]) => ({ module: join(ownFolder, file), exports: { ...exports } }));

export function isOwn(module: string): boolean {
  return module.startsWith(ownFolder);
}

/** The script, by its URL, is of this package: the kernel puts functions of its own in the place of some of Node's. */
export function isOwnScript(url: string): boolean {
  return url.startsWith(ownCode);
}

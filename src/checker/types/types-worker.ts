import { parentPort, workerData } from "node:worker_threads";
import { TypesOfNotebooks } from "./check-types.js";
import type { TypesOptions } from "./types-options.js";

// A thread that checks the notebooks whose paths come, one answer (a NotebookTypes) for each; `undefined` ends it.

const options: TypesOptions = workerData;
const checker = new TypesOfNotebooks(options);
parentPort?.on("message", async (file: string | undefined) => {
  if (file === undefined) {
    checker.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(await checker.check(file));
});

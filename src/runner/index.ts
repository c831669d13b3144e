/// <reference types="node" preserve="true" />
import "../needs-node.cjs";
import type { Notebook } from "../document/notebook.js";
import { checkInstalled, loaded } from "../missing-package.js";
import type { NotebookResult } from "./result/notebook-result.js";
import type { RunOptions } from "./run-options.js";

export { NotebookFormatError } from "../document/notebook.js";
export {
  ParameterError,
  type Parameters,
  type ParameterValue,
} from "../document/parameters/parameter-value.js";
export { NoSuchKernelError } from "../setup/kernelspecs.js";
export type { CacheRequest, ExecutionCache } from "./execution-cache.js";
export { NotebookSaveError } from "./files/notebook-file.js";
export { KernelStartError } from "./kernels/kernel-start-error.js";
export type { ServerOptions } from "./kernels/server/server-options.js";
export type { CellError, CellResult, CellStatus, NotebookResult } from "./result/notebook-result.js";
export type { CellPlace, RunEvent } from "./result/run-event.js";
export type { RunOptions } from "./run-options.js";

checkInstalled(["zeromq"]);

/**
 * Executes a notebook, cell after cell on one fresh kernel. `input` is the path of its file, which is not changed, or
 * the notebook itself, which is changed in place. The first cell that fails ends the run.
 *
 * Throws NotebookFormatError, ParameterError, NoSuchKernelError, KernelStartError, or the file system's error, when
 * nothing could be run or saved.
 */
export async function runNotebook(
  input: string | Notebook,
  options: RunOptions = {},
): Promise<NotebookResult> {
  const implementation = await loaded(import("./run-notebook.js"));
  return await implementation.runNotebook(input, options);
}

/// <reference types="node" preserve="true" />
import "../needs-node.cjs";

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
export { runNotebook } from "./run-notebook.js";
export type { RunOptions } from "./run-options.js";

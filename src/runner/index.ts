export { NotebookFormatError } from "../document/notebook.js";
export { ParameterError, type Parameters, type ParameterValue } from "../document/parameters/value.js";
export { NoSuchKernelError } from "../setup/kernelspecs.js";
export type { ServerOptions } from "./jupyter-server.js";
export type { CellError, CellResult, CellStatus, NotebookResult } from "./notebook-result.js";
export type { RunEvent } from "./run-event.js";
export { runNotebook } from "./run-notebook.js";
export type { RunOptions } from "./run-options.js";
export { KernelStartError } from "./transport.js";

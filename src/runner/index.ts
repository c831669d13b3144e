export { NotebookFormatError } from "../document/notebook.js";
export { NoSuchKernelError } from "../setup/kernelspecs.js";
export type { CellError, CellResult, CellStatus, NotebookResult } from "./notebook-result.js";
export { type RunEvent, type RunOptions, runNotebook } from "./run-notebook.js";
export { KernelStartError } from "./transport.js";

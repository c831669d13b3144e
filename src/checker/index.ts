export type { CheckSettings } from "../document/comparison/rules/check-rules.js";
export { checkNotebook } from "./check-notebook.js";
export type { CheckOptions } from "./check-options.js";
export type { CellCheck, Difference, DiffLine, NotebookCheck } from "./notebook-check.js";

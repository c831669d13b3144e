/// <reference types="node" preserve="true" />
import "../needs-node.cjs";

export type { CheckSettings } from "../document/comparison/rules/check-rules.js";
export { checkNotebook } from "./check-notebook.js";
export type { CheckOptions } from "./check-options.js";
export type { CellCheck, Difference, DiffLine, NotebookCheck } from "./notebook-check.js";
export { checkTypes } from "./types/check-types.js";
export type { CellTypes, NotebookTypes, TextPlace, TypeDiagnostic } from "./types/notebook-types.js";
export type { TypesOptions } from "./types/types-options.js";

/// <reference types="node" preserve="true" />
import "../needs-node.cjs";
import { checkInstalled, loaded } from "../missing-package.js";
import type { CheckOptions } from "./check-options.js";
import type { NotebookCheck } from "./notebook-check.js";
import type { NotebookTypes } from "./types/notebook-types.js";
import type { TypesOptions } from "./types/types-options.js";

export type { CheckSettings } from "../document/comparison/rules/check-rules.js";
export type { CheckOptions } from "./check-options.js";
export type { CellCheck, Difference, DiffLine, NotebookCheck } from "./notebook-check.js";
export type { CellTypes, NotebookTypes, TextPlace, TypeDiagnostic } from "./types/notebook-types.js";
export type { TypesOptions } from "./types/types-options.js";

checkInstalled(["typescript"]);

/**
 * Executes the notebook in `file` on a fresh kernel and compares what comes out with the outputs that the file holds, by the rules
 * of package.json, `options.settings`, and the notebook's own metadata and tags. The file is changed with `options.update` only.
 *
 * Never rejects on account of the notebook: one that cannot be read or run has the status `could-not-run`, and says why.
 */
export async function checkNotebook(file: string, options: CheckOptions = {}): Promise<NotebookCheck> {
  const implementation = await loaded(import("./check-notebook.js"));
  return await implementation.checkNotebook(file, options);
}

/**
 * Checks the types of the notebook in `file` without running anything: the verdict of poolbook's kernel on each cell
 * after the cells before it. A cell with errors still declares what it can.
 *
 * Never rejects on account of the notebook: one that cannot be read has the status `could-not-run`, and says why.
 */
export async function checkTypes(file: string, options: TypesOptions = {}): Promise<NotebookTypes> {
  const implementation = await loaded(import("./types/check-types.js"));
  return await implementation.checkTypes(file, options);
}

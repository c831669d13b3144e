import { notebookExports } from "./notebook-exports.js";

/** Holds nothing but the exports of a module or of the notebook's cells. */
export function isNamespace(value: unknown): value is object {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return value === notebookExports() || isModule(value);
}

/** Holds the exports of a module, compiled ones included. */
export function isModule(value: object): boolean {
  return "__esModule" in value || Object.prototype.toString.call(value) === "[object Module]";
}

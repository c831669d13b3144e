import type { Helper } from "./prologue.js";

/** What becomes known of a cell while it is compiled. */
export interface CellFacts {
  lastExpressionName?: string;
  hasTopLevelAwait: boolean;
  usesJsx: boolean;
  /** What the cell's text calls and its prologue must define. */
  helpers: Set<Helper>;
  /** Whether a module is a file of the notebook's own, not a package. */
  isLocal(specifier: string): boolean;
}

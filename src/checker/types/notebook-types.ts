/** A place in a cell or a file, counted from one, columns in UTF-16 units. */
export interface TextPlace {
  line: number;
  column: number;
}

/** One finding of TypeScript in a cell, or in a file that the cell imports. */
export interface TypeDiagnostic {
  /** TypeScript's number: 2345 for TS2345. */
  code: number;
  message: string;
  /** `notebook.ipynb:cell_3:2:14`, or `folder/util.ts:2:14` for an imported file. */
  location: string;
  /** The imported file, from the notebook's folder on; absent when it is about the cell. */
  file?: string;
  start: TextPlace;
  end: TextPlace;
  /** The cell says that it comes. */
  isExpected: boolean;
}

export interface CellTypes {
  /** Position among all cells of the notebook, from 1; that of the cell before for parameters put in. */
  number: number;
  id?: string;
  source: string;
  status: "well-typed" | "ill-typed" | "skipped";
  diagnostics: TypeDiagnostic[];
  /** Codes that the cell says come, and that did not. */
  missing: number[];
}

/** The verdicts on one notebook's cells. */
export interface NotebookTypes {
  path: string;
  /** `passed-over` when its kernel is not one of poolbook's. */
  status: "well-typed" | "ill-typed" | "passed-over" | "could-not-run";
  /** Why it was passed over, or could not be checked, in one line. */
  problem?: string;
  cells: CellTypes[];
  /** Milliseconds. */
  duration: number;
}

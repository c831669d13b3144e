import type { Notebook } from "../../document/notebook.js";

export type CellStatus = "ok" | "failed" | "skipped" | "not-run" | "timed-out" | "kernel-died";

export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** The end of one code cell. */
export interface CellResult {
  /** Position among all cells of the notebook, from 0. */
  index: number;
  id?: string;
  status: CellStatus;
  /** Milliseconds; 0 for a cell that was not run. */
  duration: number;
  /** Bytes: the most that the kernel and all it started held at once while the cell ran; absent where that is not known. */
  peakMemory?: number;
  error?: CellError;
}

/** The end of a notebook. */
export interface NotebookResult {
  path: string;
  status: "ok" | "failed" | "interrupted";
  /** One entry for each code cell, in the order of the notebook. */
  cells: CellResult[];
  /** Milliseconds, the kernel's start included. */
  duration: number;
  /** The end of the kernel in words, if it ended on its own. */
  kernelExit?: string;
  /** The kernel ended because memory ran out. */
  isOutOfMemory?: boolean;
  /** Nothing was run: the same run went well before, and its outputs are these. */
  isCached?: boolean;
  /** The notebook with its new outputs. */
  notebook: Notebook;
  /** The file to which the executed notebook was saved. */
  outputPath?: string;
}

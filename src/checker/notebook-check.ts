import type { Difference } from "../document/comparison/difference.js";
import type { DiffLine } from "../document/comparison/lines/diff-lines.js";

export type { Difference, DiffLine };

export interface CellCheck {
  /** Position among all cells of the notebook, from 1. */
  number: number;
  id?: string;
  source: string;
  status:
    | "equal"
    | "different"
    | "failed"
    | "not-run"
    | "skipped"
    | "not-compared"
    | "ran"
    | "well-typed"
    | "ill-typed";
  /** Milliseconds. */
  duration: number;
  /** Bytes: the most that the kernel and all it started held at once; absent where that is not known. */
  peakMemory?: number;
  differences: Difference[];
  /** The outputs that the rules kept from being compared in full. */
  notes: string[];
}

/** The findings of a check in one notebook. */
export interface NotebookCheck {
  path: string;
  /** `not-compared` is a notebook that ran well, of which no cell had something stored, or was to be compared. */
  status:
    | "equal"
    | "not-compared"
    | "different"
    | "failed"
    | "interrupted"
    | "could-not-run"
    | "ran"
    | "well-typed"
    | "ill-typed"
    | "passed-over";
  /** Why it could not be run, or was passed over, in one line. */
  problem?: string;
  cells: CellCheck[];
  /** Milliseconds, of the last attempt. */
  duration: number;
  /** Settings of other tools that mean nothing here. */
  ignored?: string[];
  /** Nothing was run: the same run went well before, and its outputs were compared. */
  isCached?: boolean;
  /** The number of times it was run. */
  attempts: number;
  /** True when it was equal, but not the first time. */
  isFlaky: boolean;
  /** Numbers of the cells whose stored outputs were written anew. */
  updated: number[];
  /** With `update`: nothing was written, because a cell failed. */
  isUpdateRefused?: boolean;
}

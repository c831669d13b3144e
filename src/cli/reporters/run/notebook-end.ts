import type { NotebookResult } from "../../../runner/index.js";

/** One notebook's end: a result, a reason why it could not be run, or neither when its turn never came. */
export interface NotebookEnd {
  file: string;
  result?: NotebookResult;
  problem?: string;
  /** The number of times it was run. */
  attempts?: number;
}

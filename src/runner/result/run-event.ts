import type { CodeCell } from "../../document/notebook.js";
import type { OutputMessage } from "../../document/outputs/output-collector.js";
import type { CellResult } from "./notebook-result.js";

/** The place of a code cell. */
export interface CellPlace {
  /** Position among all cells of the notebook, from 0. */
  index: number;
  /** Position among its code cells, from 1, and how many there are. */
  number: number;
  count: number;
}

/** A step of a run. Cells are numbered from 1 among the notebook's code cells. */
export type RunEvent =
  | { type: "parameters-unknown"; names: string[] }
  | { type: "kernel-starting"; kernel: string }
  | { type: "kernel-start-failed"; reason: string }
  | ({ type: "cell-started"; cell: CodeCell } & CellPlace)
  | { type: "output"; cell: CodeCell; message: OutputMessage }
  | { type: "cell-ended"; cell: CodeCell; result: CellResult };

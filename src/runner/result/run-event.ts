import type { CodeCell } from "../../document/notebook.js";
import type { OutputMessage } from "../../document/outputs/output-collector.js";
import type { CellResult } from "./notebook-result.js";

/** A step of a run. Cells are numbered from 1 among the notebook's code cells. */
export type RunEvent =
  | { type: "parameters-unknown"; names: string[] }
  | { type: "kernel-starting"; kernel: string }
  | { type: "kernel-start-failed"; reason: string }
  | { type: "cell-started"; cell: CodeCell; index: number; number: number; count: number }
  | { type: "output"; cell: CodeCell; message: OutputMessage }
  | { type: "cell-ended"; cell: CodeCell; result: CellResult };

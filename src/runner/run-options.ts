import type { CodeCell } from "../document/notebook.js";
import type { Parameters } from "../document/parameters/parameter-value.js";
import type { ExecutionCache } from "./execution-cache.js";
import type { ServerOptions } from "./kernels/server/server-options.js";
import type { CellResult, NotebookResult } from "./result/notebook-result.js";
import type { CellPlace, RunEvent } from "./result/run-event.js";

export interface RunOptions {
  /** The path of the notebook's file, where the notebook itself is given: for the result, and for the kernel's folder. Default: `-`. */
  path?: string;
  /** The file to which the executed notebook is saved, as the run goes and at its end, whatever that was. Default: nowhere. */
  outputPath?: string;
  /** Values for what the notebook's cell tagged `parameters` declares. Default: none. */
  parameters?: Parameters;
  /** Further parameters, which the notebook need not declare. Default: none. */
  pathParameters?: Parameters;
  /** Parameters that the notebook does not declare are injected all the same. Default: false. */
  allowUnknown?: boolean;
  /** The kernelspec's name. Default: the notebook's, else the only installed one of the notebook's language. */
  kernelName?: string;
  /** The kernel's working directory. Default: the notebook's folder. */
  cwd?: string;
  /** The Jupyter server to run the kernel on. Default: none, the kernel runs on this machine. */
  server?: ServerOptions;
  /** Seconds until the kernel must answer. Default: 60. */
  startTimeout?: number;
  /** Seconds a cell may take. Default: the notebook's `metadata.execution.timeout`, else no limit. */
  cellTimeout?: number;
  /** The same for notebooks that say nothing of it themselves. Default: no limit. */
  defaultCellTimeout?: number;
  /** Goes on behind a cell that took too long, if its kernel could be interrupted. Default: false. */
  continueAfterTimeout?: boolean;
  /** Seconds all cells together may take. Default: no limit. */
  notebookTimeout?: number;
  /** Goes on behind a cell that fails. Default: the notebook's `metadata.execution.allow_errors`. */
  allowErrors?: boolean;
  /** The first and the last cell to run, counted among all cells from 1. Default: all of them. */
  from?: number;
  to?: number;
  /** Executes nothing: the parameters are injected and the notebook is saved. Default: false. */
  prepareOnly?: boolean;
  /** Writes the keys that papermill writes, too, besides `poolbook`. Default: false. */
  papermillMetadata?: boolean;
  /** Puts in cells that lead to the cell that failed. Default: false. */
  errorCell?: boolean;
  /** Awaited when the kernel is ready, before the first cell: the time spent in it does not count as the run's. */
  whenReady?: () => Promise<void>;
  /** Stops the run when it aborts: what ran is saved, and the result says `interrupted`. */
  signal?: AbortSignal;
  /** Seconds between two times at which the notebook is saved while it runs, also within a cell; 0 for none. Default: after cells. */
  autosave?: number;
  /** Marks the sources of code cells as hidden, as for a report. Default: false. */
  reportMode?: boolean;
  /** Remembers runs that went well, and answers for them; not asked about kernels of a server. Default: none. */
  cache?: ExecutionCache;
  /** Awaited before a code cell runs. */
  onCellStart?: (cell: CodeCell, place: CellPlace) => void | Promise<void>;
  /** Awaited behind a code cell that has run. */
  onCellEnd?: (cell: CodeCell, result: CellResult) => void | Promise<void>;
  /** Awaited when all has run, before the notebook is saved for the last time. */
  onNotebookEnd?: (result: NotebookResult) => void | Promise<void>;
  /** Told of each step, in order. */
  onEvent?: (event: RunEvent) => void;
}

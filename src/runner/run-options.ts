import type { CodeCell } from "../document/notebook.js";
import type { RunElsewhere } from "./elsewhere/elsewhere.js";
import type { ExecutionCache } from "./execution-cache.js";
import type { ServerOptions } from "./kernels/server/server-options.js";
import type { CellResult, NotebookResult } from "./result/notebook-result.js";
import type { CellPlace, RunEvent } from "./result/run-event.js";
import type { TravellingOptions } from "./travelling-options.js";

export interface RunOptions extends TravellingOptions {
  /** The path of the notebook's file, where the notebook itself is given: for the result, and for the kernel's folder. Default: `-`. */
  path?: string;
  /** The file to which the executed notebook is saved, as the run goes and at its end, whatever that was. Default: nowhere. */
  outputPath?: string;
  /** The kernel's working directory. Default: the notebook's folder. */
  cwd?: string;
  /** The Jupyter server to run the kernel on. Default: none, the kernel runs on this machine. */
  server?: ServerOptions;
  /** Runs the notebook in another place, which starts its kernel there. Default: none. */
  elsewhere?: RunElsewhere;
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

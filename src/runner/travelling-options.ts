import type { Parameters } from "../document/parameters/parameter-value.js";

/** The options of a run that hold wherever the notebook is run. */
export interface TravellingOptions {
  /** Values for what the notebook's cell tagged `parameters` declares. Default: none. */
  parameters?: Parameters;
  /** Further parameters, which the notebook need not declare. Default: none. */
  pathParameters?: Parameters;
  /** Parameters that the notebook does not declare are injected all the same. Default: false. */
  allowUnknown?: boolean;
  /** The kernelspec's name. Default: the notebook's, else the only installed one of the notebook's language. */
  kernelName?: string;
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
  /** Marks the sources of code cells as hidden, as for a report. Default: false. */
  reportMode?: boolean;
}

import type { Notebook } from "../document/notebook.js";
import type { Kernelspec } from "../setup/found-kernelspec.js";
import type { CellResult } from "./result/notebook-result.js";

/** A run that is about to begin: its parameters are in the notebook already. */
export interface CacheRequest {
  notebook: Notebook;
  /** The absolute path of the notebook's file. */
  file: string;
  cwd: string;
  spec: Kernelspec;
  options: { from?: number; to?: number; allowErrors?: boolean };
}

/** Remembers runs that went well, so that the same is not run again. */
export interface ExecutionCache {
  /** Resolves with the results of the same run, whose outputs are in the notebook then; with undefined where there was none. */
  find(request: CacheRequest): Promise<CellResult[] | undefined>;
  store(request: CacheRequest, cells: CellResult[]): Promise<void>;
}

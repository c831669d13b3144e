import type { Notebook } from "../../document/notebook.js";
import type { NotebookResult } from "../result/notebook-result.js";
import type { RunEvent } from "../result/run-event.js";
import type { TravellingOptions } from "../travelling-options.js";

/** A notebook that is to be run somewhere else. */
export interface ElsewhereRequest {
  readonly notebook: Notebook;
  /** The path of its file on this machine. */
  readonly file: string;
  /** The kernel's working directory on this machine, if it is not the notebook's folder. */
  readonly cwd: string | undefined;
  readonly options: TravellingOptions;
  readonly signal: AbortSignal | undefined;
  /** Called with the notebook as its kernel gets it, before the first event of a cell. */
  readonly onStart: (notebook: Notebook) => void;
  readonly onEvent: (event: RunEvent) => void;
}

/** The result of a run, or the reason for which the place where it ran is out of reach, in words that follow "the kernel". */
export type ElsewhereEnd = { readonly result: NotebookResult } | { readonly lost: string };

/** Runs a notebook in another place. Rejects as `runNotebook` does, and when the signal aborts. */
export type RunElsewhere = (request: ElsewhereRequest) => Promise<ElsewhereEnd>;

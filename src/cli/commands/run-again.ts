import { copyJson } from "../../document/json/exact-json.js";
import type { Notebook } from "../../document/notebook.js";
import { describeError } from "../../runner/describe-error.js";
import { NotebookSaveError } from "../../runner/files/notebook-file.js";
import type { NotebookResult, RunOptions } from "../../runner/index.js";
import { runNotebook } from "../../runner/run-notebook.js";
import type { NotebookEnd } from "../reporters/run/notebook-end.js";
import type { NotebookReport } from "../reporters/run/run-notebook-report.js";

export interface Attempts {
  file: string;
  read: Promise<Notebook>;
  /** The number of times that a notebook which failed is run again. */
  retries: number;
  /** Awaited before the first cell runs. */
  turn: () => Promise<void>;
}

/** Runs one notebook, and again when a cell fails, as often as is allowed; never rejects. */
export async function runAgain(
  { file, read, retries, turn }: Attempts,
  options: RunOptions,
  report: NotebookReport,
): Promise<NotebookEnd> {
  let hasTurn: Promise<void> | undefined;
  const whenReady = (): Promise<void> => {
    hasTurn ??= turn();
    return hasTurn;
  };
  const onEvent: RunOptions["onEvent"] = (event) => report.event(event);
  try {
    const notebook = await read;
    const attempt = async (): Promise<NotebookResult> =>
      await runNotebook(copyJson(notebook), { ...options, path: file, onEvent, whenReady });
    let attempts = 1;
    let result = await attempt();
    for (; attempts <= retries && result.status === "failed"; attempts++) {
      report.retried(result, attempts);
      result = await attempt();
    }
    report.ended(result, attempts);
    return { file, result, attempts };
  } catch (error) {
    if (options.signal?.aborted && !(error instanceof NotebookSaveError)) {
      return { file };
    }
    const problem = describeError(error, file);
    report.couldNotRun(problem);
    return { file, problem };
  }
}

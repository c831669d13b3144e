import { copyJson } from "../../document/json/exact-json.js";
import type { Notebook } from "../../document/notebook.js";
import { describeError } from "../../runner/describe-error.js";
import { NotebookSaveError } from "../../runner/files/notebook-file.js";
import type { NotebookResult, RunOptions } from "../../runner/index.js";
import { runNotebook } from "../../runner/run-notebook.js";
import type { NotebookInput } from "../inputs/run-inputs.js";
import type { NotebookEnd } from "../reporters/run/notebook-end.js";
import type { NotebookReport } from "../reporters/run/run-notebook-report.js";

export interface Attempts {
  input: NotebookInput;
  /** The notebook, as it was read ahead. */
  read: Promise<Notebook>;
  /** The number of times that a notebook which failed is run again. */
  retries: number;
  /** Awaited before the first cell runs. */
  turn: () => Promise<void>;
}

/** Runs one notebook, and again when a cell fails, as often as is allowed; never rejects. */
export async function runAgain(
  { input, read, retries, turn }: Attempts,
  options: RunOptions & { signal: AbortSignal },
  report: NotebookReport,
): Promise<NotebookEnd> {
  const { file } = input;
  const onEvent: RunOptions["onEvent"] = (event) => report.event(event);
  const attempt = async (notebook: Notebook, whenReady: () => Promise<void>): Promise<NotebookResult> =>
    await runNotebook(copyJson(notebook), { ...options, path: file, onEvent, whenReady });
  try {
    let { notebook, result } = await runLatest({ input, read, turn }, options.signal, attempt);
    let attempts = 1;
    for (; attempts <= retries && result.status === "failed"; attempts++) {
      report.retried(result, attempts);
      result = await attempt(notebook, async () => {});
    }
    report.ended(result, attempts);
    return { file, result, attempts };
  } catch (error) {
    if (options.signal.aborted && !(error instanceof NotebookSaveError)) {
      return { file };
    }
    const problem = describeError(error, file);
    report.couldNotRun(problem);
    return { file, problem };
  }
}

const mostReads = 5;

class ChangedMeanwhileError extends Error {
  override name = "ChangedMeanwhileError";
}

/** Runs the notebook as it is when its turn has come, though it was read, and its kernel started, before that. */
async function runLatest(
  { input, read, turn }: Omit<Attempts, "retries">,
  signal: AbortSignal,
  attempt: (notebook: Notebook, whenReady: () => Promise<void>) => Promise<NotebookResult>,
): Promise<{ notebook: Notebook; result: NotebookResult }> {
  let hasTurn: Promise<void> | undefined;
  for (let reads = 1; ; reads++) {
    const notebook = reads > 1 || (await input.hasChanged()) ? await input.read(signal) : await read;
    const whenReady = async (): Promise<void> => {
      hasTurn ??= turn();
      await hasTurn;
      if (await input.hasChanged()) {
        throw new ChangedMeanwhileError("changed again and again before it could be run");
      }
    };
    try {
      return { notebook, result: await attempt(notebook, whenReady) };
    } catch (error) {
      if (!(error instanceof ChangedMeanwhileError) || reads === mostReads) {
        throw error;
      }
    }
  }
}

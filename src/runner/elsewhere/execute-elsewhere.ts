import type { NotebookSaver } from "../files/notebook-saver.js";
import type { NotebookResult } from "../result/notebook-result.js";
import type { RunEvent } from "../result/run-event.js";
import type { RunOptions } from "../run-options.js";
import type { TravellingOptions } from "../travelling-options.js";
import type { RunElsewhere } from "./elsewhere.js";
import { FollowedRun } from "./followed-run.js";

/**
 * Has the notebook run elsewhere, and follows the run, so that what has run is not lost when the place is, or when the run is
 * stopped. Fills in the result.
 */
export async function executeElsewhere(
  result: NotebookResult,
  saver: NotebookSaver,
  options: RunOptions,
  elsewhere: RunElsewhere,
): Promise<void> {
  const followed = new FollowedRun(result, options);
  await options.whenReady?.();
  saver.start();
  let saving: Promise<void> = Promise.resolve();
  const onEvent = (event: RunEvent): void => {
    followed.event(event);
    options.onEvent?.(event);
    if (event.type === "cell-ended") {
      saving = saving.then(() => saver.saveSometimes());
      saving.catch(() => {});
    }
  };
  try {
    const end = await elsewhere({
      notebook: result.notebook,
      file: result.path,
      cwd: options.cwd,
      options: travelling(options),
      signal: options.signal,
      onStart: (notebook) => followed.started(notebook),
      onEvent,
    });
    followed.ended(end);
  } catch (error) {
    if (!options.signal?.aborted) {
      throw error;
    }
    followed.stopped();
  } finally {
    await saving;
    await saver.stop();
  }
}

function travelling(options: RunOptions): TravellingOptions {
  const { parameters, pathParameters, allowUnknown, kernelName, startTimeout, cellTimeout } = options;
  const { defaultCellTimeout, continueAfterTimeout, notebookTimeout, allowErrors } = options;
  const { from, to, reportMode } = options;
  const limits = { startTimeout, cellTimeout, defaultCellTimeout, continueAfterTimeout, notebookTimeout };
  const values = { parameters, pathParameters, allowUnknown, kernelName, allowErrors, from, to, reportMode };
  return { ...values, ...limits };
}

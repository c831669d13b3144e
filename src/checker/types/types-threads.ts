import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { NotebookTypes } from "./notebook-types.js";
import type { TypesOptions } from "./types-options.js";

/**
 * Checks notebooks on `count` threads, each of which reads the declarations for itself. `onChecked` gets the position
 * and the verdicts of each notebook, in the order in which they end.
 */
export async function checkOnThreads(
  files: readonly string[],
  { count, signal, ...options }: TypesOptions & { count: number; signal: AbortSignal },
  onChecked: (position: number, types: NotebookTypes) => void,
): Promise<void> {
  const waiting = files.entries();
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL("./types-worker.js", import.meta.url), { workerData: options });
    const ended = once(worker, "exit");
    try {
      for (const [position, file] of waiting) {
        if (signal.aborted) {
          break;
        }
        worker.postMessage(file);
        const [types]: NotebookTypes[] = await once(worker, "message", { signal });
        if (types) {
          onChecked(position, types);
        }
      }
      worker.postMessage(undefined);
      await ended;
    } catch (error) {
      await worker.terminate();
      if (!signal.aborted) {
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, files.length) }, work));
}

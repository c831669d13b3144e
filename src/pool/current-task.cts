/** The task of a pool that runs. */
export interface CurrentTask {
  /** Its number, as in `pool.tasks`; 0 outside of tasks. */
  readonly number: number;
  /**
   * Aborts when the task is cancelled. A task that asks for it gets a second then to clean up and end; then, as for all
   * others at once, its worker is ended.
   */
  readonly signal: AbortSignal;
  /**
   * Sends a copy of a value to the `onProgress` of the call, ahead of the result. Throws an Error if it cannot be
   * cloned. Does nothing outside of tasks, or when the task is over.
   */
  report(value: unknown): void;
}

// On globalThis, because a worker may load this module twice: as its own part and as an import of a task.
const key = Symbol.for("poolbook.currentTask");

/**
 * The task in which it is called, also after `await`; after `asyncio.current_task()`. Outside of tasks, as when a
 * function is tried out in the main process, it is one that is never cancelled and whose reports nobody hears.
 */
export function currentTask(): CurrentTask {
  const find: unknown = Reflect.get(globalThis, key);
  return typeof find === "function" ? find() : noTask();
}

export function noTask(): CurrentTask {
  return { number: 0, signal: new AbortController().signal, report: () => {} };
}

/** In the worker: has `find` tell the current task. */
export function provideCurrentTask(find: () => CurrentTask): void {
  Reflect.set(globalThis, key, find);
}

import { TimeoutError } from "../errors.cjs";
import { onAbort } from "./on-abort.js";

/** The limits of a wait; without either, it lasts until the end. */
export interface WaitOptions {
  /** Milliseconds after which the wait is given up; the task goes on. Default: no limit. */
  readonly timeout?: number;
  /** Gives the wait up when it aborts; the task goes on. */
  readonly signal?: AbortSignal;
}

/** A number of tasks, and those of them that have ended. */
export interface TaskCount {
  readonly ended: number;
  readonly total: number;
}

/** The call that a result is of. */
export interface ResultSource {
  /** Changes only while the user awaits. */
  readonly state: "pending" | "fulfilled" | "rejected";
  readonly tasks: TaskCount;
  /** Tells whether there was something to cancel. */
  cancel(): boolean;
}

/**
 * The result of a task that may not have finished yet: a future, after `multiprocessing.pool.AsyncResult`.
 * It is no thenable: `await` needs `get()`, `wait()` or `promise`, so that the waiting is seen.
 */
export class AsyncResult<T> {
  /** The result as a native promise. Its rejection is never reported as unhandled. */
  readonly promise: Promise<T>;
  readonly #source: ResultSource;

  constructor(promise: Promise<T>, source: ResultSource) {
    this.promise = promise;
    this.#source = source;
  }

  /** Tells whether the task has finished, successfully or not. It changes only while the caller awaits. */
  ready(): boolean {
    return this.#source.state !== "pending";
  }

  /** The tasks that the call takes, for a progress bar: a map has one for each chunk. */
  get tasks(): TaskCount {
    return this.#source.tasks;
  }

  /** Tells whether the task finished without an error; throws an Error, Python a ValueError, if it is not ready. */
  successful(): boolean {
    if (!this.ready()) {
      throw new Error("AsyncResult is not ready");
    }
    return this.#source.state === "fulfilled";
  }

  /**
   * Waits for the value, or rejects with the task's error: the same one each time; after `AsyncResult.get`. Rejects
   * with a TimeoutError when `timeout` milliseconds have passed (0 does not wait at all), with the signal's reason when
   * `signal` aborts; the task goes on. Rejects with a TypeError or RangeError for a bad `timeout`.
   */
  async get(options: WaitOptions = {}): Promise<T> {
    checkTimeout(options.timeout);
    if (this.ready()) {
      return this.promise;
    }
    return limited(this.promise, options);
  }

  /**
   * Waits until the task has finished, `timeout` milliseconds are over or `signal` aborts; never rejects for any of
   * them, as in Python. Rejects with a TypeError or RangeError for a bad `timeout`.
   */
  async wait(options: WaitOptions = {}): Promise<void> {
    checkTimeout(options.timeout);
    try {
      await this.get(options);
    } catch {
      // Only get() reports.
    }
  }

  /**
   * Drops the task if it is queued; if it runs, ends its worker and replaces it. The result then rejects with a
   * CancelledError. Returns whether there was something to cancel.
   */
  cancel(): boolean {
    return !this.ready() && this.#source.cancel();
  }
}

const longestTimer = 2 ** 31 - 1;

/** Waits no longer than the options say; what is waited for goes on. */
export async function limited<T>(promise: Promise<T>, options: WaitOptions): Promise<T> {
  const { timeout, signal } = options;
  checkTimeout(timeout);
  if (timeout === undefined && signal === undefined) {
    return promise;
  }
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let stopListening: (() => void) | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    if (timeout !== undefined && timeout <= longestTimer) {
      const expire = () => reject(new TimeoutError(`Result was not ready after ${timeout} ms`));
      timer = setTimeout(expire, timeout);
    }
    stopListening = signal && onAbort(signal, () => reject(signal.reason));
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
    stopListening?.();
  }
}

function checkTimeout(timeout: unknown): void {
  if (timeout === undefined) {
    return;
  }
  if (typeof timeout !== "number") {
    throw new TypeError(`Expected \`timeout\` to be a number of milliseconds, got \`${String(timeout)}\``);
  }
  if (Number.isNaN(timeout)) {
    throw new RangeError("Expected `timeout` to be a number of milliseconds, got `NaN`");
  }
}

import type { WaitOptions } from "./async-result.js";

/** Hears of a task while it runs, and gives it further tries. */
export interface ProgressOptions {
  /**
   * Times that a task is run again whose worker died, which is safe only if it may run twice. What it throws is never a
   * reason. Default: the pool's.
   */
  readonly retries?: number;
  /** Called with each value that a task reports (`currentTask().report(value)`), before its result arrives. */
  readonly onProgress?: (value: unknown) => void;
}

/** Options of a call that returns at once. */
export interface SubmitOptions<T> extends ProgressOptions {
  /** Called with the value when it arrives, before the result becomes ready. */
  readonly callback?: (value: T) => void;
  /** Called with the error instead, if the task fails. */
  readonly errorCallback?: (error: unknown) => void;
  /** Cancels the call when it aborts; the result then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The division of the items of `map` and `starmap`. */
export interface ChunkOptions {
  /** Items that go to a worker as one task. Default for `map`: as in CPython, about four chunks for each worker. */
  readonly chunksize?: number;
}

/** Options of `map` and `starmap`. */
export interface MapWaitOptions extends ChunkOptions, WaitOptions, ProgressOptions {}

/** Options of `mapAsync` and `starmapAsync`. */
export interface MapOptions<T> extends ChunkOptions, SubmitOptions<T> {}

/** Options of `imap` and `imapUnordered`. */
export interface ImapOptions extends ProgressOptions {
  /** Items that go to a worker as one task. Default: 1. */
  readonly chunksize?: number;
  /** Items that may be read from the input before their results are taken. Default: 8 chunks for each worker. */
  readonly buffersize?: number;
  /** Ends the iteration with the signal's reason when it aborts, and cancels what is under way. */
  readonly signal?: AbortSignal;
}

/** One for all calls without options. */
export const noOptions = Object.freeze({});

const progress = { retries: true, onProgress: true } satisfies Record<keyof ProgressOptions, true>;

/** The names of the options of a call that gives one result, at once or when it is there. */
export const submitOptions = {
  callback: true,
  errorCallback: true,
  signal: true,
  timeout: true,
  ...progress,
} satisfies Record<keyof (SubmitOptions<unknown> & WaitOptions), true>;

export const mapOptions = {
  chunksize: true,
  ...submitOptions,
} satisfies Record<keyof (MapOptions<unknown> & MapWaitOptions), true>;

export const imapOptions = {
  chunksize: true,
  buffersize: true,
  signal: true,
  ...progress,
} satisfies Record<keyof ImapOptions, true>;

import type { SubmitOptions } from "./job.js";

/** How `map` and `starmap` divide their items. */
export interface ChunkOptions {
  /** Items that go to a worker as one task. Default for `map`: as in CPython, about four chunks for each worker. */
  readonly chunksize?: number;
}

/** What `mapAsync` and `starmapAsync` can be told. */
export interface MapOptions<T> extends ChunkOptions, SubmitOptions<T> {}

/** What `imap` and `imapUnordered` can be told. */
export interface ImapOptions {
  /** Items that go to a worker as one task. Default: 1. */
  readonly chunksize?: number;
  /** Items that may be read from the input before their results are taken. Default: 8 chunks for each worker. */
  readonly buffersize?: number;
  /** Ends the iteration with the signal's reason when it aborts, and cancels what is under way. */
  readonly signal?: AbortSignal;
}

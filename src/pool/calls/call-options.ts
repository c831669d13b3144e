import type { WaitOptions } from "./async-result.js";
import type { SubmitOptions } from "./job.js";

/** The division of the items of `map` and `starmap`. */
export interface ChunkOptions {
  /** Items that go to a worker as one task. Default for `map`: as in CPython, about four chunks for each worker. */
  readonly chunksize?: number;
}

/** Options of `map` and `starmap`. */
export interface MapWaitOptions extends ChunkOptions, WaitOptions {}

/** Options of `mapAsync` and `starmapAsync`. */
export interface MapOptions<T> extends ChunkOptions, SubmitOptions<T> {}

/** Options of `imap` and `imapUnordered`. */
export interface ImapOptions {
  /** Items that go to a worker as one task. Default: 1. */
  readonly chunksize?: number;
  /** Items that may be read from the input before their results are taken. Default: 8 chunks for each worker. */
  readonly buffersize?: number;
  /** Ends the iteration with the signal's reason when it aborts, and cancels what is under way. */
  readonly signal?: AbortSignal;
}

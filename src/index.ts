export {
  check,
  checkSetup,
  type ExerciseName,
  hint,
  type LiveStatus,
  liveStatus,
  score,
  solution,
  Timeline,
  type TimelineOptions,
  timeline,
  warmUp,
} from "./course/index.js";
export { AsyncResult, type WaitOptions } from "./pool/async-result.js";
export type { ChunkOptions, ImapOptions, MapOptions } from "./pool/call-options.js";
export { type CurrentProcess, cpuCount, currentProcess, sleep } from "./pool/current-process.cjs";
export {
  BrokenPoolError,
  CancelledError,
  FunctionTransferError,
  MaybeEncodingError,
  PoolTerminatedError,
  TimeoutError,
  WorkerLostError,
} from "./pool/errors.cjs";
export type { ImapIterator } from "./pool/imap-iterator.js";
export type { Items } from "./pool/items.js";
export type { SubmitOptions } from "./pool/job.js";
export type { PoolOptions } from "./pool/options.js";
export { Pool, withPool } from "./pool/pool.js";
export type { TaskOutcome, TaskRecord } from "./pool/task.js";
export type { TypedArray } from "./pool/typed-array.cjs";

/// <reference types="node" preserve="true" />
import "./needs-node.cjs";

export {
  check,
  checkSetup,
  type ExerciseName,
  hint,
  type LiveStatus,
  liveStatus,
  type Machines,
  score,
  solution,
  Timeline,
  type TimelineOptions,
  timeline,
  warmUp,
  withMachines,
} from "./course/index.js";
export { AsyncResult, type WaitOptions } from "./pool/calls/async-result.js";
export type {
  ChunkOptions,
  ImapOptions,
  MapOptions,
  MapWaitOptions,
  ProgressOptions,
  SubmitOptions,
} from "./pool/calls/call-options.js";
export type { ImapIterator } from "./pool/calls/imap/imap-iterator.js";
export type { Items } from "./pool/calls/items.js";
export { type CurrentProcess, cpuCount, currentProcess, sleep } from "./pool/current-process.cjs";
export { type CurrentTask, currentTask } from "./pool/current-task.cjs";
export {
  BrokenPoolError,
  CancelledError,
  FunctionTransferError,
  MaybeEncodingError,
  PoolTerminatedError,
  TimeoutError,
  WorkerLostError,
} from "./pool/errors.cjs";
export { shared } from "./pool/functions/shared/shared.js";
export type { PoolOptions } from "./pool/options.js";
export { Pool } from "./pool/pool.js";
export type { TaskOutcome, TaskRecord } from "./pool/task-record.js";
export { type Transferable, transfer } from "./pool/wire/transfer.cjs";
export type { TypedArray } from "./pool/wire/typed-array.cjs";
export { withPool } from "./pool/with-pool.js";

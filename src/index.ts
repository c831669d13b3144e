export { AsyncResult, type WaitOptions } from "./pool/async-result.js";
export { type CurrentProcess, cpuCount, currentProcess, sleep } from "./pool/current-process.js";
export {
  BrokenPoolError,
  CancelledError,
  FunctionTransferError,
  MaybeEncodingError,
  PoolTerminatedError,
  TimeoutError,
  WorkerLostError,
} from "./pool/errors.js";
export type { PoolOptions } from "./pool/options.js";
export { Pool, withPool } from "./pool/pool.js";
export type { TaskOutcome, TaskRecord } from "./pool/task.js";

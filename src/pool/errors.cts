/** Thrown when a wait has lasted longer than its `timeout`; the task goes on. After `multiprocessing.TimeoutError`. */
export class TimeoutError extends Error {}

/** Thrown by a result whose task was cancelled. After `concurrent.futures.CancelledError`. */
export class CancelledError extends Error {}

/** Thrown by every result that was outstanding when its pool was terminated, where Python would wait for ever. */
export class PoolTerminatedError extends Error {}

/** Tells how a process ended: with an exit code, or by a signal; neither is known of one on a machine that has fallen silent. */
export interface ProcessEnd {
  readonly pid: number;
  /** Its machine; left out for this one. */
  readonly host?: string | undefined;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Thrown by the result of a task whose worker process died while it ran. The worker has been replaced and the
 * other tasks go on; running the task again is safe only if it may run twice.
 */
export class WorkerLostError extends Error {
  /** Process ID of the dead worker. */
  readonly pid: number;
  /** Its machine, if it was leased from a cluster; undefined for this machine. */
  readonly host: string | undefined;
  /** Its exit code, or `null` if a signal ended it or its machine has fallen silent. */
  readonly exitCode: number | null;
  /** The signal that ended it, or `null`. */
  readonly signal: NodeJS.Signals | null;

  constructor(
    name: string,
    { pid, host, exitCode, signal }: ProcessEnd,
    options: { readonly cause?: unknown } = {},
  ) {
    const withCause = options.cause === undefined ? {} : options;
    const place = host === undefined ? "" : ` on ${host}`;
    super(`Worker ${name} (PID ${pid}${place}) died: ${reason(exitCode, signal)}`, withCause);
    this.pid = pid;
    this.host = host;
    this.exitCode = exitCode;
    this.signal = signal;
  }
}

/**
 * Thrown by every call of a pool whose workers cannot start; `cause` is the error of the initializer or of the
 * process. After `concurrent.futures.process.BrokenProcessPool`.
 */
export class BrokenPoolError extends Error {}

/** Thrown by a result whose value cannot be cloned, so cannot leave the worker. After `multiprocessing.pool`. */
export class MaybeEncodingError extends Error {}

/** Thrown before anything is sent, when a function cannot be carried to a worker; the message says what to do. */
export class FunctionTransferError extends TypeError {}

/** Says how a process ended. */
function reason(exitCode: number | null, signal: NodeJS.Signals | null): string {
  if (exitCode === null && signal === null) {
    return "nothing was heard of it for too long, so its machine has ended it";
  }
  return signal === null ? `exit code ${exitCode}` : `signal ${signal}`;
}

for (const [name, { prototype }] of Object.entries({
  TimeoutError,
  CancelledError,
  PoolTerminatedError,
  WorkerLostError,
  BrokenPoolError,
  MaybeEncodingError,
  FunctionTransferError,
})) {
  Object.defineProperty(prototype, "name", { value: name, writable: true, configurable: true });
}

import type { BrokenPoolError, WorkerLostError } from "../errors.cjs";
import type { Task } from "./task.js";

/** Hears of a worker of the pool. */
export interface PoolWorkerListener {
  /** The worker has started, or has finished what it was given. */
  onIdle(): void;
  /** Tasks that it was given but will not begin. */
  onReturned(tasks: readonly Task[]): void;
  /** A task of a function of the family took so many milliseconds. */
  onDuration(family: string, duration: number): void;
  /** The initializer threw. */
  onInitializerError(error: unknown): void;
  /** There is no worker to be had, now or later. */
  onUnavailable(error: BrokenPoolError): void;
  /** The worker has ended and can be given nothing more. */
  onExit(): void;
  /** SIGINT has ended the worker, as it does when the user interrupts a terminal's programs. */
  onInterrupt(): void;
  /** Its last messages have come. */
  onGone(error: WorkerLostError): void;
}

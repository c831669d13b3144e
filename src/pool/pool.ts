import { AsyncResult } from "./async-result.js";
import { type AnyFunction, definitionOf } from "./functions.js";
import { KeepAlive } from "./keep-alive.js";
import { checkArray, checkFunction, fillPoolOptions, type PoolOptions } from "./options.js";
import { Scheduler } from "./scheduler.js";
import { Task } from "./task.js";
import { toPayload } from "./values.js";

/** A pool of worker processes, after Python's `multiprocessing.Pool`. */
export class Pool {
  /** Number of worker processes. */
  readonly processes: number;
  readonly #scheduler: Scheduler;
  readonly #keepAlive = new KeepAlive();
  #lastNumber = 0;

  /** Starts the workers; `processes` defaults to `cpuCount()`. Throws a TypeError or RangeError for a bad option. */
  constructor(options?: number | PoolOptions) {
    const { processes } = fillPoolOptions(options);
    this.processes = processes;
    this.#scheduler = new Scheduler(processes);
  }

  /** Process IDs of the workers. */
  get pids(): number[] {
    return this.#scheduler.pids;
  }

  /** Runs `fn(...args)` in one worker and returns the promise of its result. */
  async apply<F extends AnyFunction>(fn: F, args?: Parameters<F>): Promise<Awaited<ReturnType<F>>> {
    return this.applyAsync(fn, args).promise;
  }

  /** Has one worker run `fn(...args)` and returns at once, with the result to come. */
  applyAsync<F extends AnyFunction>(fn: F, args?: Parameters<F>): AsyncResult<Awaited<ReturnType<F>>> {
    this.#checkRunning();
    checkFunction("fn", fn);
    if (args !== undefined) checkArray("args", args);
    return this.#submit(fn, args ?? []);
  }

  /** No more tasks: the workers end when they have done what was submitted. */
  close(): void {
    this.#scheduler.close();
  }

  /** Ends the workers at once; results that are outstanding reject with a PoolTerminatedError. */
  async terminate(): Promise<void> {
    this.#scheduler.terminate();
    await this.join();
  }

  /** Waits until the workers are gone. Rejects if neither `close` nor `terminate` was called before. */
  async join(): Promise<void> {
    if (this.#scheduler.state === "running") throw new Error("Pool is still running");
    this.#keepAlive.hold();
    await this.#scheduler.finished();
    this.#keepAlive.release();
  }

  /** Terminates the pool, as the end of Python's `with Pool() as pool` does. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.terminate();
  }

  #submit<T>(fn: AnyFunction, args: readonly unknown[]): AsyncResult<T> {
    const number = ++this.#lastNumber;
    let cancel = () => false;
    const promise = new Promise<T>((resolve, reject) => {
      this.#keepAlive.hold();
      const over = (settle: () => void) => {
        this.#keepAlive.release();
        settle();
      };
      const task = new Task(
        number,
        definitionOf(fn),
        toPayload(args),
        {
          succeed: (value) => over(() => resolve(value as T)),
          fail: (error) => over(() => reject(error)),
        },
        () => {},
      );
      this.#scheduler.submit(task);
      cancel = () => this.#scheduler.cancel(task);
    });
    return new AsyncResult(promise, () => cancel());
  }

  #checkRunning(): void {
    if (this.#scheduler.state !== "running") throw new Error("Pool not running");
  }
}

/** Runs `body` with a pool of its own and terminates the pool when `body` is done, also after an error. */
export async function withPool<T>(
  options: number | PoolOptions,
  body: (pool: Pool) => Promise<T> | T,
): Promise<T> {
  const pool = new Pool(options);
  try {
    return await body(pool);
  } finally {
    await pool.terminate();
  }
}

import { channel } from "node:diagnostics_channel";
import { type AsyncResult, limited, type WaitOptions } from "./calls/async-result.js";
import {
  type ImapOptions,
  type MapOptions,
  type MapWaitOptions,
  noOptions,
  type ProgressOptions,
  type SubmitOptions,
} from "./calls/call-options.js";
import type { ImapIterator } from "./calls/imap/imap-iterator.js";
import { onKernelInterrupt } from "./calls/interrupt.js";
import type { ArgumentItems, ItemOf, MapResult } from "./calls/item-types.js";
import type { Items } from "./calls/items.js";
import { keepAliveUntil } from "./calls/keep-alive.js";
import { PoolCalls } from "./calls/pool-calls.js";
import { checkFunction } from "./checks.js";
import { CancelledError, PoolTerminatedError } from "./errors.cjs";
import type { AnyFunction, Result } from "./function-types.js";
import { isDefined } from "./functions/definition.js";
import { callSiteIn, stackAbove } from "./functions/inline/call-site.js";
import { fillPoolOptions, type PoolOptions } from "./options.js";
import { slotSource } from "./slot-source.js";
import type { TaskRecord } from "./task-record.js";
import { Scheduler } from "./workers/scheduler.js";
import { TaskLog } from "./workers/task-log.js";

/**
 * A pool of worker processes, after Python's `multiprocessing.Pool`: methods, results and their order are the
 * same; where Python would wait for ever, a result rejects. Functions may come from a notebook cell.
 *
 * @example
 * const pool = new Pool(2);
 * const squares = await pool.map((x: number) => x * x, [1, 2, 3]); // [1, 4, 9]
 * pool.close();
 * await pool.join();
 */
export class Pool {
  /** Number of worker processes. */
  readonly processes: number;
  readonly #scheduler: Scheduler;
  readonly #calls: PoolCalls;
  readonly #log: TaskLog;
  readonly #finished: Promise<void>;
  #state: "running" | "closed" | "terminated" = "running";

  /**
   * Starts the workers at once, as Python does. Takes their number, or options; both may be left out.
   * Throws a TypeError or RangeError for a bad option or further arguments, a FunctionTransferError for an initializer that cannot travel.
   */
  constructor(options?: number | PoolOptions);
  constructor(options?: number | PoolOptions, ...further: unknown[]) {
    const filled = fillPoolOptions(options, further);
    this.processes = filled.processes;
    this.#log = new TaskLog(filled.onTask);
    const slots = slotSource(filled);
    this.#scheduler = new Scheduler(filled, slots.make, () => this.#interrupt());
    this.#finished = this.#scheduler.finished().then(() => slots.release?.());
    this.#calls = new PoolCalls(this.#scheduler, this.#log, filled);
    onKernelInterrupt(() => this.#interrupt(), this.#finished);
    channel("poolbook.pool").publish({ processes: this.processes });
  }

  /** Process IDs of the workers that are there, on their machines, in the order of their numbers. */
  get pids(): number[] {
    return this.#scheduler.pids;
  }

  /** Records of the latest 10,000 tasks, in the order of submission: who ran what, when, and how it ended. */
  get tasks(): TaskRecord[] {
    return this.#log.records;
  }

  /**
   * Runs `fn(...args)` in one worker and waits for its result; after `Pool.apply`, but only the caller waits.
   * Rejects with what `fn` threw, with a WorkerLostError if the worker died, with a FunctionTransferError if `fn`
   * cannot travel; with a TimeoutError after `timeout` milliseconds, though the task goes on; with the reason of an
   * aborted `signal`, which cancels the task; with an Error, `Pool not running`, after `close` or `terminate`.
   */
  apply<F extends AnyFunction>(
    fn: F,
    args?: Parameters<F>,
    options: WaitOptions & ProgressOptions = noOptions,
  ): Promise<Result<F>> {
    // No async function, whose own promise and state would take more room than all else of a call.
    try {
      const site = isDefined(fn) ? undefined : callSiteIn(stackAbove(Pool.prototype.apply, 1));
      this.#check(fn);
      const promise = this.#calls.apply<Result<F>>({ fn, args, site }, options);
      return options.timeout === undefined ? promise : limited(promise, { timeout: options.timeout });
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * Has one worker run `fn(...args)` and returns at once, with the result to come; after `Pool.apply_async`.
   * Anything that keeps the call from being sent becomes the error of the result, as in Python. Throws a TypeError for bad
   * arguments or options, an Error, `Pool not running`, after `close` or `terminate`.
   */
  applyAsync<F extends AnyFunction>(
    fn: F,
    args?: Parameters<F>,
    options: SubmitOptions<Result<F>> = noOptions,
  ): AsyncResult<Result<F>> {
    const site = isDefined(fn) ? undefined : callSiteIn(stackAbove(Pool.prototype.applyAsync, 1));
    this.#check(fn);
    return this.#calls.applyAsync({ fn, args, site }, options);
  }

  /**
   * Calls `fn` for each item, chunk by chunk on all workers, and waits for the results, in the order of the items.
   * A typed array gives one of its kind, anything else an array. As `Pool.map`, it fails with the first error to
   * arrive, but not before every chunk is done; in a failing chunk the items after the error are not run; an
   * asynchronous input is read to its end first. Rejects as `apply` does, with a RangeError for a `chunksize` below 1,
   * and with what the input throws.
   */
  async map<A extends Items<unknown>, R>(
    fn: (item: ItemOf<A>) => R,
    items: A,
    options: MapWaitOptions = {},
  ): Promise<MapResult<A, R>> {
    return this.mapAsync(fn, items, options).get({ timeout: options.timeout });
  }

  /**
   * Like `map`, but returns at once; after `Pool.map_async`. `callback` gets all results together, `[]` for no items.
   * Throws as `applyAsync` does.
   */
  mapAsync<A extends Items<unknown>, R>(
    fn: (item: ItemOf<A>) => R,
    items: A,
    options: MapOptions<MapResult<A, R>> = {},
  ): AsyncResult<MapResult<A, R>> {
    this.#check(fn);
    return this.#calls.map("map", fn, items, options);
  }

  /**
   * Like `map`, but goes on after errors and gives the outcome of every item, in the form of `Promise.allSettled`. Each
   * item is a task of its own, so a worker that dies fails one item only. Rejects only if the call as a whole cannot
   * go on: as `map` does for `timeout`, `signal` and the input.
   */
  async mapSettled<A extends Items<unknown>, R>(
    fn: (item: ItemOf<A>) => R,
    items: A,
    options: WaitOptions & ProgressOptions = {},
  ): Promise<PromiseSettledResult<Awaited<R>>[]> {
    this.#check(fn);
    return this.#calls.mapSettled<Awaited<R>>(fn, items, options).get({ timeout: options.timeout });
  }

  /** Like `map`, but each item is an array of arguments: gives `fn(...item)` for each; after `Pool.starmap`. */
  async starmap<F extends AnyFunction, A extends Items<readonly unknown[]>>(
    fn: F,
    items: ArgumentItems<F, A>,
    options: MapWaitOptions = {},
  ): Promise<Result<F>[]> {
    return this.starmapAsync(fn, items, options).get({ timeout: options.timeout });
  }

  /** Like `starmap`, but returns at once; after `Pool.starmap_async`. Throws as `applyAsync` does. */
  starmapAsync<F extends AnyFunction, A extends Items<readonly unknown[]>>(
    fn: F,
    items: ArgumentItems<F, A>,
    options: MapOptions<Result<F>[]> = {},
  ): AsyncResult<Result<F>[]> {
    this.#check(fn);
    return this.#calls.map("starmap", fn, items, options);
  }

  /**
   * Like `map`, but gives the results one by one, in order, as an async iterator, while the input is still being
   * read; never more than `buffersize` items ahead, by default 8 chunks for each worker. After `Pool.imap`: the
   * chunksize is 1, and then the results after a failed one can still be had; with a larger one, an error is the end.
   * Throws a TypeError or RangeError for bad options, a FunctionTransferError if `fn` cannot travel, an Error,
   * `Pool not running`, after `close` or `terminate`.
   */
  imap<A extends Items<unknown>, R>(
    fn: (item: ItemOf<A>) => R,
    items: A,
    options: ImapOptions = {},
  ): ImapIterator<Awaited<R>> {
    this.#check(fn);
    return this.#calls.imap(fn, items, options, true);
  }

  /** Like `imap`, but gives each result as soon as it is there; after `Pool.imap_unordered`. Throws as `imap` does. */
  imapUnordered<A extends Items<unknown>, R>(
    fn: (item: ItemOf<A>) => R,
    items: A,
    options: ImapOptions = {},
  ): ImapIterator<Awaited<R>> {
    this.#check(fn);
    return this.#calls.imap(fn, items, options, false);
  }

  /**
   * No more calls: the workers end when they have done what was submitted; after `Pool.close`. Inputs that are still
   * being read are read to their ends, so leave an endless `imap` first. Can be repeated.
   */
  close(): void {
    if (this.#state === "running") {
      this.#state = "closed";
      this.#calls.openInputs.readAll(() => this.#scheduler.close());
    }
  }

  /**
   * Ends the workers at once, whatever they do, and waits until they are gone; after `Pool.terminate`. Results that are
   * outstanding reject with a PoolTerminatedError, where Python's never come. Can be repeated.
   */
  async terminate(): Promise<void> {
    this.#state = "terminated";
    const error = new PoolTerminatedError("Pool was terminated before the task had finished");
    this.#calls.openInputs.stop(error);
    this.#scheduler.terminate(error);
    await this.join();
  }

  /**
   * Waits until the workers are gone; after `Pool.join`. Rejects with an Error, `Pool is still running`, if neither
   * `close` nor `terminate` was called before.
   */
  async join(): Promise<void> {
    if (this.#state === "running") {
      throw new Error("Pool is still running");
    }
    await keepAliveUntil(this.#finished);
  }

  /** Terminates the pool, as the end of Python's `with Pool() as pool` does. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.terminate();
  }

  /** The user has interrupted what runs: nothing of it may go on in the workers. */
  #interrupt(): void {
    const error = new CancelledError("Task was cancelled by an interrupt");
    this.#calls.openInputs.stop(error);
    this.#scheduler.cancelAll(error);
  }

  #check(fn: unknown): void {
    if (this.#state !== "running") {
      throw new Error("Pool not running");
    }
    checkFunction("fn", fn);
  }
}

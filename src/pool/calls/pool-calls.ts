import { checkArray, checkFunction, checkOptions, checkSignal, count, positiveInteger } from "../checks.js";
import type { AnyFunction } from "../function-types.js";
import type { FilledPoolOptions } from "../options.js";
import type { Values } from "../wire/typed-array.cjs";
import type { Scheduler } from "../workers/scheduler.js";
import type { TaskLog } from "../workers/task-log.js";
import type { AsyncResult } from "./async-result.js";
import {
  type ImapOptions,
  imapOptions,
  type MapOptions,
  mapOptions,
  type SubmitOptions,
  submitOptions,
} from "./call-options.js";
import { ImapIterator } from "./imap/imap-iterator.js";
import { checkItems, type Items } from "./items.js";
import { Job } from "./job.js";
import { OpenInputs } from "./open-inputs.js";
import { type Call, submitCall, submitChunk } from "./submit-call.js";
import { submitMap } from "./submit-map.js";
import { TaskMaker } from "./task-maker.js";

/** Chunks for each worker that `imap` reads ahead, if `buffersize` does not say. */
const chunksAhead = 8;

/** Makes jobs of the calls of a pool: of one call, of a map, of a lazy map. */
export class PoolCalls {
  readonly openInputs = new OpenInputs();
  readonly #scheduler: Scheduler;
  readonly #maker: TaskMaker;
  readonly #processes: number;
  readonly #retries: number;

  constructor(
    scheduler: Scheduler,
    log: TaskLog,
    { processes, workerType, retries }: Pick<FilledPoolOptions, "processes" | "workerType" | "retries">,
  ) {
    this.#scheduler = scheduler;
    this.#maker = new TaskMaker(log, workerType);
    this.#processes = processes;
    this.#retries = retries;
  }

  apply<T>(call: Call, options: SubmitOptions<T>): Promise<T> {
    const job = this.#callJob(call, options);
    submitCall(job, this.#maker, call);
    return job.promise;
  }

  applyAsync<T>(call: Call, options: SubmitOptions<T>): AsyncResult<T> {
    const job = this.#callJob(call, options);
    const result = job.asResult();
    submitCall(job, this.#maker, call);
    return result;
  }

  map<T>(
    kind: "map" | "starmap",
    fn: AnyFunction,
    items: Items<unknown>,
    options: MapOptions<T>,
  ): AsyncResult<T> {
    checkItems(items);
    checkOptions(options, mapOptions);
    const chunksize =
      options.chunksize === undefined ? undefined : positiveInteger("chunksize", options.chunksize);
    const job = this.#job(options);
    const call = { fn, kind, items, chunksize, processes: this.#processes };
    const result = job.asResult();
    submitMap(job, this.#maker, this.openInputs, call);
    return result;
  }

  mapSettled<T>(
    fn: AnyFunction,
    items: Items<unknown>,
    options: SubmitOptions<PromiseSettledResult<T>[]>,
  ): AsyncResult<PromiseSettledResult<T>[]> {
    checkItems(items);
    checkOptions(options, submitOptions);
    const job = this.#job(options);
    const call = { fn, kind: "settled", items, chunksize: 1, processes: this.#processes } as const;
    const result = job.asResult();
    submitMap(job, this.#maker, this.openInputs, call);
    return result;
  }

  imap<T>(fn: AnyFunction, items: Items<unknown>, options: ImapOptions, isOrdered: boolean): ImapIterator<T> {
    checkItems(items);
    checkOptions(options, imapOptions);
    const chunksize = positiveInteger("chunksize", options.chunksize ?? 1);
    const byDefault = chunksAhead * this.#processes * chunksize;
    const buffersize = positiveInteger("buffersize", options.buffersize ?? byDefault);
    checkSignal(options.signal);
    if (options.onProgress !== undefined) {
      checkFunction("onProgress", options.onProgress);
    }
    const { onProgress, retries } = options;
    const definition = this.#maker.define(fn);
    return new ImapIterator<T>({
      items,
      chunksize,
      buffersize: Math.ceil(buffersize / chunksize),
      isOrdered,
      signal: options.signal,
      openInputs: this.openInputs,
      submit: (chunk) => {
        const job = this.#job<Values>({ onProgress, retries });
        submitChunk(job, this.#maker, definition, chunk);
        return job;
      },
    });
  }

  #callJob<T>({ args }: Call, options: SubmitOptions<T>): Job<T> {
    if (args !== undefined) {
      checkArray("args", args);
    }
    checkOptions(options, submitOptions);
    return this.#job(options);
  }

  #job<T>(options: SubmitOptions<T>): Job<T> {
    const retries = count("retries", options.retries ?? this.#retries);
    return new Job(this.#scheduler, options, retries);
  }
}

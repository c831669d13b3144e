import type { Values } from "../../wire/typed-array.cjs";
import type { WaitOptions } from "../async-result.js";
import type { Items } from "../items.js";
import type { OpenInput, OpenInputs } from "../open-inputs.js";
import { ChunkReader, type InputChunk } from "./chunk-reader.js";
import { Mailbox, type Outcome } from "./mailbox.js";
import { type PendingChunk, PendingChunks } from "./pending-chunks.js";

/** A chunk that is under way. `Job` is one; the public types go no further than this. */
export interface ImapJob {
  readonly promise: Promise<Values>;
  cancel(error: unknown): void;
  drop(): void;
}

export interface ImapSettings {
  readonly items: Items<unknown>;
  readonly chunksize: number;
  /** Chunks that may be under way: read from the input and not yet handed out. */
  readonly buffersize: number;
  readonly isOrdered: boolean;
  readonly signal: AbortSignal | undefined;
  readonly openInputs: OpenInputs;
  submit(items: readonly unknown[]): ImapJob;
}

/** The results of `imap` and `imapUnordered` as they come in: an async iterator that survives errors. */
export class ImapIterator<T> implements AsyncIterableIterator<T>, OpenInput {
  readonly #settings: ImapSettings;
  readonly #reader: ChunkReader;
  readonly #mailbox = new Mailbox<T>();
  readonly #jobs = new Set<ImapJob>();
  readonly #pending: PendingChunks<T>;
  #bound: number;
  /** Chunks read and not yet handed out. */
  #underWay = 0;
  #isReading = false;
  #inputIsOver = false;

  constructor(settings: ImapSettings) {
    this.#settings = settings;
    this.#pending = new PendingChunks(settings.isOrdered);
    this.#bound = settings.buffersize;
    this.#reader = new ChunkReader(settings.items, settings.chunksize);
    settings.openInputs.add(this);
    const { signal } = settings;
    if (signal?.aborted) {
      this.stop(signal.reason);
    } else {
      signal?.addEventListener("abort", this.#abort);
    }
    this.#readOn();
  }

  /** The number of results to come in all, where the input says it, as a list does. */
  get length(): number | undefined {
    const { length, size }: { length?: unknown; size?: unknown } = Object(this.#settings.items);
    return [length, size].find((count) => typeof count === "number");
  }

  /**
   * The next result, after `IMapIterator.next`. Rejects with the error of a task or of the input; with chunksize 1 the
   * results after a failed task can still be had. With a TimeoutError after `timeout` milliseconds, with the signal's
   * reason when `signal` aborts: neither loses anything, the next call gets the result. At the end, each call gives
   * `{ done: true }`.
   */
  next(options: WaitOptions = {}): Promise<IteratorResult<T, undefined>> {
    return this.#mailbox.next(options);
  }

  /** Ends the iteration, as `break` does: no more input is read, tasks still queued are dropped. Can be repeated. */
  async return(): Promise<IteratorResult<T, undefined>> {
    this.#end((job) => job.drop());
    this.#mailbox.clear();
    await this.#stopReader();
    return { done: true, value: undefined };
  }

  /** Ends the iteration, as `return` does. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  readAll(): void {
    this.#bound = Number.POSITIVE_INFINITY;
    this.#readOn();
  }

  stop(error: unknown): void {
    if (this.#inputIsOver && this.#pending.isEmpty) {
      return;
    }
    this.#mailbox.push({ error });
    this.#end((job) => job.cancel(error));
    this.#reader.stop().catch(() => {});
  }

  #abort = (): void => {
    this.stop(this.#settings.signal?.reason);
  };

  /** An input that is being waited for can end only when it goes on, which may be never. */
  async #stopReader(): Promise<void> {
    const stopped = this.#reader.stop();
    if (this.#isReading) {
      stopped.catch(() => {});
    } else {
      await stopped;
    }
  }

  #end(endJob: (job: ImapJob) => void): void {
    this.#pending.clear();
    this.#endInput();
    const jobs = [...this.#jobs];
    this.#jobs.clear();
    jobs.forEach(endJob);
    this.#close();
  }

  #close(): void {
    this.#mailbox.close();
    this.#settings.signal?.removeEventListener("abort", this.#abort);
  }

  #endInput(): void {
    this.#inputIsOver = true;
    this.#settings.openInputs.delete(this);
  }

  #readOn(): void {
    if (this.#isReading) {
      return;
    }
    this.#isReading = true;
    while (!this.#inputIsOver && this.#underWay < this.#bound) {
      const chunk = this.#reader.read();
      if (chunk instanceof Promise) {
        chunk.then((arrived) => {
          this.#isReading = false;
          if (!this.#inputIsOver) {
            this.#take(arrived);
          }
          this.#readOn();
        });
        return;
      }
      this.#take(chunk);
    }
    this.#isReading = false;
  }

  /** As in CPython, a chunk that the input could not complete is lost with the input's error. */
  #take({ items, isLast, failure }: InputChunk): void {
    if (isLast) {
      this.#endInput();
    }
    if (failure) {
      this.#fill(this.#openChunk(), [failure]);
    } else if (items.length > 0) {
      this.#submit(items);
    }
    this.#deliver();
  }

  #submit(items: readonly unknown[]): void {
    const chunk = this.#openChunk();
    const job = this.#settings.submit(items);
    this.#jobs.add(job);
    job.promise.then(
      (values) => {
        const outcomes = Array.from(values as ArrayLike<T>, (value) => ({ value }));
        this.#settle(job, chunk, outcomes);
      },
      (error) => this.#settle(job, chunk, [{ error }]),
    );
  }

  #settle(job: ImapJob, chunk: PendingChunk<T>, outcomes: readonly Outcome<T>[]): void {
    if (!this.#jobs.delete(job)) {
      return;
    }
    this.#fill(chunk, outcomes);
    this.#deliver();
  }

  #openChunk(): PendingChunk<T> {
    this.#underWay++;
    return this.#pending.open();
  }

  #fill(chunk: PendingChunk<T>, outcomes: readonly Outcome<T>[]): void {
    const last = outcomes.at(-1);
    const onTaken = () => {
      this.#underWay--;
      this.#readOn();
    };
    chunk.outcomes = last ? [...outcomes.slice(0, -1), { ...last, onTaken }] : [];
  }

  #deliver(): void {
    for (;;) {
      const outcomes = this.#pending.takeDone();
      if (!outcomes) {
        break;
      }
      for (const outcome of outcomes) {
        this.#mailbox.push(outcome);
      }
      if (this.#settings.chunksize > 1 && outcomes.some((outcome) => "error" in outcome)) {
        this.#end((job) => job.drop());
      }
    }
    if (this.#inputIsOver && this.#pending.isEmpty) {
      this.#close();
    }
  }
}

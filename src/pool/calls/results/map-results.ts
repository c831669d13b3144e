import { isTypedArray, resultsFor, type Values } from "../../wire/typed-array.cjs";
import type { TaskEnd } from "../../workers/task.js";
import type { Job } from "../job.js";

/** Puts the results of the chunks together; ends the job when the last chunk is done. */
export class MapResults<T> {
  readonly #job: Job<T>;
  readonly #results: unknown[];
  #remaining: number;
  #failure: { readonly error: unknown } | undefined;

  constructor(job: Job<T>, items: Values, chunks: number) {
    this.#job = job;
    this.#results = resultsFor(items);
    this.#remaining = chunks;
    if (chunks === 0) {
      this.#end();
    }
  }

  /** Takes the results of the chunk that starts there. */
  from(start: number): TaskEnd {
    return {
      succeed: (values) => {
        place(values, this.#results, start);
        this.#chunkIsDone();
      },
      fail: (error) => {
        this.#failure ??= { error };
        this.#chunkIsDone();
      },
    };
  }

  #chunkIsDone(): void {
    if (--this.#remaining === 0) {
      this.#end();
    }
  }

  #end(): void {
    if (this.#failure) {
      this.#job.fail(this.#failure.error);
    } else {
      this.#job.succeed(this.#results as T);
    }
  }
}

function place(values: ArrayLike<unknown>, results: unknown[], start: number): void {
  if (isTypedArray(results)) {
    results.set(values as ArrayLike<never>, start);
  } else {
    for (let index = 0; index < values.length; index++) {
      results[start + index] = values[index];
    }
  }
}

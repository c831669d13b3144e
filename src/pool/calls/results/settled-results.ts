import type { Values } from "../../wire/typed-array.cjs";
import type { TaskEnd } from "../../workers/task.js";
import type { Job } from "../job.js";

/** Puts the outcomes of the items together; ends the job with the last one. */
export class SettledResults<T> {
  readonly #job: Job<T>;
  readonly #outcomes: PromiseSettledResult<unknown>[];
  #remaining: number;

  constructor(job: Job<T>, _items: Values, count: number) {
    this.#job = job;
    this.#outcomes = new Array(count);
    this.#remaining = count;
    this.#endIfDone();
  }

  /** Takes the outcome of that item. */
  from(index: number): TaskEnd {
    return {
      succeed: ([value]) => this.#take(index, { status: "fulfilled", value }),
      fail: (reason) => this.#take(index, { status: "rejected", reason }),
    };
  }

  #take(index: number, outcome: PromiseSettledResult<unknown>): void {
    this.#outcomes[index] = outcome;
    this.#remaining--;
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (this.#remaining === 0) {
      this.#job.succeed(this.#outcomes as T);
    }
  }
}

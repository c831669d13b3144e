import type { WorkerLostError } from "../errors.cjs";

/** Deaths in a row of workers that had not started, besides one of each, after which the pool gives up. */
const attempts = 5;

/** A worker that was killed while it started counts as so much of a death: somebody did it, mostly not for ever. */
const killedStart = 0.05;

/** Counts the workers that died before they had started, since the last one that did start. */
export class FailedStarts {
  #count = 0;

  reset(): void {
    this.#count = 0;
  }

  add({ signal }: WorkerLostError): void {
    this.#count += signal === "SIGKILL" || signal === "SIGTERM" ? killedStart : 1;
  }

  areTooMany(workers: number): boolean {
    return this.#count >= attempts + workers;
  }
}

import { clearTimeout, setTimeout } from "node:timers";

/** The rest of a pool that has had nothing to do for so long: it has no workers meanwhile, and gives back one that becomes ready. */
export class Rest {
  readonly #idleTimeout: number | undefined;
  readonly #begin: () => void;
  #timer: NodeJS.Timeout | undefined;
  #ended: Promise<void> | undefined;
  #end: (() => void) | undefined;

  /** A pool without a timeout never rests. */
  constructor(idleTimeout: number | undefined, begin: () => void) {
    this.#idleTimeout = idleTimeout;
    this.#begin = begin;
  }

  /** Resolves at its end; undefined while there is none. */
  get ended(): Promise<void> | undefined {
    return this.#ended;
  }

  /** The pool has no tasks in its queue, and perhaps none at all from now on. */
  prepare(isIdle: () => boolean): void {
    if (this.#idleTimeout === undefined || this.#ended || !isIdle()) {
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#ended = new Promise((resolve) => {
        this.#end = resolve;
      });
      this.#begin();
    }, this.#idleTimeout).unref();
  }

  /** Tells whether there was one. */
  end(): boolean {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const wasResting = this.#ended !== undefined;
    this.#ended = undefined;
    this.#end?.();
    this.#end = undefined;
    return wasResting;
  }
}

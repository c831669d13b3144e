import { clearImmediate, setImmediate } from "node:timers";

/** Milliseconds after which what a batch still holds is given to other workers. */
const longest = 5;

/** The wait for a batch of tasks, which are taken to be short. */
export class Patience {
  #timer: NodeJS.Timeout | undefined;
  #lastLook: NodeJS.Immediate | undefined;
  #time = longest;

  /** Calls `end` if `stop` is not called before long; what came in while this process was busy is heard before. */
  begin(end: () => void): void {
    const endUnlessHeard = () => {
      this.#lastLook = setImmediate(end).unref();
    };
    this.#timer = setTimeout(endUnlessHeard, this.#time).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#lastLook);
  }

  /** Grows while batches come back of which nothing was begun, as large ones on a busy machine: else they might for ever. */
  learn(wasBegun: boolean): void {
    this.#time = wasBegun ? longest : 2 * this.#time;
  }
}

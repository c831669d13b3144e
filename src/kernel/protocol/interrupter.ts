import { writeSync } from "node:fs";
import { Session } from "node:inspector";
import { setTimeout as delay } from "node:timers/promises";
import { beforeTerminationCall } from "../shared/termination-hook.js";
import { flag, guard } from "../shared/thread-flags.js";
import type { ToMain } from "../shared/thread-messages.js";
import { signalNewestChild } from "./processes/process-tree.js";

/** The time that the main thread may take to see a message before it counts as busy. */
const politeTime = 100;
/** The time that a terminated main thread may go on before it counts as waiting for a child process. */
const childTime = 400;
/** The time that the inspector may take, which does not answer while the main thread waits outside of JavaScript. */
const answerTime = 200;
/** The time, and the number of terminations, after which a thread whose JavaScript ends comes to no message any more. */
const brokenTime = 5000;
const mostTerminations = 10;
/** The first may come while a hook runs; the hook has ended when it has passed so many places of interruption. */
const preparations = 6;

const childNotFound =
  "poolbook kernel: The system does not tell which child process the cell waits for; it has to end by itself\n";

/**
 * Stops whatever the main thread does. First it is told; if it does not listen, V8 terminates the JavaScript that
 * runs; if it waits outside of JavaScript, the child process that it waits for gets SIGINT.
 */
export class Interrupter {
  readonly #post: (message: ToMain) => void;
  readonly #flags: Int32Array;
  #isTerminating = false;
  #id = 0;
  /** Of the interrupt under way. */
  #terminations = 0;
  readonly #giveUp: () => void;
  #current: Promise<void> | undefined;

  /** `giveUp` is called when the thread cannot go on, whatever is ended in it. */
  constructor(flags: Int32Array, post: (message: ToMain) => void, giveUp: () => void) {
    this.#flags = flags;
    this.#giveUp = giveUp;
    this.#post = post;
  }

  interrupt(): Promise<void> {
    this.#current ??= this.#run().finally(() => {
      this.#current = undefined;
    });
    return this.#current;
  }

  /** Resolves when the interrupt under way is over; undefined where there is none. */
  get underWay(): Promise<void> | undefined {
    return this.#current;
  }

  async #run(): Promise<void> {
    this.#id++;
    this.#terminations = 0;
    const start = Date.now();
    let isChildSignalled = false;
    let isPolite = true;
    // A termination that comes late hits the next JavaScript, so this ends only when none is pending.
    while (!(await this.#isSeen(isPolite ? politeTime : 20)) || this.#isTerminating) {
      isPolite = false;
      if (this.#terminations >= mostTerminations && Date.now() - start > brokenTime) {
        this.#giveUp();
        return;
      }
      if (!this.#hasSeen() && !this.#isTerminating) {
        void this.#terminate();
      }
      if (!isChildSignalled && Date.now() - start > childTime) {
        isChildSignalled = true;
        if (!signalNewestChild("SIGINT")) {
          writeSync(2, childNotFound);
        }
      }
    }
  }

  #hasSeen(): boolean {
    return Atomics.load(this.#flags, flag.interrupted) === this.#id;
  }

  /** Sends the message, again because a termination may have hit the reading of the last one. */
  async #isSeen(limit: number): Promise<boolean> {
    this.#post({ type: "interrupt", id: this.#id });
    const end = Date.now() + limit;
    // At least once: this thread has to come to other things too.
    do {
      await delay(5);
    } while (!this.#hasSeen() && Date.now() < end);
    return this.#hasSeen();
  }

  async #terminate(): Promise<void> {
    if (Atomics.compareExchange(this.#flags, flag.guard, guard.free, guard.terminating) !== guard.free) {
      return;
    }
    this.#isTerminating = true;
    // An open session would make the process wait for it at its end.
    const inspector = new Session();
    inspector.connectToMainThread();
    const prepare = () =>
      new Promise<void>((resolve) => {
        inspector.post("Runtime.evaluate", { expression: beforeTerminationCall, silent: true }, () =>
          resolve(),
        );
      });
    for (let round = 0; round < preparations; round++) {
      await Promise.race([prepare(), delay(answerTime)]);
      await delay(1);
    }
    // These two are done in one go.
    void prepare();
    const terminated = new Promise<void>((resolve) => {
      inspector.post("Runtime.terminateExecution", () => {
        this.#terminations++;
        resolve();
      });
    });
    await Promise.race([terminated, delay(answerTime)]);
    inspector.disconnect();
    Atomics.store(this.#flags, flag.guard, guard.free);
    Atomics.notify(this.#flags, flag.guard);
    // The event loop now has to come to the message.
    await delay(politeTime);
    this.#isTerminating = false;
  }
}

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { now } from "../../wire/clock.cjs";
import type { HeartbeatData } from "./heartbeat-data.js";

/** Time that the last message to the broker gets. */
const longestStop = 3000;

/**
 * Tells the agents that this process lives, from a thread of its own: a notebook may be busy for minutes. The thread
 * does not keep the process alive.
 */
export class Heartbeat {
  /** Resolves after the first beat; rejects with an error that trying again does not mend. */
  readonly begun: Promise<void>;
  readonly #thread: Worker;
  readonly #lastBeat = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  /** The latest error of the connection. */
  problem: string | undefined;

  constructor(options: Pick<HeartbeatData, "url" | "client" | "lease">) {
    const workerData: HeartbeatData = { ...options, lastBeat: this.#lastBeat };
    this.#thread = new Worker(new URL("./heartbeat-thread.js", import.meta.url), {
      workerData,
      execArgv: [],
      stdout: true,
    });
    this.begun = new Promise((resolve, reject) => {
      this.#thread.on("message", ({ error, isHopeless }: { error?: string; isHopeless?: boolean }) => {
        this.problem = error;
        if (isHopeless) {
          reject(new Error(error));
        } else if (error === undefined) {
          resolve();
        }
      });
      this.#thread.on("error", reject);
    });
    this.begun.catch(() => {});
    // Last: to listen to a thread undoes it.
    this.#thread.unref();
  }

  /** Milliseconds since the broker had the last beat. */
  get silence(): number {
    return now() - (new Float64Array(this.#lastBeat)[0] ?? 0);
  }

  async stop(): Promise<void> {
    const exit = once(this.#thread, "exit");
    this.#thread.postMessage("stop");
    const timer = setTimeout(() => this.#thread.terminate(), longestStop);
    await exit;
    clearTimeout(timer);
  }
}

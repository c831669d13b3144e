import { createRequire } from "node:module";
import { clearTimeout, setTimeout } from "node:timers";
import { receiveResults } from "../../functions/stacks/returned-stacks.js";
import { now } from "../../wire/clock.cjs";
import { resultsIn } from "../../wire/held-results.cjs";
import type {
  Batch,
  BatchEnd,
  ResultMessage,
  SentPayload,
  ThrownValue,
  WorkerEvent,
} from "../../wire/messages.cjs";
import { transfersOf } from "../../wire/payload.cjs";
import { decodeText } from "../../wire/sent-payload.cjs";
import type { SharedSpace } from "../../wire/space/shared-space.cjs";
import { eventsLeftIn } from "../../wire/space/unsent-events.cjs";
import { takeApart } from "../../wire/thrown.cjs";
import type { MakeSlot, Slot, SlotBatch, SlotListener, SlotStart, Standing, TaskResult } from "../slot.js";
import { childProcesses } from "./child-process.js";
import { goOnAfter } from "./go-on-after.js";
import { type Host, type HostListener, type HostMessage, readyMessage } from "./host.js";
import { type Initialization, type InitialOptions, initializationOf } from "./initialization.js";
import { receiveResult } from "./received-result.js";
import { sendFunction, sendInitializer, sendTask } from "./sent-batch.js";
import { threads } from "./thread.js";
import { workerCommand } from "./worker-command.js";

const require = createRequire(import.meta.url);

/** Milliseconds after which a closed worker is killed that neither ends nor heeds SIGTERM: it may be stopped. */
const closeGrace = 2000;

/** Marks the answer to a batch. workerpool's own calls, with all their promises, would take longer than the trip. */
const batchId = "batch";

/** Takes values out of a message and the space. */
export type Receive<V> = (sent: SentPayload, space: SharedSpace) => V;

/** Makes slots whose workers run the initializer first. Throws as `initializationOf` does. */
export function localSlots(options: InitialOptions): MakeSlot {
  const initialization = initializationOf(options);
  return (name, listener) => new LocalSlot(name, initialization, listener, receiveResults);
}

/** A slot on this machine: a process or a thread, run by a workerpool of its own. */
export class LocalSlot<V> implements Slot {
  readonly name: string;
  readonly host = undefined;
  readonly started: Promise<SlotStart>;
  readonly gone: Promise<void>;
  readonly #listener: SlotListener<V>;
  readonly #receivePayload: (sent: SentPayload) => V;
  readonly #host: Host;
  readonly #space: SharedSpace;
  readonly #pool;
  #hasEnded = false;
  #isGone = false;
  #onReady!: () => void;
  #batch = { firstTicket: 1, isRevocable: false, time: 0 };
  #eventCount = 0;

  constructor(name: string, initialization: Initialization, listener: SlotListener<V>, receive: Receive<V>) {
    const { options } = initialization;
    const hosts = options.workerType === "thread" ? threads : childProcesses;
    this.name = name;
    this.#listener = listener;
    this.#receivePayload = (sent) => receive(sent, this.#space);
    this.#space = hosts.createSpace();
    const ready = new Promise<undefined>((resolve) => {
      this.#onReady = () => resolve(undefined);
    });
    let started: Promise<ThrownValue | undefined> = ready;
    try {
      const workerpool: typeof import("workerpool") = require("workerpool");
      this.#pool = workerpool.pool(...workerCommand(options, { name, space: this.#space.key }));
      const initializer = sendInitializer(initialization, this.#space);
      const launch = () => {
        const answered = this.#exec<ThrownValue | undefined>("start", initializer ? [initializer] : []);
        started = initializer ? answered : Promise.race([ready, answered]);
        started.catch(() => {});
      };
      const hostListener: HostListener = {
        onMessage: (message) => this.#hear(message as HostMessage),
        onOutput: (stream, text) => listener.onOutput(stream, text),
        onFatal: (error) => listener.onFatal(takeApart(error)),
      };
      this.#host = hosts.launch(launch, hostListener, options.maxMemory);
    } catch (error) {
      this.#space.close();
      throw error;
    }
    this.started = started.then((thrown) => ({ thrown }));
    this.started.catch(() => {});
    this.gone = this.#watch();
  }

  get pid(): number {
    return this.#host.pid;
  }

  run({ functions: { learn, forget }, firstTicket, tasks }: SlotBatch): void {
    this.#batch = { firstTicket, isRevocable: tasks.length > 1, time: now() };
    this.#space.clear();
    const batch: Batch = {
      ...(learn.length > 0 && { learn: learn.map((definition) => sendFunction(definition, this.#space)) }),
      ...(forget.length > 0 && { forget }),
      firstTicket,
      time: this.#batch.time,
      tasks: tasks.map((task) => sendTask(task, this.#space)),
      spaceEnd: this.#space.end,
    };
    // A task that hands something over is alone.
    const transfer = this.#batch.isRevocable || !tasks[0] ? [] : transfersOf(tasks[0].values);
    this.#host.call({ id: batchId, method: "run", params: [batch], transfer });
  }

  revoke(isUrgent: boolean): void {
    const batch = this.#batch;
    const answer = () => {
      if (!this.#isGone && batch === this.#batch) {
        this.#listener.onStanding(this.#standing());
      }
    };
    if (this.#isGone || !batch.isRevocable) {
      answer();
    } else {
      this.#space.revoke(batch.firstTicket);
      goOnAfter(this.#space.untilHeeded, isUrgent, answer);
    }
  }

  abort(task: number): void {
    this.#host.call({ method: "abort", params: [task] });
  }

  withdraw(): void {}

  close(): void {
    Promise.resolve(this.#pool.terminate()).catch(() => {});
    const timer = setTimeout(() => this.kill(), closeGrace).unref();
    this.gone.then(() => clearTimeout(timer));
  }

  kill(): void {
    this.#host.kill();
  }

  #exec<T>(method: string, params: unknown[]): Promise<T> {
    const running = this.#pool.exec(method, params);
    return new Promise((resolve, reject) => running.then(resolve, reject));
  }

  #receive(results: readonly ResultMessage[]): TaskResult<V>[] {
    return results.map((result) => receiveResult(result, this.#batch.time, this.#receivePayload));
  }

  /** Results that an earlier batch has left in the space count no more. */
  #standing(): Standing<V> {
    const { firstTicket } = this.#batch;
    const { progress } = this.#space;
    const lastBegun = progress.begun;
    const results = lastBegun >= firstTicket ? this.#receive(resultsIn(progress.kept)) : [];
    return { firstTicket, lastBegun, results };
  }

  #hear(message: HostMessage): void {
    if (message === readyMessage) {
      this.#onReady();
      return;
    }
    if (message?.id === batchId) {
      this.#endBatch(message.result);
      return;
    }
    if (message?.poolbook) {
      this.#eventCount++;
      this.#hearEvent(message.poolbook);
    }
  }

  /** The last events of a process that has exited, which its socket did not take. */
  #hearUnsent(): void {
    for (const [number, event] of eventsLeftIn(this.#space)) {
      if (number > this.#eventCount) {
        this.#hearEvent(event);
      }
    }
  }

  #hearEvent(event: WorkerEvent): void {
    switch (event[0]) {
      case "results":
        this.#listener.onResults(this.#receive(event[1]));
        break;
      case "output":
        this.#listener.onTaskOutput(event[1], event[2], event[3]);
        break;
      case "report":
        this.#listener.onReport(event[1], decodeText(event[2]));
        break;
      case "signal":
        this.#listener.onSignalUse(event[1]);
        break;
      case "fatal":
        this.#listener.onFatal(event[1]);
    }
  }

  /** After the end of the worker, its last batch is not over, but has results. */
  #endBatch(end: BatchEnd | null | undefined): void {
    try {
      const kept = end?.kept ? resultsIn(this.#space.readKept(end.kept)) : [];
      const received = this.#receive([...kept, ...(end?.results ?? [])]);
      if (this.#hasEnded) {
        this.#listener.onResults(received);
      } else if (end) {
        this.#listener.onDone(received);
      } else {
        this.kill();
      }
    } catch {
      this.kill();
    }
  }

  /** Has workerpool let go of a dead worker, as it does when the worker is asked for something. */
  #forget(): void {
    if (this.#pool.stats().totalWorkers > 0) {
      this.#exec("run", []).catch(() => {});
    }
  }

  async #watch(): Promise<void> {
    await this.#host.ended;
    this.#hasEnded = true;
    this.#listener.onExit();
    const { exitCode, signal } = await this.#host.lastWords();
    this.#hearUnsent();
    const standing = this.#standing();
    this.#isGone = true;
    this.#space.close();
    this.#forget();
    this.#listener.onGone({ exitCode, signal, ...standing });
  }
}

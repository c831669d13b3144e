import { clearTimeout, setTimeout } from "node:timers";
import { BrokenPoolError, WorkerLostError } from "../errors.cjs";
import { errorsFromWorkers } from "../functions/errors-from-workers.js";
import { now } from "../wire/clock.cjs";
import type { OutputStream } from "../wire/messages.cjs";
import { putTogether } from "../wire/thrown.cjs";
import { GivenTasks } from "./given-tasks.js";
import { Patience } from "./patience.js";
import type { PoolWorkerListener } from "./pool-worker-listener.js";
import { SentFunctions } from "./sent-functions.js";
import type { MakeSlot, Slot, SlotEnd, SlotListener, Standing, TaskResult } from "./slot.js";
import type { Task } from "./task.js";

/** Milliseconds that a cancelled task gets to end by itself, if it heeds its signal. */
const abortGrace = 1000;

/** A worker as the pool sees it: its number, the slot it runs in, and the tasks it was given. */
export class PoolWorker {
  readonly number: number;
  readonly gone: Promise<void>;
  readonly #slot: Slot;
  readonly #listener: PoolWorkerListener;
  readonly #functions = new SentFunctions();
  readonly #given = new GivenTasks();
  /** Called with the running task, if there is one, as soon as the slot has told how far it is. */
  readonly #questions: ((running: Task | undefined) => void)[] = [];
  #lastTask: Task | undefined;
  /** It became ready once. */
  hasStarted = false;
  /** Number of tasks it was given so far. */
  taskCount = 0;
  #fatal: unknown;
  readonly #patience = new Patience();
  #grace: NodeJS.Timeout | undefined;

  constructor(number: number, makeSlot: MakeSlot, listener: PoolWorkerListener) {
    this.number = number;
    this.#listener = listener;
    this.#slot = makeSlot(`PoolWorker-${number}`, this.#slotListener());
    this.gone = this.#slot.gone;
    this.#slot.started.then(
      ({ thrown }) => {
        this.hasStarted = true;
        if (thrown) {
          listener.onInitializerError(putTogether(thrown, errorsFromWorkers));
        } else {
          listener.onIdle();
        }
      },
      (reason) => {
        if (reason instanceof BrokenPoolError) {
          listener.onUnavailable(reason);
        }
        this.#fatal ??= reasonToKill(reason);
        this.kill();
      },
    );
  }

  get pid(): number {
    return this.#slot.pid;
  }

  has(task: Task): boolean {
    return this.#given.includes(task);
  }

  run(tasks: readonly Task[]): void {
    const firstTicket = this.#given.give(tasks);
    this.taskCount += tasks.length;
    const functions = this.#functions.update(tasks.map(({ definition }) => definition));
    if (tasks.length > 1) {
      this.#patience.begin(() => this.#slot.revoke(false));
    }
    const started = now();
    try {
      this.#slot.run({ functions, firstTicket, tasks });
    } catch (error) {
      for (const task of tasks) {
        task.abandon("failed", error);
      }
      this.kill();
    }
    // Not before they are sent: who hears of the start may cancel some of them.
    this.#startNext(started);
  }

  /** Ends a task that is over for its caller: if it runs, aborts its signal, and kills the worker if that is no help. */
  cancel(task: Task): void {
    this.takeBack((running) => {
      if (running === task && task.heedsSignal) {
        this.#slot.abort(task.number);
        this.#grace = setTimeout(() => this.kill(), abortGrace).unref();
      } else if (running === task) {
        this.kill();
      }
    });
  }

  /** Has the tasks returned that will not be begun, and calls `then` when it is done, at once if the slot is near. */
  takeBack(then: (running: Task | undefined) => void): void {
    this.#questions.push(then);
    this.#slot.revoke(true);
  }

  close(): void {
    this.#slot.close();
  }

  /** Gives up waiting for the worker, if it is not there yet. */
  withdraw(): void {
    this.#slot.withdraw();
  }

  /** Ends the worker at once, and its tasks with `error`, or as lost. */
  kill(error?: Error): void {
    if (error) {
      this.#given.cancelAll(error);
    }
    this.#slot.kill();
  }

  #slotListener(): SlotListener {
    return {
      onResults: (results) => this.#finishAll(results),
      onDone: (results) => this.#endBatch(results),
      onStanding: (standing) => this.#heed(standing),
      onFatal: (thrown) => {
        this.#fatal = putTogether(thrown, errorsFromWorkers);
      },
      onTaskOutput: (number, stream, text) => {
        this.#print(this.#given.numbered(number) ?? this.#lastTask, stream, text);
      },
      onReport: (number, value) => this.#given.numbered(number)?.report(value),
      onSignalUse: (number) => this.#given.numbered(number)?.heedSignal(),
      onOutput: (stream, text) => this.#print(this.#lastTask, stream, text),
      onExit: () => this.#listener.onExit(),
      onGone: (end) => this.#end(end),
    };
  }

  /** The rest of a batch that was revoked goes back. */
  #endBatch(results: readonly TaskResult[]): void {
    this.#patience.stop();
    this.#finishAll(results);
    const wasBegun = !this.#given.isAtFirst;
    const rest = this.#given.takeAll();
    if (rest.length > 0) {
      this.#patience.learn(wasBegun);
    }
    this.#giveBack(rest);
    this.#answer(undefined);
    this.#listener.onIdle();
  }

  #heed(standing: Standing): void {
    if (!this.#given.isAnswered(standing)) {
      return;
    }
    this.#finishAll(standing.results);
    const lastBegun = this.#given.lastBegun(standing);
    this.#patience.learn(lastBegun >= standing.firstTicket);
    const running = this.#given.begunAt(lastBegun);
    this.#giveBack(this.#given.takeBehind(lastBegun));
    this.#answer(running);
  }

  #answer(running: Task | undefined): void {
    for (const answer of this.#questions.splice(0)) {
      answer(running);
    }
  }

  #giveBack(tasks: readonly Task[]): void {
    if (tasks.length === 0) {
      return;
    }
    this.taskCount -= tasks.length;
    for (const task of tasks) {
      task.requeue();
    }
    this.#listener.onReturned(tasks);
  }

  #print(task: Task | undefined, stream: OutputStream, text: string): void {
    if (task) {
      task.print(stream, text);
    } else {
      process[stream].write(text);
    }
  }

  #finishAll(results: readonly TaskResult[]): void {
    for (const result of this.#given.withEarly(results)) {
      const task = this.#given.taskOf(result);
      if (task) {
        this.#finish(task, result);
      }
    }
  }

  #finish(task: Task, result: TaskResult): void {
    const { started, ended } = result;
    const begun = this.#given.isAtFirst ? undefined : started;
    this.#given.shift();
    clearTimeout(this.#grace);
    this.#listener.onDuration(task.definition.family, ended - started);
    if ("values" in result) {
      task.succeed(result.values, ended, begun);
    } else {
      task.fail(result.thrown, ended, begun);
    }
    this.#startNext(ended);
  }

  #startNext(started: number): void {
    const next = this.#given.first;
    if (!next) {
      return;
    }
    this.#lastTask = next;
    next.start({ worker: this.number, pid: this.pid, host: this.#slot.host }, started);
  }

  #end({ exitCode, signal, lastBegun, results }: SlotEnd): void {
    const { name, pid, host } = this.#slot;
    const error = new WorkerLostError(name, { pid, host, exitCode, signal }, { cause: this.#fatal });
    this.#patience.stop();
    clearTimeout(this.#grace);
    this.#finishAll(results);
    this.#giveBack(this.#given.takeBehind(this.#given.first?.isTransferred ? lastBegun + 1 : lastBegun));
    if (signal === "SIGINT") {
      // Cancels what it was given, too.
      this.#listener.onInterrupt();
    }
    const begun = this.#given.takeAll();
    const again = signal === "SIGINT" ? [] : begun.filter((task) => task.tryAgain());
    this.#giveBack(again);
    for (const task of begun.filter((one) => !again.includes(one))) {
      task.abandon("lost", error);
    }
    this.#answer(undefined);
    this.#listener.onGone(error);
  }
}

/** A worker that could not start says so before it is killed; of one that has died, workerpool only tells its death. */
function reasonToKill(reason: unknown): unknown {
  return reason instanceof Error && /^Workerpool /.test(reason.message) ? undefined : reason;
}

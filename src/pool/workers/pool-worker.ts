import { WorkerLostError } from "../errors.cjs";
import type { OutputStream } from "../wire/messages.cjs";
import { now, sinceEpoch } from "../wire/now.cjs";
import { putTogether } from "../wire/thrown.cjs";
import { SentFunctions } from "./sent-functions.js";
import type { Task } from "./task.js";
import { type Initialization, type TaskResult, type WorkerEnd, WorkerProcess } from "./worker-process.js";

/** Finished tasks of a worker whose late output still goes where they were submitted. */
const remembered = 16;

/** Milliseconds after which what a batch still holds is given to other workers. */
const longestPatience = 5;

export interface PoolWorkerListener {
  /** The worker has started, or has finished what it was given. */
  onIdle(): void;
  /** Tasks that it was given but will not begin. */
  onReturned(tasks: readonly Task[]): void;
  /** A task of the function took so many milliseconds. */
  onDuration(functionId: number, duration: number): void;
  /** The initializer threw. */
  onInitializerError(error: unknown): void;
  /** The process has ended and can be given nothing more. */
  onExit(): void;
  /** SIGINT has ended the process, as it does when the user interrupts a terminal's programs. */
  onInterrupt(): void;
  /** Its last messages have come. */
  onGone(error: WorkerLostError): void;
}

/** A worker as the pool sees it: its number, its process, and the tasks it was given. */
export class PoolWorker {
  readonly number: number;
  readonly gone: Promise<void>;
  readonly #process: WorkerProcess;
  readonly #listener: PoolWorkerListener;
  readonly #functions = new SentFunctions();
  /** Given and not finished, in the order of running; the first one runs. An array: a Map in this place, with one
   * entry coming and going all the time, makes V8 keep the finished tasks for long. */
  #tasks: Task[] = [];
  /** The latest ones: what they left behind in the worker may still print. */
  readonly #finished: Task[] = [];
  #lastTask: Task | undefined;
  /** Whether it ever became ready. */
  hasStarted = false;
  /** Number of tasks it was given so far. */
  taskCount = 0;
  #fatal: unknown;
  /** Tickets number what the worker was ever given: of the batch, of its first unfinished task,
   * of the next one to be given. */
  #batchTicket = 1;
  #frontTicket = 1;
  #nextTicket = 1;
  #patience: NodeJS.Timeout | undefined;

  constructor(number: number, initialization: Initialization, listener: PoolWorkerListener) {
    this.number = number;
    this.#listener = listener;
    this.#process = new WorkerProcess(`PoolWorker-${number}`, initialization, {
      onResults: (results) => this.#finishAll(results),
      onFatal: (thrown) => {
        this.#fatal = putTogether(thrown);
      },
      onTaskOutput: (number, stream, text) => this.#printFor(number, stream, text),
      onOutput: (stream, text) => this.#print(stream, text),
      onExit: () => this.#listener.onExit(),
      onGone: (end) => this.#end(end),
    });
    this.gone = this.#process.gone;
    this.#process.started.then(
      (thrown) => {
        this.hasStarted = true;
        if (thrown) {
          listener.onInitializerError(putTogether(thrown));
        } else {
          listener.onIdle();
        }
      },
      () => this.#process.kill(),
    );
  }

  get pid(): number {
    return this.#process.pid;
  }

  has(task: Task): boolean {
    return this.#tasks.includes(task);
  }

  run(tasks: readonly Task[]): void {
    const firstTicket = this.#nextTicket;
    this.#batchTicket = firstTicket;
    this.#frontTicket = firstTicket;
    this.#nextTicket += tasks.length;
    this.taskCount += tasks.length;
    this.#tasks = [...tasks];
    const functions = this.#functions.update(tasks.map(({ definition }) => definition));
    if (tasks.length > 1) {
      this.#patience = setTimeout(() => this.#takeBack(), longestPatience).unref();
    }
    const started = now();
    try {
      this.#process.run(functions, firstTicket, tasks, (results) => {
        clearTimeout(this.#patience);
        this.#finishAll(results);
        this.#giveBack(this.#tasks.length);
        this.#listener.onIdle();
      });
    } catch (error) {
      for (const task of tasks) {
        task.abandon("failed", error);
      }
      this.#process.kill();
    }
    // Not before they are sent: who hears of the start may cancel some of them.
    this.#startNext(started);
  }

  /** Ends a task that is over for its caller: kills the process if it runs it. */
  cancel(task: Task): void {
    if (this.#standingOf(task) === "running") {
      this.#process.kill();
    }
  }

  /** Whether it is too late to take the task back; if not, it is back in the queue. */
  hasBegun(task: Task): boolean {
    return this.#standingOf(task) !== "waiting";
  }

  /**
   * How far a task has come, by the worker's own mark: one before the running one is done, though its result may still
   * be on its way. What waits is given back. The first of a batch counts as running even if it was not begun yet: it
   * cannot be taken back when it is alone.
   */
  #standingOf(task: Task): "done" | "running" | "waiting" {
    const lastBegun = Math.max(this.#catchUp(), this.#frontTicket);
    const index = this.#tasks.indexOf(task);
    const ticket = this.#frontTicket + index;
    this.#giveBack(this.#countUnstarted(lastBegun));
    if (index < 0 || ticket < lastBegun) {
      return "done";
    }
    return ticket === lastBegun ? "running" : "waiting";
  }

  /** Gives back what waits behind a task that takes longer than the others of its batch did. */
  #takeBack(): void {
    this.#giveBack(this.#countUnstarted(this.#catchUp()));
  }

  /** Has the worker begin no more of its batch; returns the ticket of the task it began last. */
  #catchUp(): number {
    const { lastBegun, results } = this.#process.revoke();
    this.#finishAll(results);
    return lastBegun;
  }

  #giveBack(count: number): void {
    if (count === 0) {
      return;
    }
    const tasks = this.#tasks.splice(-count);
    this.taskCount -= count;
    for (const task of tasks) {
      task.requeue();
    }
    this.#listener.onReturned(tasks);
  }

  /** Tasks with higher tickets than the one begun last. */
  #countUnstarted(lastBegun: number): number {
    const begun = Math.max(0, lastBegun + 1 - this.#frontTicket);
    return Math.max(0, this.#tasks.length - begun);
  }

  close(): void {
    this.#process.close();
  }

  /** Ends the process at once, and its tasks with `error`, or as lost. */
  kill(error?: Error): void {
    if (error) {
      for (const task of this.#tasks) {
        task.abandon("cancelled", error);
      }
    }
    this.#process.kill();
  }

  #printFor(number: number, stream: OutputStream, text: string): void {
    const isOfTask = ({ record }: Task) => record.number === number;
    const task = this.#tasks.find(isOfTask) ?? this.#finished.find(isOfTask);
    if (task) {
      task.print(stream, text);
    } else {
      this.#print(stream, text);
    }
  }

  #print(stream: OutputStream, text: string): void {
    if (this.#lastTask) {
      this.#lastTask.print(stream, text);
    } else {
      process[stream].write(text);
    }
  }

  #finishAll(results: readonly TaskResult[]): void {
    for (const result of results) {
      const [task] = this.#tasks;
      if (task?.record.number === result.number) {
        this.#finish(task, result);
      }
    }
  }

  #finish(task: Task, result: TaskResult): void {
    const { started, ended } = result;
    const isFirst = this.#frontTicket === this.#batchTicket;
    this.#tasks.shift();
    this.#frontTicket++;
    this.#finished.push(task);
    if (this.#finished.length > remembered) {
      this.#finished.shift();
    }
    this.#listener.onDuration(task.definition.id, ended - started);
    const times = isFirst
      ? { ended: sinceEpoch(ended) }
      : { started: sinceEpoch(started), ended: sinceEpoch(ended) };
    if ("values" in result) {
      task.succeed(result.values, times);
    } else {
      task.fail(result.thrown, times);
    }
    this.#startNext(ended);
  }

  #startNext(started: number): void {
    const [next] = this.#tasks;
    if (!next) {
      return;
    }
    this.#lastTask = next;
    next.start(this.number, this.pid, started);
  }

  #end({ exitCode, signal, lastBegun, results }: WorkerEnd): void {
    const error = new WorkerLostError(this.#process.name, this.pid, exitCode, signal, { cause: this.#fatal });
    clearTimeout(this.#patience);
    this.#finishAll(results);
    this.#giveBack(this.#countUnstarted(lastBegun));
    if (signal === "SIGINT") {
      this.#listener.onInterrupt();
    }
    for (const task of this.#tasks.splice(0)) {
      task.abandon("lost", error);
    }
    this.#listener.onGone(error);
  }
}

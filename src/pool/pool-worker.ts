import { WorkerLostError } from "./errors.js";
import type { OutputStream, Payload, ResultMessage, ThrownValue, WorkerEvent } from "./messages.js";
import { SentFunctions } from "./sent-functions.js";
import type { Task } from "./task.js";
import { putTogether } from "./thrown.js";
import { type Initialization, type WorkerEnd, WorkerProcess } from "./worker-process.js";

export interface PoolWorkerListener {
  /** The worker has started, or has finished what it was given. */
  onIdle(): void;
  /** The initializer threw. */
  onInitializerError(error: unknown): void;
  /** The process has ended and can be given nothing more. */
  onExit(): void;
  /** Its last messages have come; `unstarted` are the tasks it was given but had not begun. */
  onGone(unstarted: readonly Task[], error: WorkerLostError): void;
}

/** A worker as the pool sees it: its number, its process, and the tasks it was given. */
export class PoolWorker {
  readonly number: number;
  readonly gone: Promise<void>;
  readonly #process: WorkerProcess;
  readonly #listener: PoolWorkerListener;
  readonly #functions = new SentFunctions();
  /** Given and not finished, in the order of running; the first one runs. */
  readonly #tasks = new Map<number, Task>();
  #lastTask: Task | undefined;
  /** Whether it ever became ready. */
  hasStarted = false;
  /** Number of tasks it was given so far. */
  taskCount = 0;
  #fatal: unknown;

  constructor(number: number, initialization: Initialization, listener: PoolWorkerListener) {
    this.number = number;
    this.#listener = listener;
    this.#process = new WorkerProcess(`PoolWorker-${number}`, initialization, {
      onEvent: (event) => this.#receive(event),
      onOutput: (stream, text) => this.#print(stream, text),
      onExit: () => this.#listener.onExit(),
      onGone: (end) => this.#end(end),
    });
    this.gone = this.#process.gone;
    this.#process.started.then(
      (thrown) => {
        this.hasStarted = true;
        if (thrown) listener.onInitializerError(putTogether(thrown));
        else listener.onIdle();
      },
      () => {},
    );
  }

  get pid(): number {
    return this.#process.pid;
  }

  get isBusy(): boolean {
    return this.#tasks.size > 0;
  }

  isRunning(task: Task): boolean {
    const [running] = this.#tasks.values();
    return running === task;
  }

  run(tasks: readonly Task[]): void {
    this.taskCount += tasks.length;
    for (const task of tasks) this.#tasks.set(task.record.number, task);
    const functions = this.#functions.update(tasks.map(({ definition }) => definition));
    this.#startNext();
    const messages = tasks.map(
      (task) => [task.record.number, task.definition.id, task.kind, task.values] as const,
    );
    this.#process.run(functions, messages).then(
      (result) => {
        this.#finish(result);
        this.#listener.onIdle();
      },
      () => {},
    );
  }

  close(): void {
    this.#process.close();
  }

  /** Ends the process at once, and its tasks with `error`, or as lost. */
  kill(error?: Error): void {
    if (error) for (const task of this.#tasks.values()) task.abandon("cancelled", error);
    this.#process.kill();
  }

  #receive(event: WorkerEvent): void {
    if (event[0] === "result") {
      this.#finish(event[1]);
      this.#startNext();
    } else if (event[0] === "fatal") {
      this.#fatal = putTogether(event[1]);
    } else {
      const [, number, stream, text] = event;
      const task = this.#tasks.get(number);
      if (task) task.print(stream, text);
      else this.#print(stream, text);
    }
  }

  #print(stream: OutputStream, text: string): void {
    if (this.#lastTask) this.#lastTask.print(stream, text);
    else process[stream].write(text);
  }

  #finish([number, succeeded, value, started, ended]: ResultMessage): void {
    const task = this.#tasks.get(number);
    if (!task) return;
    this.#tasks.delete(number);
    if (succeeded) task.succeed(value as Payload, started, ended);
    else task.fail(value as ThrownValue, started, ended);
  }

  #startNext(): void {
    const next = this.#tasks.values().next().value;
    if (!next) return;
    this.#lastTask = next;
    next.start(this.number, this.pid);
  }

  #end({ exitCode, signal, lastBegun }: WorkerEnd): void {
    const error = new WorkerLostError(this.#process.name, this.pid, exitCode, signal, { cause: this.#fatal });
    const tasks = [...this.#tasks.values()];
    this.#tasks.clear();
    const unstarted = tasks.splice(tasks.findIndex((task) => task.record.number === lastBegun) + 1);
    for (const task of tasks) task.abandon("lost", error);
    for (const task of unstarted) task.requeue();
    this.#listener.onGone(unstarted, error);
  }
}

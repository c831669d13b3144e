import { WorkerLostError } from "./errors.js";
import type {
  FunctionDefinition,
  OutputStream,
  Payload,
  ResultMessage,
  ThrownValue,
  WorkerEvent,
} from "./messages.js";
import type { Task } from "./task.js";
import { WorkerProcess } from "./worker-process.js";

export interface PoolWorkerListener {
  /** The worker has started, or has finished what it was given. */
  onIdle(): void;
  /** The process is gone; `unstarted` are the tasks it was given but had not begun. */
  onGone(unstarted: readonly Task[], error: WorkerLostError): void;
}

/** A worker as the pool sees it: its number, its process, and the tasks it was given. */
export class PoolWorker {
  readonly number: number;
  readonly gone: Promise<void>;
  readonly #process: WorkerProcess;
  readonly #listener: PoolWorkerListener;
  readonly #knownFunctions = new Set<number>();
  /** Given and not finished, in the order of running; the first one runs. */
  readonly #tasks = new Map<number, Task>();
  #lastTask: Task | undefined;
  /** Whether it ever became ready. */
  hasStarted = false;
  #state: "starting" | "idle" | "busy" | "ending" | "gone" = "starting";

  constructor(number: number, listener: PoolWorkerListener) {
    this.number = number;
    this.#listener = listener;
    this.#process = new WorkerProcess(`PoolWorker-${number}`, {
      onEvent: (event) => this.#receive(event),
      onOutput: (stream, text) => this.#print(stream, text),
      onExit: (exitCode, signal) => this.#end(exitCode, signal),
    });
    this.gone = this.#process.gone;
    this.#process.started.then(
      () => this.#becomeIdle(),
      () => {},
    );
  }

  get pid(): number {
    return this.#process.pid;
  }

  has(task: Task): boolean {
    return this.#tasks.has(task.record.number);
  }

  run(tasks: readonly Task[]): void {
    this.#state = "busy";
    const definitions: FunctionDefinition[] = [];
    for (const task of tasks) {
      this.#tasks.set(task.record.number, task);
      if (this.#knownFunctions.has(task.definition.id)) continue;
      this.#knownFunctions.add(task.definition.id);
      definitions.push(task.definition);
    }
    this.#startNext();
    const messages = tasks.map((task) => [task.record.number, task.definition.id, task.args] as const);
    this.#process.run(definitions, messages).then(
      (results) => {
        this.#finish(results);
        this.#becomeIdle();
      },
      () => {},
    );
  }

  close(): void {
    this.#state = "ending";
    this.#process.close();
  }

  /** Ends the process at once, and its tasks with `error`, or as lost. */
  kill(error?: Error): void {
    if (error) for (const task of this.#tasks.values()) task.abandon("cancelled", error);
    this.#process.kill();
  }

  #becomeIdle(): void {
    if (this.#state === "gone") return;
    this.#state = "idle";
    this.hasStarted = true;
    this.#listener.onIdle();
  }

  #receive(event: WorkerEvent): void {
    if (event[0] === "results") {
      this.#finish(event[1]);
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

  #finish(results: readonly ResultMessage[]): void {
    for (const [number, succeeded, value, started, ended] of results) {
      const task = this.#tasks.get(number);
      if (!task) continue;
      this.#tasks.delete(number);
      if (succeeded) task.succeed(value as Payload, started, ended);
      else task.fail(value as ThrownValue, started, ended);
    }
    this.#startNext();
  }

  #startNext(): void {
    const next = this.#tasks.values().next().value;
    if (!next || next === this.#lastTask) return;
    this.#lastTask = next;
    next.start(this.number, this.pid);
  }

  #end(exitCode: number | null, signal: NodeJS.Signals | null): void {
    this.#state = "gone";
    const [running, ...unstarted] = this.#tasks.values();
    this.#tasks.clear();
    const error = new WorkerLostError(this.#process.name, this.pid, exitCode, signal);
    running?.abandon("lost", error);
    this.#listener.onGone(unstarted, error);
  }
}

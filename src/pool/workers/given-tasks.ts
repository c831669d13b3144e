import type { Standing, TaskResult } from "./slot.js";
import type { Task } from "./task.js";

/** Finished tasks of a worker whose late output still goes where they were submitted. */
const remembered = 16;

/** The tasks that a worker was given: one batch after another, each in the order of running. */
export class GivenTasks {
  /** Not finished; the first one runs. An array: a Map in this place, with one entry coming and going all the time,
   * makes V8 keep the finished tasks for long. */
  #tasks: Task[] = [];
  /** The latest ones: what they left behind in the worker may still print. */
  readonly #finished: Task[] = [];
  readonly #early: TaskResult[] = [];
  #batchSize = 0;
  /** Tickets number all that the worker was ever given: the first of the batch, of the unfinished, of the next batch. */
  #batchTicket = 1;
  #frontTicket = 1;
  #nextTicket = 1;

  get first(): Task | undefined {
    return this.#tasks[0];
  }

  /** The first one of the batch is not finished. */
  get isAtFirst(): boolean {
    return this.#frontTicket === this.#batchTicket;
  }

  /** The answer is about the batch that was given last. */
  isAnswered(standing: Standing): boolean {
    return standing.firstTicket === this.#batchTicket;
  }

  includes(task: Task): boolean {
    return this.#tasks.includes(task);
  }

  /** These results, and the earlier ones that wait for them. */
  withEarly(results: readonly TaskResult[]): readonly TaskResult[] {
    return this.#early.length === 0 ? results : [...results, ...this.#early.splice(0)];
  }

  /**
   * The task of a result, if it is the first one. A slot's standing can overtake the message with the results before its
   * own: those wait for it.
   */
  taskOf(result: TaskResult): Task | undefined {
    const { first } = this;
    if (first?.number === result.number) {
      return first;
    }
    if (this.#tasks.some(({ number }) => number === result.number)) {
      this.#early.push(result);
    }
    return undefined;
  }

  /** The task of that number, if it is not finished, or not long since. */
  numbered(number: number): Task | undefined {
    const hasNumber = (task: Task) => task.number === number;
    return this.#tasks.find(hasNumber) ?? this.#finished.find(hasNumber);
  }

  /** Begins a batch; returns the ticket of its first task. */
  give(tasks: readonly Task[]): number {
    this.#batchTicket = this.#nextTicket;
    this.#frontTicket = this.#batchTicket;
    this.#nextTicket += tasks.length;
    this.#batchSize = tasks.length;
    this.#tasks = [...tasks];
    return this.#batchTicket;
  }

  /** The first task is finished. */
  shift(): void {
    const task = this.#tasks.shift();
    if (!task) {
      return;
    }
    this.#frontTicket++;
    this.#finished.push(task);
    if (this.#finished.length > remembered) {
      this.#finished.shift();
    }
  }

  /** The ticket of the task begun last, in a batch that was revoked. A task that is alone cannot be taken back. */
  lastBegun({ lastBegun }: Standing): number {
    return this.#batchSize === 1 ? this.#frontTicket : lastBegun;
  }

  /** The task that was begun last; those before it are done, though their results may be on their way. */
  begunAt(ticket: number): Task | undefined {
    return this.#tasks[ticket - this.#frontTicket];
  }

  /** Takes away what comes after the task begun last. */
  takeBehind(ticket: number): Task[] {
    return this.#tasks.splice(Math.max(0, ticket + 1 - this.#frontTicket));
  }

  cancelAll(error: Error): void {
    for (const task of this.#tasks) {
      task.abandon("cancelled", error);
    }
  }

  takeAll(): Task[] {
    return this.#tasks.splice(0);
  }
}

import { BrokenPoolError } from "../errors.cjs";
import type { FilledPoolOptions } from "../options.js";
import { takeBatch } from "./batch.js";
import { Durations } from "./durations.js";
import { FailedStarts } from "./failed-starts.js";
import { PoolWorker } from "./pool-worker.js";
import { Rest } from "./rest.js";
import type { MakeSlot } from "./slot.js";
import type { Task } from "./task.js";
import { TaskQueue } from "./task-queue.js";

/** Gives queued tasks, first in first out, to the worker that has been idle longest; replaces dead workers. */
export class Scheduler {
  #state: "running" | "closed" | "terminated" = "running";
  readonly #queue = new TaskQueue();
  /** Longest idle first. */
  #idle: PoolWorker[] = [];
  /** By their numbers, from 1. */
  readonly #workers: PoolWorker[] = [];
  readonly #alive = new Set<PoolWorker>();
  readonly #onInterrupt: () => void;
  readonly #maxTasksPerChild: number;
  readonly #makeSlot: MakeSlot;
  /** Workers alive at an interrupt: a SIGINT that ends them later is the same one. */
  readonly #interrupted = new WeakSet<PoolWorker>();
  readonly #durations = new Durations();
  readonly #failedStarts = new FailedStarts();
  readonly #rest: Rest;
  #broken: BrokenPoolError | undefined;

  constructor(
    { processes, maxTasksPerChild, cluster }: FilledPoolOptions,
    makeSlot: MakeSlot,
    onInterrupt: () => void,
  ) {
    this.#onInterrupt = onInterrupt;
    this.#maxTasksPerChild = maxTasksPerChild;
    this.#makeSlot = makeSlot;
    this.#rest = new Rest(cluster?.idleTimeout, () => this.#letGo());
    try {
      for (let number = 1; number <= processes; number++) {
        this.#startWorker(number);
      }
    } catch (error) {
      this.terminate(new BrokenPoolError("Pool could not be started", { cause: error }));
      throw error;
    }
  }

  get pids(): number[] {
    return (this.#rest.ended ? [] : this.#workers).map(({ pid }) => pid).filter((pid) => pid !== 0);
  }

  submit(task: Task): void {
    if (this.#broken) {
      task.abandon("failed", this.#broken);
    } else {
      this.#queue.push(task);
      this.#wake();
      this.#dispatch();
    }
  }

  /** Drops the task from the queue; if it runs, kills its worker. */
  cancel(task: Task, error: unknown): void {
    const wasQueued = this.#queue.remove(task);
    task.abandon("cancelled", error);
    if (wasQueued) {
      return;
    }
    this.#workers.find((worker) => worker.has(task))?.cancel(task);
  }

  /** Cancels the task unless it was begun. */
  drop(task: Task, error: unknown): void {
    const dropQueued = () => {
      if (task.isInQueue) {
        this.cancel(task, error);
      }
    };
    const worker = this.#workers.find((candidate) => candidate.has(task));
    if (worker) {
      worker.takeBack(dropQueued);
    } else {
      dropQueued();
    }
  }

  close(): void {
    if (this.#state !== "running") {
      return;
    }
    this.#state = "closed";
    this.#rest.end();
    this.#dispatch();
  }

  terminate(error: Error): void {
    if (this.#state === "terminated") {
      return;
    }
    this.#state = "terminated";
    this.#rest.end();
    this.#abandonAll("cancelled", error);
  }

  /** Cancels all tasks; the workers that run one are killed and replaced. */
  cancelAll(error: Error): void {
    for (const worker of this.#alive) {
      this.#interrupted.add(worker);
    }
    for (const task of this.#queue.clear()) {
      task.abandon("cancelled", error);
    }
    for (const worker of this.#alive) {
      if (worker.hasStarted && !this.#idle.includes(worker)) {
        worker.kill(error);
      }
    }
  }

  /** Resolves when every worker process is gone. */
  async finished(): Promise<void> {
    while (this.#alive.size > 0 || this.#rest.ended) {
      await Promise.all([...this.#alive].map((worker) => worker.gone));
      await this.#rest.ended;
    }
  }

  #startWorker(number: number): void {
    const worker = new PoolWorker(number, this.#makeSlot, {
      onIdle: () => {
        if (worker.taskCount === 0) {
          this.#failedStarts.reset();
        }
        if (worker.taskCount >= this.#maxTasksPerChild || this.#rest.ended) {
          worker.close();
        } else {
          this.#idle.push(worker);
          this.#dispatch();
        }
      },
      onDuration: (family, duration) => this.#durations.add(family, duration),
      onReturned: (tasks) => {
        this.#queue.unshift(tasks);
        this.#dispatch();
      },
      onInitializerError: (error) => this.#break("its initializer failed", error),
      onUnavailable: (error) => this.#break(error.message, error),
      onExit: () => {
        this.#idle = this.#idle.filter((idle) => idle !== worker);
      },
      onInterrupt: () => {
        if (!this.#interrupted.has(worker)) {
          this.#onInterrupt();
        }
      },
      onGone: (error) => {
        this.#alive.delete(worker);
        if (!worker.hasStarted) {
          this.#failedStarts.add(error);
        }
        if (this.#failedStarts.areTooMany(this.#workers.length)) {
          this.#break("its workers cannot start", error);
        }
        if (this.#needsWorker()) {
          this.#replace(number);
        }
        this.#dispatch();
      },
    });
    this.#workers[number - 1] = worker;
    this.#alive.add(worker);
  }

  #replace(number: number): void {
    try {
      this.#startWorker(number);
    } catch (error) {
      this.#break("its workers cannot start", error);
    }
  }

  /** Gives up: no worker can be had. */
  #break(reason: string, cause: unknown): void {
    if (this.#broken) {
      return;
    }
    this.#broken = new BrokenPoolError(`Pool is broken: ${reason}`, { cause });
    this.#abandonAll("failed", this.#broken);
  }

  #abandonAll(outcome: "failed" | "cancelled", error: Error): void {
    for (const task of this.#queue.clear()) {
      task.abandon(outcome, error);
    }
    for (const worker of this.#alive) {
      worker.kill(error);
    }
  }

  #needsWorker(): boolean {
    if (this.#broken || this.#rest.ended || this.#state === "terminated") {
      return false;
    }
    return this.#state === "running" || this.#queue.size > 0;
  }

  #dispatch(): void {
    while (this.#queue.size > 0) {
      const worker = this.#idle.shift();
      if (!worker) {
        break;
      }
      const tasksLeft = this.#maxTasksPerChild - worker.taskCount;
      worker.run(takeBatch(this.#queue, this.#durations, this.#workers.length, tasksLeft));
    }
    if (this.#queue.size > 0) {
      return;
    }
    if (this.#state === "closed") {
      this.#letGo();
    } else {
      this.#rest.prepare(() =>
        [...this.#alive].every((worker) => !worker.hasStarted || this.#idle.includes(worker)),
      );
    }
  }

  /** Of the workers that have nothing to do, and of those that were not there yet. */
  #letGo(): void {
    for (const worker of this.#idle.splice(0)) {
      worker.close();
    }
    for (const worker of this.#alive) {
      worker.withdraw();
    }
  }

  /** There is something to do. */
  #wake(): void {
    if (this.#rest.end()) {
      for (const [index, worker] of this.#workers.entries()) {
        if (!this.#alive.has(worker)) {
          this.#replace(index + 1);
        }
      }
    }
  }
}

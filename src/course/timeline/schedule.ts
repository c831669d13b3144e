import type { TaskRecord } from "../../pool/task-record.js";

/**
 * The content of a picture and of a table of tasks. Times are seconds since the first submission. Workers are numbered in the order
 * of their first tasks: which process a pool calls its first is chance, and would make the same distribution look new.
 */
export interface Schedule {
  readonly tasks: readonly ScheduledTask[];
  /** Their numbers, from 1. */
  readonly workers: readonly number[];
  /** When the last task ended; when the records were read, if one has not. */
  readonly end: number;
}

export interface ScheduledTask {
  /** Position in the list that was given, from 0. */
  readonly index: number;
  readonly name: string;
  readonly worker: number | undefined;
  readonly submitted: number;
  readonly started: number | undefined;
  readonly ended: number | undefined;
  readonly outcome: TaskRecord["outcome"];
}

/**
 * `time` is when the records were read, in milliseconds since the epoch; `poolSize` the number of workers that are shown
 * even if they ran nothing.
 */
export function scheduleOf(records: readonly TaskRecord[], time: number, poolSize: number): Schedule {
  const zero = Math.min(time, ...records.map(({ submitted }) => submitted));
  const seconds = (time: number) => (time - zero) / 1000;
  const sometimes = (time: number | undefined) => (time === undefined ? undefined : seconds(time));
  const numbers = new Map<number, number>();
  for (const { worker } of records) {
    if (worker !== undefined && !numbers.has(worker)) {
      numbers.set(worker, numbers.size + 1);
    }
  }
  const tasks = records.map(({ name, worker, submitted, started, ended, outcome }, index) => ({
    index,
    name,
    worker: worker === undefined ? undefined : numbers.get(worker),
    submitted: seconds(submitted),
    started: sometimes(started),
    ended: sometimes(ended),
    outcome,
  }));
  return {
    tasks,
    workers: Array.from({ length: Math.max(poolSize, numbers.size) }, (_, index) => index + 1),
    end: seconds(Math.max(zero, ...records.map(({ ended }) => ended ?? time))),
  };
}

/** The time of a task in the queue, in seconds. */
export function waitOf({ submitted, started, ended }: ScheduledTask, end: number): number {
  return (started ?? ended ?? end) - submitted;
}

/** The tasks of each worker in the order in which it ran them. */
export function tasksByWorker({ tasks, workers }: Schedule): [worker: number, tasks: ScheduledTask[]][] {
  return workers.map((worker) => [
    worker,
    tasks
      .filter((task) => task.worker === worker)
      .sort((a, b) => (a.started ?? 0) - (b.started ?? 0) || a.index - b.index),
  ]);
}

export function formatSeconds(seconds: number): string {
  return `${Math.max(0, seconds).toFixed(1)} s`;
}

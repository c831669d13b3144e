import type { TaskRecord } from "../../pool/task-record.js";

/**
 * The content of a picture and of a table of tasks. Times are seconds since the first submission. Workers are numbered in the order
 * of their first tasks: which process a pool calls its first is chance, and would make the same distribution look new. They are
 * numbered machine by machine, and a worker that was replaced on another machine is another one.
 */
export interface Schedule {
  readonly tasks: readonly ScheduledTask[];
  /** Their numbers, from 1. */
  readonly workers: readonly number[];
  /** The machines that ran tasks, in the order of their first ones, and the numbers of their workers. */
  readonly machines: ReadonlyMap<string, readonly number[]>;
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

/** A machine that has no name in the records: the one of the pool. */
export const thisMachine = "this machine";

/**
 * `time` is when the records were read, in milliseconds since the epoch; `poolSize` the number of workers that are shown
 * even if they ran nothing.
 */
export function scheduleOf(records: readonly TaskRecord[], time: number, poolSize: number): Schedule {
  const zero = Math.min(time, ...records.map(({ submitted }) => submitted));
  const seconds = (time: number) => (time - zero) / 1000;
  const sometimes = (time: number | undefined) => (time === undefined ? undefined : seconds(time));
  const machines = numberWorkers(records);
  const tasks = records.map(({ name, worker, host, submitted, started, ended, outcome }, index) => ({
    index,
    name,
    worker: worker === undefined ? undefined : machines.get(host ?? thisMachine)?.get(worker),
    submitted: seconds(submitted),
    started: sometimes(started),
    ended: sometimes(ended),
    outcome,
  }));
  const ran = [...machines.values()].reduce((sum, { size }) => sum + size, 0);
  return {
    tasks,
    workers: Array.from({ length: Math.max(poolSize, ran) }, (_, index) => index + 1),
    machines: new Map([...machines].map(([machine, numbers]) => [machine, [...numbers.values()]])),
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

/** The machine of a worker, where there are several. */
export function machineOf({ machines }: Schedule, worker: number | undefined): string | undefined {
  const found = [...machines].find(([, workers]) => worker !== undefined && workers.includes(worker));
  return machines.size > 1 ? found?.[0] : undefined;
}

/** The name of a worker, with its machine where there are several. */
export function workerName(schedule: Schedule, worker: number): string {
  const machine = machineOf(schedule, worker);
  return machine === undefined ? `worker ${worker}` : `worker ${worker} on ${machine}`;
}

export function formatSeconds(seconds: number): string {
  return `${Math.max(0, seconds).toFixed(1)} s`;
}

/** The new numbers of the workers of each machine, by the old ones. */
function numberWorkers(records: readonly TaskRecord[]): Map<string, Map<number, number>> {
  const machines = new Map<string, Map<number, number>>();
  for (const { worker, host = thisMachine } of records) {
    if (worker !== undefined) {
      const numbers = machines.get(host) ?? new Map<number, number>();
      machines.set(host, numbers.set(worker, 0));
    }
  }
  let number = 0;
  for (const numbers of machines.values()) {
    for (const worker of numbers.keys()) {
      number += 1;
      numbers.set(worker, number);
    }
  }
  return machines;
}

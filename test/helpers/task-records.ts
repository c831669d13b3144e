import type { TaskRecord } from "poolbook";

type Times = [
  worker: number | undefined,
  submitted: number,
  started: number | undefined,
  ended: number | undefined,
];

const zero = 1_700_000_000_000;

/** A record as a pool would keep it; times in seconds. */
export function taskRecord(
  number: number,
  name: string,
  [worker, submitted, started, ended]: Times,
  outcome: TaskRecord["outcome"] = "succeeded",
): TaskRecord {
  const time = (seconds: number | undefined) => (seconds === undefined ? undefined : zero + seconds * 1000);
  return {
    number,
    name,
    worker,
    pid: worker === undefined ? undefined : 4000 + worker,
    host: undefined,
    submitted: zero + submitted * 1000,
    started: time(started),
    ended: time(ended),
    outcome,
  };
}

/** The records as if their tasks had run on these machines, by the numbers of the workers. */
export function onMachines(records: readonly TaskRecord[], hosts: Record<number, string>): TaskRecord[] {
  return records.map((record) => ({
    ...record,
    host: record.worker === undefined ? undefined : hosts[record.worker],
  }));
}

/** The five calls of the course on three workers. */
export const fiveOnThree: TaskRecord[] = [
  taskRecord(1, "slowSum", [1, 0, 0.1, 3.1]),
  taskRecord(2, "slowDiff", [2, 0, 0.1, 2.1]),
  taskRecord(3, "slowSum", [3, 0, 0.1, 1.1]),
  taskRecord(4, "slowDiff", [3, 0, 1.1, 6.1]),
  taskRecord(5, "brokenFunction", [2, 0, 2.1, 6.1], "failed"),
];

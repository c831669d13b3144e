/** The progress of a task, or its end. */
export type TaskOutcome = "queued" | "running" | "succeeded" | "failed" | "cancelled" | "lost";

/** The course of one task: who ran it, and when. Times are milliseconds since the epoch. */
export interface TaskRecord {
  /** Counts from 1 in the order of submission. */
  readonly number: number;
  /** Name of the function. */
  readonly name: string;
  /** Number of the worker, from 1; undefined while the task is queued. */
  readonly worker: number | undefined;
  /** Process ID of that worker. */
  readonly pid: number | undefined;
  /** The machine of that worker, if it is leased from a cluster; undefined for this machine. */
  readonly host: string | undefined;
  readonly submitted: number;
  readonly started: number | undefined;
  readonly ended: number | undefined;
  readonly outcome: TaskOutcome;
}

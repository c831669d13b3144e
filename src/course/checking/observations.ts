import { subscribe } from "node:diagnostics_channel";
import type { TaskRecord } from "../../pool/task-record.js";
import { now, sinceEpoch } from "../../pool/wire/clock.cjs";
import type { Evidence } from "../exercise/exercise.js";

// The kernel tells of its cells and the pools of their tasks on channels, so that a check can see what an answer
// was made of. Who imports the course listens.

/** One run of a cell in this kernel. */
export interface CellRun {
  /** The id of the cell in its notebook, where the front end says it. */
  readonly id: string | undefined;
  readonly code: string;
  readonly status: "running" | "ok" | "failed";
  /** A person sits at the front end. */
  readonly isWatched: boolean;
  /** Counts the runs. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly started: number;
}

type CellMessage = Pick<CellRun, "id" | "code" | "status" | "isWatched">;

const keptTasks = 20_000;
const keptCells = 1000;

let runs: CellRun[] = [];
let count = 0;
let tasks: TaskRecord[] = [];
let pools: { readonly processes: number; readonly made: number }[] = [];

subscribe("poolbook.cell", (message) => cellChanged(message as CellMessage));
subscribe("poolbook.task", (record) => {
  tasks = limited(tasks, keptTasks);
  tasks.push(record as TaskRecord);
});
subscribe("poolbook.pool", (pool) => {
  pools = limited(pools, keptCells);
  pools.push({ ...(pool as { processes: number }), made: time() });
});

/** The cells that have run since the course was imported, in their order; the last one is running. */
export function cellRuns(): readonly CellRun[] {
  return runs;
}

/** Tells whether somebody looks at what the running cell shows. */
export function isWatched(): boolean {
  return runs.at(-1)?.isWatched === true;
}

/** Tasks and pools since a moment. */
export function evidenceSince(moment: number): Evidence {
  return {
    tasks: tasks.filter(({ submitted }) => submitted >= moment),
    pools: pools.filter(({ made }) => made >= moment),
  };
}

function cellChanged({ id, code, status, isWatched }: CellMessage): void {
  const last = runs.at(-1);
  if (status === "running") {
    runs = limited(runs, keptCells);
    runs.push({ id, code, status, isWatched, number: ++count, started: time() });
  } else if (last?.status === "running") {
    runs[runs.length - 1] = { ...last, status };
  }
}

function time(): number {
  return sinceEpoch(now());
}

function limited<T>(list: T[], length: number): T[] {
  return list.length < 2 * length ? list : list.slice(-length);
}

import {
  formatSeconds,
  machineOf,
  type Schedule,
  type ScheduledTask,
  tasksByWorker,
  waitOf,
  workerName,
} from "./schedule.js";

interface Column {
  readonly title: string;
  readonly isText?: boolean;
  readonly cell: (task: ScheduledTask, schedule: Schedule) => string;
}

const columns: readonly Column[] = [
  { title: "task", cell: ({ index }) => String(index) },
  { title: "function", isText: true, cell: ({ name }) => name },
  { title: "worker", cell: ({ worker }) => String(worker ?? "-") },
  { title: "machine", isText: true, cell: ({ worker }, schedule) => machineOf(schedule, worker) ?? "-" },
  { title: "waited", cell: (task, { end }) => formatSeconds(waitOf(task, end)) },
  { title: "started", cell: ({ started }) => (started === undefined ? "-" : formatSeconds(started)) },
  { title: "ended", cell: ({ ended }) => (ended === undefined ? "-" : formatSeconds(ended)) },
  { title: "outcome", isText: true, cell: ({ outcome }) => outcome },
];

/** The schedule as text: a line for each task, then one for each worker, with their machines where there are several. */
export function scheduleTable(schedule: Schedule): string {
  const shown = columns.filter(({ title }) => title !== "machine" || schedule.machines.size > 1);
  const texts = shown.map(({ title, isText, cell }) =>
    aligned([title, ...schedule.tasks.map((task) => cell(task, schedule))], isText),
  );
  const rows = ["", ...schedule.tasks].map((_, row) =>
    texts
      .map((column) => column[row])
      .join("  ")
      .trimEnd(),
  );
  return [
    ...rows,
    "",
    ...tasksByWorker(schedule).map(
      ([worker, tasks]) => `${workerName(schedule, worker)}: ${numberedTasks(tasks)}`,
    ),
  ].join("\n");
}

export function numberedTasks(tasks: readonly { index: number }[]): string {
  if (tasks.length === 0) {
    return "nothing";
  }
  return `${tasks.length === 1 ? "task" : "tasks"} ${tasks.map(({ index }) => index).join(", ")}`;
}

function aligned(cells: readonly string[], isText = false): string[] {
  const width = Math.max(...cells.map(({ length }) => length));
  return cells.map((cell) => (isText ? cell.padEnd(width) : cell.padStart(width)));
}

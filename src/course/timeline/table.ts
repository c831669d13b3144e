import { formatSeconds, type Schedule, tasksByWorker, waitOf } from "./schedule.js";

const columns = ["task", "function", "worker", "waited", "started", "ended", "outcome"];
const textColumns = new Set(["function", "outcome"]);

/** The schedule as text: a line for each task, then one for each worker. */
export function scheduleTable(schedule: Schedule): string {
  const rows = schedule.tasks.map((task) => [
    String(task.index),
    task.name,
    String(task.worker ?? "-"),
    formatSeconds(waitOf(task, schedule.end)),
    task.started === undefined ? "-" : formatSeconds(task.started),
    task.ended === undefined ? "-" : formatSeconds(task.ended),
    task.outcome,
  ]);
  return [
    ...alignColumns([columns, ...rows]),
    "",
    ...tasksByWorker(schedule).map(([worker, tasks]) => `worker ${worker}: ${numberedTasks(tasks)}`),
  ].join("\n");
}

export function numberedTasks(tasks: readonly { index: number }[]): string {
  if (tasks.length === 0) {
    return "nothing";
  }
  return `${tasks.length === 1 ? "task" : "tasks"} ${tasks.map(({ index }) => index).join(", ")}`;
}

function alignColumns(rows: string[][]): string[] {
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        textColumns.has(columns[column] ?? "")
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}

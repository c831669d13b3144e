import {
  formatSeconds,
  type Schedule,
  type ScheduledTask,
  tasksByWorker,
  thisMachine,
  waitOf,
  workerName,
} from "./schedule.js";

/** The title of the picture. */
export function scheduleTitle({ tasks, workers, machines, end }: Schedule): string {
  const [first = thisMachine] = machines.keys();
  const place = machines.size > 1 ? `${machines.size} machines` : first;
  const where = place === thisMachine ? "" : ` of ${place}`;
  return `${count(tasks.length, "task")} on ${count(workers.length, "worker")}${where} in ${formatSeconds(end)}`;
}

/** The picture in sentences, for those who do not see it. */
export function scheduleDescription(schedule: Schedule): string {
  const sentences = tasksByWorker(schedule).map(
    ([worker, tasks]) =>
      `${capitalized(workerName(schedule, worker))} ran ${tasks.map(describeRun).join(", then ") || "nothing"}.`,
  );
  const waiting = waitingTasks(schedule);
  const queue =
    waiting.length === 0
      ? "No task had to wait."
      : `In the queue waited ${waiting.map((task) => `task ${task.index} for ${formatSeconds(waitOf(task, schedule.end))}`).join(", ")}.`;
  return [...sentences, queue].join(" ");
}

/** The tasks that waited long enough to be seen: at least a twentieth of the whole time. */
export function waitingTasks({ tasks, end }: Schedule): ScheduledTask[] {
  return tasks.filter((task) => waitOf(task, end) > end / 20);
}

function describeRun({ index, name, started, ended, outcome }: ScheduledTask): string {
  const since = ended === undefined ? "since" : "from";
  const end = ended === undefined ? "" : ` to ${formatSeconds(ended)}`;
  const result = outcome === "succeeded" || outcome === "running" ? "" : ` (${outcome})`;
  return `task ${index} ${name} ${since} ${formatSeconds(started ?? 0)}${end}${result}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

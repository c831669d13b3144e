import type { TaskRecord } from "../../pool/task-record.js";
import { type Exercise, notYet, passed } from "./exercise.js";
import { shown } from "./shown.js";

const count = 4;
const expected = `${count} tasks that run at the same time`;

export const allAtOnce: Exercise = {
  notebook: "02-apply-async",
  hints: [
    "Four calls at once need four workers, and four calls that are submitted before the first is waited for.",
    "Keep the four objects that `applyAsync` returns, in a list for example, and only then wait for each.",
    "The records are there when the tasks are done: `return pool.tasks` after the last `get`.",
  ],
  judge(answer) {
    if (!isRecordList(answer)) {
      return notYet(expected, shown(answer), "Return `pool.tasks` at the end of the function.");
    }
    const ended = answer.filter((task) => task.started !== undefined && task.ended !== undefined);
    if (ended.length < count) {
      const got = `${ended.length} finished of ${answer.length} submitted`;
      return notYet(expected, got, `Submit ${count} calls, and \`get\` each before you return the records.`);
    }
    const together = mostAtOnce(ended);
    if (together >= count) {
      return passed(`there was a moment in which ${together} tasks ran`);
    }
    const workers = new Set(ended.map(({ worker }) => worker)).size;
    const got = `${together} at most at the same time, on ${workers} worker${workers === 1 ? "" : "s"}`;
    return together === 1
      ? notYet(expected, got, "Submit all calls with `applyAsync` before the first `get`.")
      : notYet(
          expected,
          got,
          `Make a pool of ${count} workers, and submit all calls before the first \`get\`.`,
        );
  },
};

function isRecordList(value: unknown): value is TaskRecord[] {
  return Array.isArray(value) && value.every((item) => typeof item?.submitted === "number");
}

function mostAtOnce(tasks: TaskRecord[]): number {
  const running = (time: number) =>
    tasks.filter(({ started = 0, ended = 0 }) => started <= time && time < ended).length;
  return Math.max(...tasks.map(({ started = 0 }) => running(started)));
}

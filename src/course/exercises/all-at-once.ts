import type { TaskRecord } from "../../pool/task-record.js";
import { defineExercise } from "../exercise/define-exercise.js";
import { notYet, passed, type Verdict } from "../exercise/exercise.js";
import { shown } from "../exercise/shown.js";
import { solutionCode } from "./solution-code.js";

const count = 4;
const expected = `${count} tasks that run at the same time`;

export const allAtOnce = defineExercise({
  name: "allAtOnce",
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
    return together >= count
      ? passed(`there was a moment in which ${together} tasks ran`)
      : tooFew(ended, together);
  },
  solution: solutionCode("allAtOnce"),
  wrongAnswers: [
    { code: wrongCode(1, submitFirst()), says: "Give the pool four workers" },
    { code: wrongCode(3, submitFirst()), says: "Give the pool four workers" },
    {
      code: wrongCode(4, "for (const x of [1, 2, 3, 4]) await pool.apply(slowSum, [0.1, x, x]);"),
      says: "before the first `get`",
    },
    { code: wrongCode(4, "pool.applyAsync(slowSum, [0.1, 1, 1]);"), says: "0 finished of 1 submitted" },
  ],
});

/** If all had been submitted before the first was done, workers were missing; otherwise the submitting was late. */
function tooFew(ended: TaskRecord[], together: number): Verdict {
  const workers = new Set(ended.map(({ worker }) => worker)).size;
  const got = `${together} at most at the same time, on ${workers} worker${workers === 1 ? "" : "s"}`;
  const firstEnd = Math.min(...ended.map(({ ended = 0 }) => ended));
  const waiting = ended.filter(({ submitted }) => submitted < firstEnd).length;
  return waiting >= count
    ? notYet(expected, got, "They were all submitted in time. Give the pool four workers.")
    : notYet(expected, got, "Submit all calls with `applyAsync` before the first `get` or `wait`.");
}

function isRecordList(value: unknown): value is TaskRecord[] {
  return Array.isArray(value) && value.every((item) => typeof item?.submitted === "number");
}

function mostAtOnce(tasks: TaskRecord[]): number {
  const running = (time: number) =>
    tasks.filter(({ started = 0, ended = 0 }) => started <= time && time < ended).length;
  return Math.max(...tasks.map(({ started = 0 }) => running(started)));
}

function wrongCode(workers: number, body: string): string {
  return `const tasks = await withPool(${workers}, async (pool) => {\n  ${body}\n  return pool.tasks;\n});`;
}

function submitFirst(): string {
  return [
    "const futures = [1, 2, 3, 4].map((x) => pool.applyAsync(slowSum, [0.2, x, x]));",
    "await Promise.all(futures.map((future) => future.get()));",
  ].join("\n  ");
}

import { isDeepStrictEqual } from "node:util";
import type { TaskOutcome, TaskRecord } from "../../../pool/task-record.js";
import { listOf } from "../../exercise/answers.js";
import { defineExercise } from "../../exercise/define-exercise.js";
import { notAttempted, notYet, passed } from "../../exercise/exercise.js";
import { shown } from "../../exercise/shown.js";
import { solutionCode } from "../solution-code.js";

const outcomes: TaskOutcome[] = [
  "succeeded",
  "failed",
  "succeeded",
  "lost",
  "cancelled",
  "succeeded",
  "failed",
  "running",
  "queued",
];
const wanted = [2, 4, 5, 7];
const expected = `for nine records of our own ${shown(wanted)}`;
const head = "const culprits = (tasks: TaskRecord[]): unknown =>";

export const culprits = defineExercise({
  name: "culprits",
  notebook: "08-trouble",
  hints: [
    "`filter` keeps the records that you want, `map` takes their `number`.",
    "There are three bad ends: `failed`, `lost` and `cancelled`. A task that is queued or running has not ended at all.",
  ],
  async judge(answer) {
    if (typeof answer !== "function") {
      return notYet("a function that takes a list of records", shown(answer), "Pass the function itself.");
    }
    let got: unknown;
    try {
      got = await answer(records());
    } catch (error) {
      return notYet(expected, `it threw ${String(error)}`, "Mend what it throws first.");
    }
    if (got === undefined) {
      return notAttempted("Write the body of the function, and return the list.");
    }
    const list = listOf(got);
    return isDeepStrictEqual(list, wanted)
      ? passed("failed, lost and cancelled are found, and the others left alone")
      : notYet(expected, shown(got), nextStep(list));
  },
  solution: solutionCode("culprits"),
  wrongAnswers: [
    {
      code: `${head} tasks.filter((task) => task.outcome === "failed").map((task) => task.number);`,
      says: "three bad ends",
    },
    {
      code: `${head} tasks.filter((task) => task.outcome !== "succeeded").map((task) => task.number);`,
      says: "has not ended",
    },
    { code: `${head} tasks.filter((task) => task.outcome === "failed");`, says: "`number` of each" },
  ],
});

function nextStep(list: unknown[] | undefined): string {
  if (list === undefined) {
    return "Return a list of numbers.";
  }
  if (list.some((item) => typeof item === "object")) {
    return "Take the `number` of each record.";
  }
  if (list.includes(8) || list.includes(9)) {
    return "A task that is queued or running has not ended, well or badly.";
  }
  return list.length < wanted.length
    ? "There are three bad ends: which one is missing?"
    : "Keep the numbers in the order of the records.";
}

function records(): TaskRecord[] {
  return outcomes.map((outcome, index) => ({
    number: index + 1,
    name: "work",
    worker: outcome === "queued" ? undefined : 1,
    pid: outcome === "queued" ? undefined : 4711,
    host: undefined,
    submitted: 0,
    started: outcome === "queued" ? undefined : index,
    ended: outcome === "queued" || outcome === "running" ? undefined : index + 1,
    outcome,
  }));
}

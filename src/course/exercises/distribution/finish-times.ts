import { listOf } from "../../exercise/answers.js";
import { defineExercise } from "../../exercise/define-exercise.js";
import { notAttempted, notYet, passed, type Verdict } from "../../exercise/exercise.js";
import { shown } from "../../exercise/shown.js";
import { solutionCode } from "../solution-code.js";
import { finishTimesOf } from "./first-in-first-out.js";

const durations = [3, 2, 1, 5, 4];

export const finishTimes = defineExercise({
  name: "finishTimes",
  notebook: "04-exercise",
  hints: [
    "Keep a list with one number for each worker: the time at which it will be free. At the start all are 0.",
    "For each duration, in order: find the worker that is free first, let it work from then on, and note when it is done.",
    "`const worker = free.indexOf(Math.min(...free))` finds it; `free[worker] += duration` is when the task ends.",
  ],
  async judge(answer) {
    if (typeof answer !== "function") {
      return notYet("a function of durations and workers", shown(answer), "Pass the function itself.");
    }
    const known = [1, 2, 3, 4, 5].map((workers) => [durations, workers] as const);
    for (const [list, workers] of [...known, ...randomCases()]) {
      const verdict = await judgeCase((...args) => answer(...args), list, workers);
      if (verdict) {
        return verdict;
      }
    }
    return passed("five known cases and twenty random ones end when you say");
  },
  solution: solutionCode("finishTimes"),
  wrongAnswers: [
    {
      code: "const finishTimes = (durations: number[], workers: number) => durations;",
      says: "for [3, 2, 1, 5, 4] on 1 worker [3, 5, 6, 11, 15]",
    },
    {
      code: 'function finishTimes(): number[] { throw new Error("oops"); }',
      says: "got: it threw Error: oops",
    },
  ],
});

/** Undefined if this case is right. The answer may be async, and give a typed array or bigints. */
async function judgeCase(
  answer: (...args: unknown[]) => unknown,
  list: readonly number[],
  workers: number,
): Promise<Verdict | undefined> {
  const call = `for ${shown(list)} on ${workers} worker${workers === 1 ? "" : "s"}`;
  const wanted = shown(finishTimesOf(list, workers));
  let got: unknown;
  try {
    got = await answer([...list], workers);
  } catch (error) {
    return notYet(`${call} ${wanted}`, `it threw ${String(error)}`, "Mend what it throws first.");
  }
  if (got === undefined) {
    return notAttempted("Write the body of the function, and return the list.");
  }
  if (shown(listOf(got) ?? got) === wanted) {
    return undefined;
  }
  return notYet(`${call} ${wanted}`, shown(got), "Play these tasks through on paper, worker by worker.");
}

function randomCases(): (readonly [number[], number])[] {
  const upTo = (limit: number) => 1 + Math.floor(Math.random() * limit);
  return Array.from({ length: 20 }, () => [Array.from({ length: upTo(9) }, () => upTo(9)), upTo(6)] as const);
}

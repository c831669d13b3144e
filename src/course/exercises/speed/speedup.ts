import { numberOf } from "../../exercise/answers.js";
import { defineExercise } from "../../exercise/define-exercise.js";
import { notAttempted, notYet, passed } from "../../exercise/exercise.js";
import { shown } from "../../exercise/shown.js";
import { solutionCode } from "../solution-code.js";

const cases = [
  [0.2, 4],
  [0.5, 2],
  [0, 8],
  [1, 8],
  [0.1, 1],
  [0.05, 1000],
] as const;

export const speedup = defineExercise({
  name: "speedup",
  notebook: "07-speed",
  hints: [
    "Let the whole program take 1 with one worker. How long does its serial part take with many workers? And the rest?",
    "The serial part takes `serialShare`, always. The rest, `1 - serialShare`, is divided by the number of workers.",
    "That is the time. Twice as fast means half the time: the speed-up is 1 divided by it.",
  ],
  async judge(answer) {
    if (typeof answer !== "function") {
      return notYet(
        "a function of a share and a number of workers",
        shown(answer),
        "Pass the function itself.",
      );
    }
    for (const [share, workers] of cases) {
      const wanted = 1 / (share + (1 - share) / workers);
      const expected = `for a serial share of ${share} and ${workers} workers ${round(wanted)}`;
      let got: unknown;
      try {
        got = await answer(share, workers);
      } catch (error) {
        return notYet(expected, `it threw ${String(error)}`, "Mend what it throws first.");
      }
      if (got === undefined) {
        return notAttempted("Write the body of the function, and return a number.");
      }
      const number = numberOf(got) ?? Number.NaN;
      if (!isClose(number, wanted)) {
        return notYet(expected, shown(got), nextStep(number, share, workers));
      }
    }
    return passed("with 5 % serial, even a thousand workers make it no more than 20 times as fast");
  },
  solution: solutionCode("speedup"),
  wrongAnswers: [
    { code: "const speedup = (serialShare: number, workers: number) => workers;", says: "the serial part" },
    {
      code: "const speedup = (serialShare: number, workers: number) => serialShare + (1 - serialShare) / workers;",
      says: "That is the time",
    },
  ],
});

function nextStep(got: number, share: number, workers: number): string {
  if (isClose(got, share + (1 - share) / workers)) {
    return "That is the time. How many times as fast is that?";
  }
  if (isClose(got, workers)) {
    return "So it would be if everything ran in parallel. What of the serial part?";
  }
  return "Work out the time first: the serial part, and the rest divided by the workers.";
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
}

function round(x: number): number {
  return Math.round(x * 100) / 100;
}

import { isQuotedNumber, listOf } from "../../exercise/answers.js";
import { defineExercise } from "../../exercise/define-exercise.js";
import { notAttempted, notYet, passed } from "../../exercise/exercise.js";
import { shown } from "../../exercise/shown.js";
import { solutionCode } from "../solution-code.js";

const totals = [15, 8, 6, 5, 5];
const expected = "five numbers of seconds, for 1, 2, 3, 4 and 5 workers";

export const predictions = defineExercise({
  name: "predictions",
  notebook: "04-exercise",
  hints: [
    "One worker does everything, one task after the other: add the five durations up.",
    "For two workers, draw two lines. The first call goes on the first line, the second on the second; each further call goes behind the line that is shorter at that moment.",
    "No pool is faster than its longest task. From how many workers on does nothing else count?",
  ],
  judge(answer) {
    const guesses = listOf(answer);
    if (guesses?.length === 0) {
      return notAttempted("Write your five guesses into the list.");
    }
    if (guesses?.length !== totals.length) {
      return notYet(expected, shown(answer), "Write one guess for each number of workers.");
    }
    if (guesses.some(isQuotedNumber)) {
      return notYet(expected, shown(answer), "Leave the quotes out: numbers, not texts.");
    }
    const wrong = totals.findIndex((total, index) => guesses[index] !== total);
    if (wrong === -1) {
      return passed("now let the pools show it");
    }
    return notYet(
      "the time until the last of the five tasks has ended",
      `${shown(guesses[wrong])} for ${wrong + 1} worker${wrong === 0 ? "" : "s"}`,
      "Draw the tasks as lines, one row per worker. Or go on, and let the pools show it.",
    );
  },
  solution: solutionCode("predictions"),
  wrongAnswers: [
    { code: "const guesses: number[] = [15, 8];", says: "one guess for each" },
    { code: "const guesses: number[] = [15, 7.5, 5, 5, 5];", says: "got: 7.5 for 2 workers" },
    { code: "const guesses: number[] = [5, 5, 5, 5, 5];", says: "got: 5 for 1 worker" },
  ],
});

import { isQuotedNumber, numberOf } from "../exercise/answers.js";
import { defineExercise } from "../exercise/define-exercise.js";
import { notYet, passed } from "../exercise/exercise.js";
import { shown } from "../exercise/shown.js";
import { solutionCode } from "./solution-code.js";

const expected = "the number of tasks that reach the queue, for 100 items, 4 workers and no `chunksize`";
const mistakes = new Map([
  [7, ["7, the size of a chunk", "How many chunks of 7 hold 100 items?"]],
  [14, ["14", "14 chunks of 7 hold 98 items. What becomes of the last two?"]],
  [16, ["16", "100 / 16 is no whole number. Which way is it rounded?"]],
  [100, ["100, one for each item", "That is what `chunksize: 1` does."]],
  [4, ["4, one for each worker", "Then one slow chunk would hold all up at the end."]],
]);

export const chunks = defineExercise({
  name: "chunks",
  notebook: "05-queue",
  hints: [
    "Without `chunksize`, map aims at four chunks for each worker.",
    "The size of a chunk is 100 / (4 × 4), rounded up. How many chunks of that size hold 100 items?",
  ],
  judge(answer) {
    const number = numberOf(answer);
    if (number === 15) {
      return passed("chunks of 7 items: 14 full ones, and one with the last 2");
    }
    const [got = shown(answer), next = otherwise(answer)] = mistakes.get(number ?? Number.NaN) ?? [];
    return notYet(expected, got, next);
  },
  solution: solutionCode("chunks"),
  wrongAnswers: [
    { code: "const chunkCount = 7;", says: "size of a chunk" },
    { code: "const chunkCount = 100;", says: "one for each item" },
    { code: 'const chunkCount = "15";', says: "Leave the quotes out" },
  ],
});

function otherwise(answer: unknown): string {
  return isQuotedNumber(answer) ? "Leave the quotes out." : "Run the map and count `pool.tasks`.";
}

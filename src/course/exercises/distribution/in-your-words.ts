import { defineExercise } from "../../exercise/define-exercise.js";
import { notAttempted, notYet, passed } from "../../exercise/exercise.js";
import { shown } from "../../exercise/shown.js";
import { solutionCode } from "../solution-code.js";

const expected = "a sentence or two, as a text";

export const inYourWords = defineExercise({
  name: "inYourWords",
  notebook: "04-exercise",
  hints: [
    "Follow one worker with your finger: when it has done its first task, which one does it take next?",
    "Who decides that: the calls, the workers, or the clock? Say it in a sentence.",
  ],
  judge(answer) {
    if (typeof answer !== "string") {
      return notYet(expected, shown(answer), "Write it between the quotes.");
    }
    const words = answer.split(/\s+/).filter((word) => word !== "");
    if (words.length === 0) {
      return notAttempted("Write your own rule between the quotes, before you read the four below.");
    }
    if (words.length < 5) {
      return notYet(expected, shown(answer), "Say a little more: who takes which call, and when?");
    }
    return passed(
      "it is written down. No program can judge it: compare it yourself with the four rules below",
    );
  },
  solution: solutionCode("inYourWords"),
  wrongAnswers: [{ code: 'const inMyWords = "no idea";', says: "Say a little more" }],
});

import { defineExercise } from "../../exercise/define-exercise.js";
import { notYet, passed } from "../../exercise/exercise.js";
import { shown } from "../../exercise/shown.js";
import { solutionCode } from "../solution-code.js";

const objections: Record<string, string | undefined> = {
  free: undefined,
  turns: "With three workers, turns would give task 3 to the worker that ran task 0. Who got it?",
  split: "Had the list been cut in two for two workers, tasks 0 and 3 would start first. Which ones did?",
  shortest: "The pool cannot know how long a call will take. In which order were the tasks started?",
};

export const rule = defineExercise({
  name: "rule",
  notebook: "04-exercise",
  hints: [
    "Look at the timeline for three workers. Which worker takes task 3, and what happened to it just before?",
    "Look at the left ends of the bars. Are they in the order in which the calls were submitted?",
  ],
  judge(answer) {
    const words = Object.keys(objections).map((name) => `"${name}"`);
    const word = typeof answer === "string" ? answer.trim().toLowerCase() : "";
    if (!Object.hasOwn(objections, word)) {
      return notYet(`one of ${words.join(", ")}`, shown(answer), "Choose one of the words.");
    }
    const objection = objections[word];
    return objection === undefined
      ? passed("one queue, first in, first out; the first worker that is free takes the next call")
      : notYet("the rule that the timelines show", `"${word}"`, objection);
  },
  solution: solutionCode("rule"),
  wrongAnswers: [
    { code: 'const answer = "turns";', says: "Who got it?" },
    { code: 'const answer = "split";', says: "Which ones did?" },
    { code: 'const answer = "shortest";', says: "In which order" },
    { code: "const answer = 1;", says: "Choose one of the words" },
  ],
});

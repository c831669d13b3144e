import { defineExercise } from "../../exercise/define-exercise.js";
import { notAttempted, notYet, passed } from "../../exercise/exercise.js";
import { shown } from "../../exercise/shown.js";
import { solutionCode } from "../solution-code.js";

const words = ["pool", "loop", "await"];
const expected = `for each of the four one of ${words.map((word) => `"${word}"`).join(", ")}`;

/** The best way for each job, and what to say of any other. */
const jobs: Record<string, { best: string; because: string }> = {
  squares: { best: "loop", because: "How long does one square take, and how long one task?" },
  pictures: {
    best: "pool",
    because: "Each is a second of calculating, and none needs another. Who could share them?",
  },
  pages: { best: "await", because: "While a page is on its way, this computer has nothing to calculate." },
  sum: { best: "loop", because: "What takes longer: to add the numbers up, or to send a copy of them?" },
};

export const worthIt = defineExercise({
  name: "worthIt",
  notebook: "07-speed",
  hints: [
    "For each job, ask what takes the time: calculating, waiting for another machine, or carrying things about?",
    "A pool is for calculating that takes much longer than the trip. Waiting needs no worker at all.",
  ],
  judge(answer) {
    if (typeof answer !== "object" || answer === null) {
      return notYet(expected, shown(answer), "Keep the object, and fill in its four texts.");
    }
    const choices = answer as Record<string, unknown>;
    const given = Object.keys(jobs).map((job) => choices[job]);
    if (given.every((choice) => choice === "" || choice === undefined)) {
      return notAttempted("Fill in the four texts.");
    }
    for (const [job, { best, because }] of Object.entries(jobs)) {
      const choice = choices[job];
      if (typeof choice !== "string" || !words.includes(choice)) {
        return notYet(expected, `${job}: ${shown(choice)}`, `Choose one of the words for ${job}.`);
      }
      if (choice !== best) {
        return notYet(`the best way for ${job}`, `"${choice}"`, because);
      }
    }
    return passed("a pool is for much calculating and little carrying");
  },
  solution: solutionCode("worthIt"),
  wrongAnswers: [
    {
      code: 'const choices = { squares: "pool", pictures: "pool", pages: "await", sum: "loop" };',
      says: "how long one task",
    },
    {
      code: 'const choices = { squares: "loop", pictures: "pool", pages: "pool", sum: "loop" };',
      says: "nothing to calculate",
    },
    {
      code: 'const choices = { squares: "loop", pictures: "await", pages: "await", sum: "loop" };',
      says: "Who could share them?",
    },
    {
      code: 'const choices = { squares: "loop", pictures: "pool", pages: "await", sum: "pool" };',
      says: "send a copy",
    },
  ],
});

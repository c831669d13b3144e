import { type Exercise, notYet, passed } from "./exercise.js";
import { shown } from "./shown.js";

const expected = "the number of tasks that reach the queue, for 100 items, 4 workers and no `chunksize`";

export const chunks: Exercise = {
  notebook: "05-queue",
  hints: [
    "Without `chunksize`, map aims at four chunks for each worker.",
    "The size of a chunk is 100 / (4 × 4), rounded up. How many chunks of that size hold 100 items?",
  ],
  judge(answer) {
    if (answer === 15) {
      return passed("chunks of 7 items: 14 full ones, and one with the last 2");
    }
    if (answer === 7) {
      return notYet(expected, "7, the size of a chunk", "How many chunks of 7 hold 100 items?");
    }
    if (answer === 16) {
      return notYet(expected, "16", "100 / 16 is no whole number. Which way is it rounded?");
    }
    if (answer === 100) {
      return notYet(expected, "100, one for each item", "That is what `chunksize: 1` does.");
    }
    if (answer === 4) {
      return notYet(expected, "4, one for each worker", "Then one slow chunk would hold all up at the end.");
    }
    return notYet(expected, shown(answer), "Run the map and count `pool.tasks`.");
  },
};

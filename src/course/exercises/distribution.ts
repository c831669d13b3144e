import { type Exercise, notAttempted, notYet, passed } from "./exercise.js";
import { finishTimesOf } from "./first-in-first-out.js";
import { shown } from "./shown.js";

const notebook = "04-exercise";
const durations = [3, 2, 1, 5, 4];
const totals = [15, 8, 6, 5, 5];

export const predictions: Exercise = {
  notebook,
  hints: [
    "One worker does everything, one task after the other: add the five durations up.",
    "For two workers, draw two lines. The first call goes on the first line, the second on the second; each further call goes behind the line that is shorter at that moment.",
    "No pool is faster than its longest task. From how many workers on does nothing else count?",
  ],
  judge(answer) {
    const expected = "five numbers of seconds, for 1, 2, 3, 4 and 5 workers";
    if (Array.isArray(answer) && answer.length === 0) {
      return notAttempted("Write your five guesses into the list.");
    }
    if (!Array.isArray(answer) || answer.length !== totals.length) {
      return notYet(expected, shown(answer), "Write one guess for each number of workers.");
    }
    const wrong = totals.findIndex((total, index) => answer[index] !== total);
    if (wrong === -1) {
      return passed("that is what the pools will take, but for a moment to start");
    }
    const got = `${shown(answer[wrong])} for ${wrong + 1} worker${wrong === 0 ? "" : "s"}`;
    return notYet(
      "the time until the last of the five tasks has ended",
      got,
      "Draw the tasks as lines, one row per worker.",
    );
  },
};

const rules: Record<string, string | undefined> = {
  free: undefined,
  turns: "With three workers, turns would give task 3 to the worker that ran task 0. Who got it?",
  split: "Had the list been cut in two for two workers, tasks 0 and 3 would start first. Which ones did?",
  shortest: "The pool cannot know how long a call will take. In which order were the tasks started?",
};

export const rule: Exercise = {
  notebook,
  hints: [
    "Look at the timeline for three workers. Which worker takes task 3, and what happened to it just before?",
    "Look at the left ends of the bars. Are they in the order in which the calls were submitted?",
  ],
  judge(answer) {
    const expected = `one of ${Object.keys(rules)
      .map((name) => `"${name}"`)
      .join(", ")}`;
    if (typeof answer !== "string" || !Object.hasOwn(rules, answer)) {
      return notYet(expected, shown(answer), "Choose one of the words.");
    }
    const objection = rules[answer];
    return objection === undefined
      ? passed("one queue, first in, first out; the first worker that is free takes the next call")
      : notYet("the rule that the timelines show", `"${answer}"`, objection);
  },
};

export const finishTimes: Exercise = {
  notebook,
  hints: [
    "Keep a list with one number for each worker: the time at which it will be free. At the start all are 0.",
    "For each duration, in order: find the worker that is free first, let it work from then on, and note when it is done.",
    "`const worker = free.indexOf(Math.min(...free))` finds it; `free[worker] += duration` is when the task ends.",
  ],
  judge(answer) {
    if (typeof answer !== "function") {
      return notYet("a function of durations and workers", shown(answer), "Pass the function itself.");
    }
    for (const [list, workers] of [
      ...totals.map((_, index) => [durations, index + 1] as const),
      ...randomCases(),
    ]) {
      const call = `for ${shown(list)} on ${workers} worker${workers === 1 ? "" : "s"}`;
      const wanted = shown(finishTimesOf(list, workers));
      let got: unknown;
      try {
        got = answer([...list], workers);
      } catch (error) {
        return notYet(`${call} ${wanted}`, `it threw ${String(error)}`, "Mend what it throws first.");
      }
      if (got === undefined) {
        return notAttempted("Write the body of the function, and return the list.");
      }
      if (shown(got) !== wanted) {
        return notYet(
          `${call} ${wanted}`,
          shown(got),
          "Play these tasks through on paper, worker by worker.",
        );
      }
    }
    return passed("five known cases and twenty random ones end when you say");
  },
};

function randomCases(): (readonly [number[], number])[] {
  const upTo = (limit: number) => 1 + Math.floor(Math.random() * limit);
  return Array.from({ length: 20 }, () => [Array.from({ length: upTo(9) }, () => upTo(9)), upTo(6)] as const);
}

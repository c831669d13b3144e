import { setTimeout as delay } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { AsyncResult, type ResultSource } from "../../pool/calls/async-result.js";
import { defineExercise } from "../exercise/define-exercise.js";
import { notAttempted, notYet, passed } from "../exercise/exercise.js";
import { shown } from "../exercise/shown.js";
import { solutionCode } from "./solution-code.js";

const outcomes = [7, new RangeError("Too far"), 0, "done", new Error("Broken")];
const wanted = [7, "RangeError: Too far", 0, "done", "Error: Broken"];
const expected = `for ${outcomes.length} futures of our own ${shown(wanted)}`;
const head = "const collect = async (futures: AsyncResult<unknown>[]): Promise<unknown> =>";

export const collect = defineExercise({
  name: "collect",
  notebook: "03-futures",
  hints: [
    "Go through the futures one by one, in their order. The list of results grows by one for each of them, whatever becomes of it.",
    "`get` throws the error of a failed task. Put `try` and `catch` round each `get`, inside the loop, not round the loop.",
    "In the `catch`, `String(error)` gives name and message with a colon between them.",
  ],
  async judge(answer) {
    if (typeof answer !== "function") {
      return notYet("a function that takes a list of futures", shown(answer), "Pass the function itself.");
    }
    let result: unknown;
    try {
      result = await answer(futures());
    } catch (error) {
      return notYet(expected, `it threw ${String(error)}`, "Catch the error of each `get`, inside the loop.");
    }
    if (result === undefined) {
      return notAttempted("Write the body of the function, and return the list.");
    }
    if (isDeepStrictEqual(result, wanted)) {
      return passed("values and errors arrive, in the order of submission");
    }
    return notYet(expected, shown(result), nextStep(result));
  },
  solution: solutionCode("collect"),
  wrongAnswers: [
    { code: `${head} Promise.all(futures.map((future) => future.get()));`, says: "got: it threw" },
    { code: `${head} futures.map((future) => future.get().catch(String));`, says: "Put `await`" },
    {
      code: `${head}\n  Promise.all(futures.map((future) => future.get().catch((error) => error)));`,
      says: "String(error)",
    },
    {
      code: `${head} Promise.allSettled(futures.map((future) => future.get()));`,
      says: "`value` or `reason`",
    },
  ],
});

/** The last one finishes first. */
function futures(): AsyncResult<unknown>[] {
  return outcomes.map((outcome, index) => {
    const settled = delay(10 * (outcomes.length - index)).then(() => {
      if (outcome instanceof Error) {
        throw outcome;
      }
      return outcome;
    });
    return new AsyncResult(settled, sourceOf(settled));
  });
}

function sourceOf(promise: Promise<unknown>): ResultSource {
  let state: ResultSource["state"] = "pending";
  promise.then(
    () => {
      state = "fulfilled";
    },
    () => {
      state = "rejected";
    },
  );
  return {
    get state() {
      return state;
    },
    get tasks() {
      return { ended: state === "pending" ? 0 : 1, total: 1 };
    },
    cancel: () => false,
  };
}

function nextStep(result: unknown): string {
  if (!Array.isArray(result)) {
    return "Return a list with an item for each future.";
  }
  if (result.length < wanted.length) {
    return "Add an item for a failed task too, and for a result of 0.";
  }
  if (result.some((item) => item instanceof Promise)) {
    return "Put `await` before `get()`.";
  }
  if (result.some((item) => item instanceof Error)) {
    return "Make text of an error with `String(error)`.";
  }
  if (result.some((item) => item?.status === "fulfilled")) {
    return "`allSettled` gives objects: take the `value` or `reason` out of each, the reason as text.";
  }
  if (new Set(result).size === wanted.length && result.every((item) => wanted.includes(item))) {
    return "Keep the order of the futures, not the order in which they finish.";
  }
  return "Compare the two lists item by item.";
}

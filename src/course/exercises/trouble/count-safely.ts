import { Worker } from "node:worker_threads";
import { defineExercise } from "../../exercise/define-exercise.js";
import { notYet, passed } from "../../exercise/exercise.js";
import { shown } from "../../exercise/shown.js";
import { solutionCode } from "../solution-code.js";

const threads = 2;
const times = 100_000;
const rounds = 3;
const limit = 10_000;
const expected = `${threads} threads that count to ${threads * times} together, every time`;
const head = "const countSafely = (shared: Int32Array, times: number): void =>";

export const countSafely = defineExercise({
  name: "countSafely",
  notebook: "08-trouble",
  hints: [
    "Reading, adding and writing back are three steps. Nobody may come between them: take one step that cannot be divided.",
    "`Atomics.add(shared, 0, 1)` is such a step. A lock would do as well, in `shared[1]`.",
  ],
  async judge(answer) {
    if (typeof answer !== "function") {
      return notYet("a function of shared memory and a number", shown(answer), "Pass the function itself.");
    }
    for (let round = 0; round < rounds; round++) {
      const { count, error } = await countInThreads(String(answer));
      if (error !== undefined) {
        return notYet(expected, error, nextStep(error));
      }
      if (count === 0) {
        return { outcome: "not attempted", next: "Write the body of the function." };
      }
      if (count !== threads * times) {
        return notYet(expected, String(count), "Steps of one thread came between the steps of the other.");
      }
    }
    return String(answer).includes("Atomics")
      ? passed("nobody came between, three times over")
      : notYet(
          expected,
          "the right number, by luck",
          "Nothing keeps the threads apart. Use `Atomics`, as above.",
        );
  },
  solution: solutionCode("countSafely"),
  wrongAnswers: [
    { code: `${head} {\n  for (let i = 0; i < times; i++) shared[0]!++;\n};`, says: "not yet" },
    { code: `${head} {\n  throw new Error("oops");\n};`, says: "oops" },
  ],
});

function nextStep(error: string): string {
  if (error.includes("is not defined")) {
    return "The function runs in another thread, alone: it can use its parameters and what JavaScript brings along.";
  }
  return error.includes("did not end")
    ? "Somebody waits for a lock that nobody gives back."
    : "Mend what it throws first.";
}

/** Runs the function in threads that begin at the same moment. */
async function countInThreads(source: string): Promise<{ count: number; error?: string }> {
  const shared = new Int32Array(new SharedArrayBuffer(16));
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const code = `
    const { workerData: { shared, gate, times, threads } } = require("node:worker_threads");
    Atomics.add(gate, 0, 1);
    while (Atomics.load(gate, 0) < threads);
    (${source})(shared, times);`;
  const workers = Array.from(
    { length: threads },
    () => new Worker(code, { eval: true, workerData: { shared, gate, times, threads } }),
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, limit, `it did not end within ${limit / 1000} seconds`);
  });
  const ends = workers.map(
    (worker) =>
      new Promise<string | undefined>((resolve) => {
        worker.once("error", (error) => resolve(`it threw ${String(error)}`));
        worker.once("exit", () => resolve(undefined));
      }),
  );
  const error = await Promise.race([
    late,
    Promise.all(ends).then((errors) => errors.find((error) => error !== undefined)),
  ]);
  clearTimeout(timer);
  await Promise.all(workers.map((worker) => worker.terminate()));
  return { count: shared[0] ?? 0, ...(error !== undefined && { error }) };
}

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type AsyncResult, check, type ExerciseName, hint, score, sleep, solution, withPool } from "poolbook";
import { printed } from "../helpers/printed.js";
import { taskRecord } from "../helpers/task-records.js";

const names = Object.keys(check) as ExerciseName[];
const together = (count: number) =>
  Array.from({ length: count }, (_, i) => taskRecord(i + 1, "f", [i + 1, 0, 0.1, 1]));
const inARow = Array.from({ length: 4 }, (_, i) => taskRecord(i + 1, "f", [1, i, i, i + 1]));

async function settled(future: AsyncResult<unknown>): Promise<unknown> {
  return future.get().catch(String);
}

/** Wrong answers, and a part of the words that are meant for each of them. */
const wrongAnswers: Record<ExerciseName, [answer: unknown, words: RegExp][]> = {
  cubes: [
    [[1, 8, 27], /got: a list[\s\S]*reduce/],
    [338_350, /got: the sum of the squares/],
    [24_502_500, /got: the sum of the cubes of 1 to 99/],
    [17, /got: 17/],
    ["25502500", /got: '25502500'/],
  ],
  otherProcess: [
    [process.pid, /the PID of the main process[\s\S]*called here/],
    [() => 1, /got: a function/],
    ["4711", /currentProcess\(\)\.pid/],
    [-1, /got: -1/],
  ],
  allAtOnce: [
    [inARow, /got: 1 at most at the same time, on 1 worker\n[\s\S]*before the first `get`/],
    [together(3), /got: 3 finished of 3 submitted/],
    [[...together(2), ...inARow], /got: [23] at most[\s\S]*pool of 4 workers/],
    [13, /Return `pool\.tasks`/],
  ],
  collect: [
    [7, /expected: a function/],
    [
      (futures: AsyncResult<unknown>[]) => Promise.all(futures.map((future) => future.get())),
      /got: it threw/,
    ],
    [async () => [], /Add an item for a failed task/],
    [
      async (futures: AsyncResult<unknown>[]) => futures.map((future) => future.get().catch(String)),
      /Put `await`/,
    ],
    [
      (futures: AsyncResult<unknown>[]) => Promise.all(futures.map((f) => f.get().catch((e) => e))),
      /String\(error\)/,
    ],
    [
      async (futures: AsyncResult<unknown>[]) => (await Promise.all(futures.map(settled))).reverse(),
      /Keep the order/,
    ],
    [async () => "13", /Return a list/],
  ],
  predictions: [
    [5, /five numbers/],
    [[15, 8], /one guess for each/],
    [[15, 7.5, 6, 5, 5], /got: 7\.5 for 2 workers/],
    [[5, 8, 6, 5, 5], /got: 5 for 1 worker\n/],
  ],
  rule: [
    ["turns", /got: "turns"[\s\S]*task 3/],
    ["split", /cut in two/],
    ["shortest", /how long a call will take/],
    ["constructor", /Choose one of the words/],
    [1, /Choose one of the words/],
  ],
  finishTimes: [
    [[3, 5], /expected: a function/],
    [
      (durations: number[]) => durations,
      /for \[3, 2, 1, 5, 4\] on 1 worker \[3, 5, 6, 11, 15\][\s\S]*got: \[3, 2, 1, 5, 4\]/,
    ],
    [
      () => {
        throw new Error("oops");
      },
      /got: it threw Error: oops/,
    ],
  ],
  chunks: [
    [7, /size of a chunk/],
    [16, /rounded/],
    [100, /one for each item/],
    [4, /one for each worker/],
    ["15", /got: '15'/],
  ],
};

describe("check", () => {
  for (const name of names) {
    test(`${name}: nothing given is not attempted`, async () => {
      const text = await printed(() => check[name](undefined));
      assert.match(
        text,
        new RegExp(`^○ ${name}: not attempted\\n {2}next: .+\\n {2}stuck\\? hint\\("${name}"\\)$`),
      );
    });

    test(`${name}: a promise is not yet an answer`, async () => {
      const text = await printed(() => check[name](Promise.reject(new Error("nobody looks"))));
      assert.match(
        text,
        /^✗ .*: not yet\n {2}expected: a value\n {2}got: a promise of it\n {2}next: Put `await`/,
      );
    });

    wrongAnswers[name].forEach(([answer, words], index) => {
      test(`${name}: wrong answer ${index + 1} gets the words meant for it`, async () => {
        const text = await printed(() => check[name](answer));
        assert.match(
          text,
          new RegExp(`^✗ ${name}: not yet\\n {2}expected: .+\\n {2}got: .+\\n {2}next: .+\\n`),
        );
        assert.match(text, words);
      });
    });
  }

  test("a starter function that returns nothing is not attempted", async () => {
    for (const name of ["collect", "finishTimes"] as const) {
      assert.match(await printed(() => check[name](() => undefined)), /^○/);
    }
    assert.match(await printed(() => check.predictions([])), /^○/);
  });

  test("allAtOnce passes for the records of a real pool", async () => {
    const tasks = await withPool(4, async (pool) => {
      const futures = [1, 2, 3, 4].map(() => pool.applyAsync(sleep, [1]));
      for (const future of futures) {
        await future.get();
      }
      return pool.tasks;
    });
    assert.match(await printed(() => check.allAtOnce(tasks)), /^✓ allAtOnce: passed\./);
  });
});

describe("hint", () => {
  test("says more with each step", async () => {
    for (const name of names) {
      const first = await printed(() => hint(name));
      const second = await printed(() => hint(name, 2));
      assert.match(first, /^Hint 1 of \d: ./);
      assert.match(second, /^Hint 2 of \d: ./);
    }
  });

  test("refuses a step or a name that does not exist", () => {
    assert.throws(() => hint("rule", 3), { name: "RangeError", message: /1 to 2 for "rule", got `3`/ });
    assert.throws(() => hint("nonsense" as ExerciseName), {
      name: "RangeError",
      message: /"cubes", .*got `nonsense`/,
    });
    assert.throws(() => solution("toString" as ExerciseName), RangeError);
  });
});

describe("solution", () => {
  for (const name of names) {
    test(`${name}: is the cell of the notebook with the solutions`, async () => {
      assert.ok((await printed(() => solution(name))).length > 10);
    });
  }
});

describe("score", () => {
  test("counts what has passed, and keeps the latest outcome", async () => {
    await printed(() => check.rule("free"));
    await printed(() => check.predictions([1, 2, 3, 4, 5]));
    await printed(() => check.finishTimes(undefined));
    assert.equal(
      await printed(() => score("04-exercise")),
      "1 of 3 passed in this notebook\n✗ predictions: not yet\n✓ rule: passed\n○ finishTimes: not attempted",
    );
  });

  test("refuses a notebook without exercises", () => {
    assert.throws(() => score("04"), { name: "RangeError", message: /got `04`/ });
  });
});

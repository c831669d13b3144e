import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type AsyncResult,
  check,
  type ExerciseName,
  hint,
  score,
  sleep,
  solution,
  type TaskRecord,
  withPool,
} from "poolbook";
import { cellRun } from "../helpers/cell-run.js";
import { printed } from "../helpers/printed.js";
import { taskRecord } from "../helpers/task-records.js";

const names = Object.keys(check) as ExerciseName[];
const together = (count: number) =>
  Array.from({ length: count }, (_, i) => taskRecord(i + 1, "f", [i + 1, 0, 0.1, 1]));
const oneWorker = Array.from({ length: 4 }, (_, i) => taskRecord(i + 1, "f", [1, 0.01 * i, i + 1, i + 2]));
const waitingBehind = Array.from({ length: 2 }, (_, i) => taskRecord(i + 3, "f", [i + 1, 0, 1, 2]));
const inARow = Array.from({ length: 4 }, (_, i) => taskRecord(i + 1, "f", [1, i, i, i + 1]));

async function settled(future: AsyncResult<unknown>): Promise<unknown> {
  return future.get().catch(String);
}

interface Bank {
  balances: Map<string, number>;
  done: Set<number>;
}

/** Wrong answers, and a part of the words that are meant for each of them; more are planted in the exercises themselves. */
const wrongAnswers: Record<ExerciseName, [answer: unknown, words: RegExp][]> = {
  cubes: [
    [25_502_500, /no pool has worked since the cell of the exercise began/],
    [25_502_500n, /no pool has worked/],
    [[1, 8, 27], /got: a list[\s\S]*reduce/],
    [Float64Array.of(1, 8, 27), /got: a list[\s\S]*reduce/],
    [338_350, /got: the sum of the squares/],
    [24_502_500, /got: the sum of the cubes of 1 to 99/],
    [17, /got: 17/],
    ["25502500", /got: '25502500'[\s\S]*Leave the quotes out/],
  ],
  otherProcess: [
    [process.pid, /the PID of the main process[\s\S]*called here/],
    [4711, /got: 4711, but no worker has run anything/],
    [() => 1, /got: a function/],
    ["4711", /not a text of it/],
    [-1, /got: -1/],
    [null, /currentProcess\(\)\.pid/],
  ],
  allAtOnce: [
    [inARow, /got: 1 at most at the same time, on 1 worker\n[\s\S]*before the first `get`/],
    [oneWorker, /got: 1 at most at the same time, on 1 worker\n[\s\S]*Give the pool four workers/],
    [[...together(2), ...waitingBehind], /got: 2 at most[\s\S]*Give the pool four workers/],
    [together(3), /got: 3 finished of 3 submitted/],
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
    [["15", "8", "6", "5", "5"], /Leave the quotes out/],
  ],
  inYourWords: [
    ["free", /Say a little more/],
    [7, /between the quotes/],
  ],
  rule: [
    ["turns", /got: "turns"[\s\S]*task 3/],
    ["split", /cut in two/],
    ["shortest", /how long a call will take/],
    ["constructor", /Choose one of the words/],
    [1, /Choose one of the words/],
  ],
  moreCalls: [
    [7, /Leave the last line of the cell/],
    [together(2), /Add more calls/],
    [together(3).map((record) => ({ ...record, name: "slowSum" })), /under another name/],
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
  script: [
    ["no-such-file.mjs", /got: no file .*no-such-file\.mjs/],
    [3, /the name of your file/],
  ],
  deposit: [
    [7, /expected: a function/],
    [
      (bank: Bank, _: number, account: string, amount: number) => bank.balances.set(account, amount),
      /Add to/,
    ],
    [
      (bank: Bank, number: number, account: string, amount: number) => {
        if ([...bank.done].at(-1) !== number) {
          bank.done.add(number);
          bank.balances.set(account, (bank.balances.get(account) ?? 0) + amount);
        }
      },
      /not only the last one/,
    ],
  ],
  chunks: [
    [7, /size of a chunk/],
    [16, /rounded/],
    [100, /one for each item/],
    [4, /one for each worker/],
    ["15", /got: '15'[\s\S]*Leave the quotes out/],
  ],
  speedup: [
    [5, /Pass the function itself/],
    [(_share: number, workers: number) => workers, /What of the serial part/],
    [(share: number, workers: number) => share + (1 - share) / workers, /That is the time/],
  ],
  worthIt: [
    ["pool", /fill in its four texts/],
    [{ squares: "loop", pictures: "pool", pages: "pool", sum: "loop" }, /nothing to calculate/],
    [{ squares: "loop", pictures: "pool", pages: "maybe", sum: "loop" }, /Choose one of the words for pages/],
  ],
  countSafely: [
    [7, /Pass the function itself/],
    [(shared: Int32Array) => shared.fill(200_000), /by luck|got: \d+/],
    [(shared: Int32Array) => shared.fill(wrongAnswers.cubes.length), /in another thread, alone/],
  ],
  culprits: [
    [7, /Pass the function itself/],
    [() => [2, 7], /three bad ends/],
    [() => [7, 5, 4, 2], /Keep the numbers in the order/],
  ],
};

/** Right answers in other forms than the solution's. */
const rightAnswers: Partial<Record<ExerciseName, unknown[]>> = {
  allAtOnce: [together(4), [...together(5)]],
  collect: [
    async (futures: AsyncResult<unknown>[]) => Promise.all(futures.map(settled)),
    async (futures: AsyncResult<unknown>[]) =>
      (await Promise.allSettled(futures.map((future) => future.promise))).map((end) =>
        end.status === "fulfilled" ? end.value : String(end.reason),
      ),
  ],
  predictions: [
    [15, 8, 6, 5, 5],
    [15n, 8n, 6n, 5n, 5n],
    Float64Array.of(15, 8, 6, 5, 5),
    BigInt64Array.of(15n, 8n, 6n, 5n, 5n),
  ],
  inYourWords: ["A worker that has nothing to do takes the next call."],
  rule: ["free", " Free "],
  finishTimes: [
    fifo,
    async (durations: number[], workers: number) => fifo(durations, workers),
    (durations: number[], workers: number) => Float64Array.from(fifo(durations, workers)),
    (durations: number[], workers: number) => fifo(durations, workers).map(BigInt),
  ],
  chunks: [15, 15n],
  speedup: [async (share: number, workers: number) => workers / (share * workers + 1 - share)],
  worthIt: [{ sum: "loop", pages: "await", pictures: "pool", squares: "loop" }],
  countSafely: [
    (shared: Int32Array, times: number) => {
      for (let i = 0; i < times; i++) {
        Atomics.sub(shared, 0, -1);
      }
    },
  ],
  culprits: [
    async (tasks: TaskRecord[]) =>
      Int32Array.from(
        tasks
          .filter((task) => ["failed", "lost", "cancelled"].includes(task.outcome))
          .map(({ number }) => number),
      ),
  ],
};

function fifo(durations: number[], workers: number): number[] {
  const free = new Array<number>(workers).fill(0);
  return durations.map((duration) => {
    free.sort((a, b) => a - b);
    free[0] = (free[0] ?? 0) + duration;
    return free[0];
  });
}

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

    (rightAnswers[name] ?? []).forEach((answer, index) => {
      test(`${name}: right answer ${index + 1} passes`, async () => {
        assert.match(await printed(() => check[name](answer)), new RegExp(`^✓ ${name}: passed\\.`));
      });
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

  test("cubes and otherProcess pass when workers have done the work since the exercise's cell began", async () => {
    await cellRun("cubes-exercise", "", () => withPool(1, (pool) => pool.apply(sleep, [0])));
    for (const sum of [25_502_500, 25_502_500n]) {
      assert.match(await printed(() => check.cubes(sum)), /^✓ cubes: passed\./);
    }
    let pid = 0;
    await cellRun("otherProcess-exercise", "", async () => {
      pid = await withPool(1, (pool) => pool.apply(() => process.pid, []));
    });
    assert.match(await printed(() => check.otherProcess(pid)), /^✓ otherProcess: passed\./);
    assert.match(await printed(() => check.otherProcess(BigInt(pid))), /^✓ otherProcess: passed\./);
    assert.match(await printed(() => check.otherProcess(pid + 1)), new RegExp(`but the tasks ran in ${pid}`));
  });

  test("cubes takes no work of a pool from before the exercise's cell for its own", async () => {
    await withPool(1, (pool) => pool.apply(sleep, [0]));
    await cellRun("cubes-exercise", "", () => {});
    assert.match(await printed(() => check.cubes(25_502_500)), /no pool has worked/);
  });

  test("a value is not judged when the exercise's cell has failed", async () => {
    await cellRun("chunks-exercise", "", () => {}, "failed");
    assert.match(
      await printed(() => check.chunks(15)),
      /^○ chunks: not judged\n {2}next: The cell of the exercise ended with an error/,
    );
    await cellRun("chunks-exercise", "", () => {});
    assert.match(await printed(() => check.chunks(15)), /^✓ chunks: passed/);
  });

  test("a wrong value is not judged again while the exercise's cell has not run again", async () => {
    await cellRun("predictions-exercise", "", () => {});
    const guesses = [1, 2, 3, 4, 5];
    await cellRun("predictions-check", "", async () => {
      assert.match(await printed(() => check.predictions(guesses)), /not yet/);
    });
    await cellRun("predictions-check", "", async () => {
      const text = await printed(() => check.predictions(guesses));
      assert.match(text, /^○ predictions: not judged\n {2}next: .* has not been run since the last check/);
    });
    await cellRun("predictions-check", "", async () => {
      assert.match(await printed(() => check.predictions([...guesses])), /not yet/);
    });
    await cellRun("predictions-exercise", "", () => {});
    await cellRun("predictions-check", "", async () => {
      assert.match(await printed(() => check.predictions(guesses)), /not yet/);
    });
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

  test("beyond the last says so", async () => {
    assert.equal(
      await printed(() => hint("rule", 3)),
      'There are 2 hints for rule, and this would be number 3. solution("rule") shows one way to do it.',
    );
  });

  test("refuses a step that is no step, and a name that does not exist", () => {
    for (const step of [0, 1.5, Number.NaN]) {
      assert.throws(() => hint("rule", step), { name: "RangeError", message: /a whole number from 1/ });
    }
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
  test("counts what has passed, and names what is next", async () => {
    await printed(() => check.rule("free"));
    await printed(() => check.inYourWords("no"));
    const lines = (await printed(() => score("04-exercise"))).split("\n");
    assert.match(lines[0] ?? "", /^\d of 6 passed in this notebook$/);
    assert.ok(lines.includes("✓ rule: passed"));
    assert.match(lines.at(-1) ?? "", /^All chapters: \d+ of \d+ passed\. Next: \w+ in \d\d-[a-z-]+$/);
  });

  test("an exercise that has passed stays so", async () => {
    await printed(() => check.chunks(15));
    await printed(() => check.chunks(7));
    assert.match(await printed(() => score("05-queue")), /^✓ chunks: passed$/m);
  });

  test("without a notebook lists every chapter", async () => {
    const text = await printed(() => score());
    for (const chapter of [
      "00-pool-map",
      "01-apply",
      "02-apply-async",
      "03-futures",
      "04-exercise",
      "05-queue",
      "06-machines",
    ]) {
      assert.match(text, new RegExp(`^${chapter} +\\d of \\d +[✓✗○] `, "m"));
    }
  });

  test("refuses a notebook without exercises", () => {
    assert.throws(() => score("04"), { name: "RangeError", message: /got `04`/ });
  });
});

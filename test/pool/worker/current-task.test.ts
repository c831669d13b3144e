import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { CancelledError, currentTask, Pool, sleep, withPool } from "poolbook";
import { allGone } from "../../helpers/processes.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

/** A callback, and the first value it is called with. */
function firstOf() {
  let hear: (value: unknown) => void = () => {};
  const value = new Promise<unknown>((resolve) => {
    hear = resolve;
  });
  return { hear, value };
}

for (const workerType of ["process", "thread"] as const) {
  describe(`currentTask() in a ${workerType}`, () => {
    const pool = new Pool({ processes: 1, workerType });
    after(() => pool.terminate());

    test("tells the number of the task, also after await and in what it calls", async () => {
      const numbers = await pool.map(
        async (_: number) => {
          const before = currentTask().number;
          await sleep(0.001);
          return [before, currentTask().number];
        },
        [1, 2],
        { chunksize: 1 },
      );
      const [first = 0, second = 0] = pool.tasks.slice(-2).map(({ number }) => number);
      assert.deepEqual(numbers, [
        [first, first],
        [second, second],
      ]);
    });

    test("report() sends copies to onProgress of its call, in order and before the result", async () => {
      const task = (count: number) => {
        for (let step = 1; step <= count; step++) {
          currentTask().report({ step, at: new Date(step) });
        }
        return "done";
      };
      const heard: unknown[] = [];
      const onProgress = (value: unknown) => heard.push(value);
      const expected = [1, 2, 3].map((step) => ({ step, at: new Date(step) }));
      assert.equal(await pool.apply(task, [3], { onProgress }), "done");
      assert.deepEqual(heard.splice(0), expected);
      await pool.applyAsync(task, [3], { onProgress, callback: () => heard.push("callback") }).get();
      assert.deepEqual(heard.splice(0), [...expected, "callback"]);
      await pool.map(task, [1, 2], { onProgress });
      assert.equal(heard.splice(0).length, 3);
      await pool.mapSettled(task, [1, 2], { onProgress });
      assert.equal(heard.splice(0).length, 3);
      for await (const _ of pool.imap(task, [1, 2], { onProgress })) {
      }
      assert.equal(heard.splice(0).length, 3);
      await pool.apply(task, [3]);
      assert.deepEqual(heard, []);
    });

    test("a report that cannot be cloned is an error of the task", () =>
      assert.rejects(
        pool.apply(() => currentTask().report(() => {})),
        /could not be cloned/,
      ));

    test("an onProgress that throws is shown on stderr and harms nothing; one that is no function is a TypeError", async (context) => {
      const written = context.mock.method(process.stderr, "write", () => true);
      const onProgress = () => {
        throw new Error("of mine");
      };
      const task = () => {
        currentTask().report(1);
        return 2;
      };
      assert.equal(await pool.apply(task, [], { onProgress }), 2);
      assert.match(
        String(written.mock.calls[0]?.arguments[0]),
        /Exception in `onProgress` of a pool: Error: of mine/,
      );
      for (const call of [
        () => pool.applyAsync(task, [], { onProgress: 5 as never }),
        () => pool.imap(task, [1], { onProgress: 5 as never }),
      ]) {
        assert.throws(call, /Expected `onProgress` to be a function/);
      }
    });

    test("signal aborts on cancel, and a task that ends then keeps its worker", async () => {
      const heard = firstOf();
      const task = async () => {
        Reflect.set(globalThis, "survivor", "alive");
        const { signal } = currentTask();
        currentTask().report("ready");
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        Reflect.set(globalThis, "cleaned", signal.reason.name);
      };
      const result = pool.applyAsync(task, [], { onProgress: heard.hear });
      assert.equal(await heard.value, "ready");
      assert.equal(result.cancel(), true);
      await assert.rejects(result.get(), CancelledError);
      const read = () => [Reflect.get(globalThis, "survivor"), Reflect.get(globalThis, "cleaned")];
      assert.deepEqual(await pool.apply(read), ["alive", "AbortError"]);
    });

    for (const fakes of [[], ["setTimeout"]] as const) {
      const when = fakes.length > 0 ? ", also while timers are faked" : "";
      test(`a task that heeds its signal but does not end is killed after a second, others at once${when}`, async (context) => {
        const heard = firstOf();
        const deaf = () => {
          currentTask().report(currentTask().signal.aborted);
          for (;;) {}
        };
        const result = pool.applyAsync<() => unknown>(deaf, [], { onProgress: heard.hear });
        assert.equal(await heard.value, false);
        for (const name of fakes) {
          context.mock.method(globalThis, name, () => ({ unref: () => {} }) as NodeJS.Timeout);
        }
        result.cancel();
        await assert.rejects(result.get(), CancelledError);
        assert.equal(await pool.apply(() => "free"), "free");
      });
    }
  });
}

test("outside of tasks currentTask() is never cancelled, and its reports are heard by nobody", () => {
  const { number, signal, report } = currentTask();
  report(1);
  assert.deepEqual([number, signal.aborted], [0, false]);
});

describe("child processes of a task", () => {
  for (const [way, end] of Object.entries({
    "a cancelled one": (_: Pool, cancel: () => void) => cancel(),
    "one whose pool is terminated": (pool: Pool) => pool.terminate(),
  })) {
    test(`end with ${way}, and so do theirs`, (context) =>
      withPool(2, async (pool) => {
        const file = path.join(temporaryFolder(context), "pids");
        const task = async () => {
          const script = `sleep 1000 & echo $$ $! > ${file}.new; mv ${file}.new ${file}; wait`;
          await once(spawn("sh", ["-c", script]), "exit");
        };
        const result = pool.applyAsync(task);
        while (!existsSync(file)) {
          await wait(20);
        }
        const pids = readFileSync(file, "utf8").trim().split(" ").map(Number);
        assert.equal(pids.length, 2);
        await end(pool, () => result.cancel());
        await assert.rejects(result.get());
        await allGone(pids, 10_000);
      }));
  }
});

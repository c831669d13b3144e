import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type AsyncResult, WorkerLostError, withPool } from "poolbook";
import { startScript } from "../../helpers/script.js";

const square = (x: number) => x * x;

/** Runs a deadly task with ten others queued behind it on two workers, and asserts that only it is lost. */
async function assertOnlyItselfLost<F extends () => unknown>(
  deadly: F,
  exitCode: number | null,
  signal?: string,
  execArgv?: readonly string[],
) {
  await withPool({ processes: 2, ...(execArgv && { execArgv }) }, async (pool) => {
    const before = [1, 2, 3].map((x) => pool.applyAsync(square, [x]));
    const lost = pool.applyAsync(deadly as () => unknown);
    const behind = [4, 5, 6, 7, 8, 9, 10].map((x) => pool.applyAsync(square, [x]));
    await assert.rejects(lost.get(), (error: WorkerLostError) => {
      assert.ok(error instanceof WorkerLostError);
      assert.equal(error.exitCode, exitCode);
      assert.equal(error.signal, signal ?? null);
      assert.equal(error.pid, pool.tasks[3]?.pid);
      assert.equal(pool.tasks[3]?.outcome, "lost");
      return true;
    });
    const values = await Promise.all([...before, ...behind].map((result) => result.get()));
    assert.deepEqual(values, [1, 4, 9, 16, 25, 36, 49, 64, 81, 100]);
    assert.equal(await pool.apply(square, [11]), 121);
    while (pool.pids.length < 2) {
      await delay(20);
    }
    assert.equal(new Set(pool.pids).size, 2);
  });
}

describe("a worker that dies fails its own task only", () => {
  test("by SIGKILL while it is busy", () =>
    assertOnlyItselfLost(() => process.kill(process.pid, "SIGKILL"), null, "SIGKILL"));

  test("by process.exit(0)", () => assertOnlyItselfLost(() => process.exit(0), 0));

  test("by process.exit(3)", () => assertOnlyItselfLost(() => process.exit(3), 3));

  test("by process.abort()", () => assertOnlyItselfLost(() => process.abort(), null, "SIGABRT"));

  test("by disconnecting", () =>
    assertOnlyItselfLost(() => {
      process.disconnect();
      return new Promise(() => {});
    }, 1));

  test("by running out of memory", () =>
    assertOnlyItselfLost(
      () => {
        const hoard: unknown[] = [];
        for (;;) {
          hoard.push(new Array(1000).fill(hoard.length));
        }
      },
      null,
      "SIGABRT",
      ["--max-old-space-size=32"],
    ));
});

describe("what nobody catches in a worker is the cause of its loss", () => {
  const deadly = {
    "an uncaught exception": () => {
      setTimeout(() => {
        throw new RangeError("nobody catches me");
      });
      return new Promise(() => {});
    },
    "an unhandled rejection": () => {
      Promise.reject(new RangeError("nobody catches me"));
      return new Promise(() => {});
    },
  };
  for (const [what, task] of Object.entries(deadly)) {
    test(what, () =>
      withPool(1, async (pool) => {
        const lost = pool.applyAsync(task);
        const behind = pool.applyAsync(square, [5]);
        await assert.rejects(lost.get(), (error: WorkerLostError) => {
          assert.ok(error instanceof WorkerLostError);
          assert.ok(error.cause instanceof RangeError);
          assert.equal(error.cause.message, "nobody catches me");
          return true;
        });
        assert.equal(await behind.get(), 25);
      }),
    );
  }
});

test("workers killed while idle are replaced and lose no task", () =>
  withPool(2, async (pool) => {
    await Promise.all([1, 2].map((x) => pool.apply(square, [x])));
    for (const pid of pool.pids) {
      process.kill(pid, "SIGKILL");
    }
    const values = await Promise.all([1, 2, 3, 4].map((x) => pool.apply(square, [x])));
    assert.deepEqual(values, [1, 4, 9, 16]);
  }));

test("workers killed while they boot are replaced and lose no task", () =>
  withPool(8, async (pool) => {
    const results = [1, 2, 3, 4].map((x) => pool.apply(square, [x]));
    for (const pid of pool.pids) {
      process.kill(pid, "SIGKILL");
    }
    assert.deepEqual(await Promise.all(results), [1, 4, 9, 16]);
  }));

test("the only worker can die again and again, with a queue behind it", () =>
  withPool(1, async (pool) => {
    const die = () => process.exit(1);
    const results = [1, 2, 3].flatMap((x) => [pool.applyAsync(die), pool.applyAsync(square, [x])]);
    const outcomes = await Promise.allSettled(results.map((result) => result.get()));
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : outcome.reason.name)),
      ["WorkerLostError", 1, "WorkerLostError", 4, "WorkerLostError", 9],
    );
  }));

test("many small tasks in flight lose only the deadly one among them", () =>
  withPool(2, async (pool) => {
    await pool.map(
      square,
      Array.from({ length: 100 }, (_, x) => x),
    );
    const task = (x: number) => {
      if (x === 777) {
        process.kill(process.pid, "SIGKILL");
      }
      return x;
    };
    const results = Array.from({ length: 2000 }, (_, x) => pool.applyAsync(task, [x]));
    const outcomes = await Promise.allSettled(results.map((result) => result.get()));
    const failed = outcomes.flatMap((outcome, x) => (outcome.status === "rejected" ? [x] : []));
    assert.deepEqual(failed, [777]);
  }));

test("the last words of a dying worker arrive before its loss is reported", async () => {
  const script = startScript("pool/last-words.mjs");
  assert.equal((await script.ended).exitCode, 0);
  const words = (length: number) => Array.from({ length }, (_, line) => `line ${line}\n`).join("");
  // A killed worker loses what its socket has not taken, which holds some hundred and seventy lines.
  assert.equal(script.stdout, `${words(200)}exit code 5\n${words(100)}signal SIGKILL\n`);
});

test("all last words of a worker that exits arrive, however many, while the main process is busy", async () => {
  const script = startScript("pool/many-last-words.mjs");
  assert.equal((await script.ended).exitCode, 0, script.stderr);
  const words = Array.from({ length: 5000 }, (_, line) => `line ${line}\n`).join("");
  assert.equal(script.stdout, `${words}exit code 5\n${words}RangeError: too many words\n`);
});

test("a pool whose workers cannot start is broken and does not try for ever", async () => {
  const script = startScript("pool/cannot-start.mjs");
  assert.equal((await script.ended).exitCode, 0, script.stderr);
  assert.equal(
    script.stdout,
    "BrokenPoolError: Pool is broken: its workers cannot start\nWorkerLostError\nended\n",
  );
});

test("a callback that cancels another task of a dead worker's batch harms nothing", async (context) => {
  await withPool(1, async (pool) => {
    const fatal = (x: number) => (x === 2 ? process.kill(process.pid, "SIGKILL") : x);
    for (let round = 0; round < 50; round++) {
      await pool.apply(fatal, [1]);
    }
    const written = context.mock.method(process.stderr, "write", () => true);
    const results: AsyncResult<unknown>[] = [0, 1, 2, 3, 4].map((x) =>
      pool.applyAsync(fatal, [x], { callback: () => x === 1 && results[3]?.cancel() }),
    );
    const outcomes = await Promise.allSettled(results.map(({ promise }) => promise));
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : outcome.reason.name)),
      [0, 1, "WorkerLostError", "CancelledError", 4],
    );
    const texts = written.mock.calls.map((call) => call.arguments[0]);
    assert.deepEqual(texts, []);
  });
});

for (const workerType of ["process", "thread"] as const) {
  test(`a task cannot remove the listeners of its worker: ${workerType}`, async () => {
    const removals = [
      () => void process.removeAllListeners("message"),
      () => void process.removeAllListeners(),
      () => process.eventNames().forEach((name) => void process.removeAllListeners(name)),
      () => {
        for (const name of process.eventNames()) {
          for (const listener of process.rawListeners(name)) {
            process.off(name, listener as () => void);
          }
        }
      },
      () => void process.getBuiltinModule("node:worker_threads").parentPort?.removeAllListeners(),
      () => void process.getBuiltinModule("node:worker_threads").parentPort?.removeAllListeners("message"),
    ];
    await withPool({ processes: 1, workerType }, async (pool) => {
      const [pid] = pool.pids;
      for (const removal of removals) {
        await pool.apply(removal);
        assert.equal(await pool.apply(square, [3], { timeout: 20_000 }), 9);
        assert.deepEqual(pool.pids, [pid]);
      }
      const count = await pool.apply(() => {
        process.once("SIGUSR2", () => {});
        process.removeAllListeners("SIGUSR2");
        return process.listenerCount("SIGUSR2");
      });
      assert.equal(count, 0);
    });
  });
}

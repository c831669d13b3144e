import assert from "node:assert/strict";
import { test } from "node:test";
import { BrokenPoolError, Pool, withPool } from "poolbook";

const initialize = (value: number) => {
  Object.assign(globalThis, { initialized: value });
};
const initialized = () => [process.pid, (globalThis as { initialized?: number }).initialized] as const;

test("initializer runs in each worker with initargs before its first task, in replacements too", () =>
  withPool({ processes: 2, initializer: initialize, initargs: [42], maxTasksPerChild: 1 }, async (pool) => {
    const results = await Promise.all(Array.from({ length: 6 }, () => pool.apply(initialized)));
    assert.equal(new Set(results.map(([pid]) => pid)).size, 6);
    assert.deepEqual(new Set(results.map(([, value]) => value)), new Set([42]));
  }));

test("initializer may be asynchronous", () =>
  withPool(
    {
      processes: 1,
      initializer: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        Object.assign(globalThis, { initialized: 7 });
      },
    },
    async (pool) => assert.equal((await pool.apply(initialized))[1], 7),
  ));

test("an initializer that throws breaks the pool, with its error as the cause, and starts no more workers", async () => {
  const pool = new Pool({
    processes: 2,
    initializer: () => {
      throw new RangeError("cannot initialize");
    },
  });
  const { pids } = pool;
  const results = [pool.applyAsync(initialized), pool.applyAsync(initialized)];
  for (const result of results) {
    await assert.rejects(result.get(), (error: BrokenPoolError) => {
      assert.ok(error instanceof BrokenPoolError);
      assert.ok(error.cause instanceof RangeError);
      assert.equal(error.cause.message, "cannot initialize");
      return true;
    });
  }
  await assert.rejects(pool.apply(initialized), BrokenPoolError);
  pool.close();
  await pool.join();
  assert.deepEqual(pool.pids, pids);
});

test("an initializer that ends its worker breaks the pool", async () => {
  const pool = new Pool({ processes: 1, initializer: () => process.exit(4) });
  await assert.rejects(pool.apply(initialized), (error: BrokenPoolError) => {
    assert.ok(error instanceof BrokenPoolError);
    assert.equal((error.cause as { exitCode: number }).exitCode, 4);
    return true;
  });
  await pool.terminate();
});

test("a bad initializer, initargs or maxTasksPerChild is refused", () => {
  const bad = (options: object) => () => new Pool(options);
  assert.throws(bad({ initializer: 1 }), /TypeError: Expected `initializer` to be a function, got `1`/);
  assert.throws(bad({ initargs: 1 }), /TypeError: Expected `initargs` to be an array/);
  assert.throws(
    bad({ maxTasksPerChild: 0 }),
    /RangeError: Expected `maxTasksPerChild` to be an integer of at least 1/,
  );
  assert.throws(bad({ maxTasksPerChild: 0.5 }), TypeError);
  assert.throws(bad({ maxTasksPerChild: "12" }), TypeError);
});

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Pool, withPool } from "poolbook";
import { warmUp } from "../../helpers/warm-up.js";

describe("apply and applyAsync", () => {
  const pool = new Pool(2);
  before(() => warmUp(pool));
  after(() => pool.terminate());

  test("apply() resolves with the result, computed in a worker process", async () => {
    const [sum, pid] = await pool.apply((x: number, y: number) => [x + y, process.pid], [6, 7]);
    assert.equal(sum, 13);
    assert.notEqual(pid, process.pid);
    assert.ok(pool.pids.includes(pid ?? 0));
  });

  test("apply() awaits an async function", async () => {
    assert.equal(await pool.apply(async (x: number) => x * 2, [21]), 42);
  });

  test("apply() works without arguments", async () => {
    assert.equal(await pool.apply(() => "done"), "done");
  });

  test("applyAsync() runs tasks side by side on all workers", async () => {
    const task = () => new Promise<number>((resolve) => setTimeout(() => resolve(process.pid), 200));
    const results = [pool.applyAsync(task), pool.applyAsync(task)];
    assert.deepEqual(
      results.map((result) => result.ready()),
      [false, false],
    );
    const pids = await Promise.all(results.map((result) => result.get()));
    assert.equal(new Set(pids).size, 2);
  });

  test("sequential tasks take turns on the workers", async () => {
    const pids: number[] = [];
    for (let i = 0; i < 6; i++) {
      pids.push(await pool.apply(() => process.pid));
    }
    assert.equal(pids.filter((pid) => pid === pids[0]).length, 3);
    assert.notEqual(pids[0], pids[1]);
  });

  test("a failing task rejects and leaves the others alone", async () => {
    const failing = pool.applyAsync(() => {
      throw new RangeError("out of range", { cause: new TypeError("inner") });
    });
    const fine = pool.applyAsync(() => 1);
    await assert.rejects(failing.get(), (error: RangeError) => {
      assert.ok(error instanceof RangeError);
      assert.equal(error.message, "out of range");
      assert.ok(error.cause instanceof TypeError);
      return true;
    });
    assert.equal(await fine.get(), 1);
  });

  test("bad calls are refused at once", async () => {
    const anyPool = pool as unknown as { applyAsync(...args: unknown[]): unknown };
    assert.throws(() => anyPool.applyAsync(5), /TypeError: Expected `fn` to be a function, got `5`/);
    assert.throws(() => anyPool.applyAsync(() => 1, 5), /TypeError: Expected `args` to be an array/);
    assert.throws(() => anyPool.applyAsync(() => 1, [], { signal: {} }), /TypeError: Expected `signal`/);
    assert.throws(() => anyPool.applyAsync(() => 1, [], { callback: 1 }), /TypeError: Expected `callback`/);
  });
});

test("new Pool() refuses a bad number of processes", () => {
  for (const [value, type] of [
    [0, RangeError],
    [-1, RangeError],
    [1.5, TypeError],
    ["2", TypeError],
    [Number.NaN, TypeError],
  ] as const) {
    assert.throws(
      () => new Pool(value as number),
      (error: Error) => error instanceof type && error.message.includes("`processes`"),
    );
  }
});

test("withPool() gives the body's value and ends the pool, also after an error", async () => {
  let kept: Pool | undefined;
  const value = await withPool(1, (pool) => {
    kept = pool;
    return pool.apply(() => 7);
  });
  assert.equal(value, 7);
  await assert.rejects(async () => kept?.apply(() => 1), /Pool not running/);
  const failing = withPool({ processes: 1 }, () => {
    throw new Error("body failed");
  });
  await assert.rejects(failing, /body failed/);
});

test("a long task does not hold up the short ones that were sent along with it", () =>
  withPool(2, async (pool) => {
    const task = (wait: boolean) => (wait ? new Promise<void>(() => {}) : undefined);
    await Promise.all(Array.from({ length: 500 }, () => pool.apply(task, [false])));
    const results = Array.from({ length: 1000 }, (_, index) => pool.applyAsync(task, [index === 100]));
    await Promise.all(results.filter((_, index) => index !== 100).map((result) => result.get()));
    assert.equal(results[100]?.ready(), false);
    const stuck = pool.tasks.filter(({ outcome }) => outcome !== "succeeded");
    assert.deepEqual(
      stuck.map(({ number, outcome }) => [number, outcome]),
      [[601, "running"]],
    );
  }));

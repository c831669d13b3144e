import assert from "node:assert/strict";
import { test } from "node:test";
import { Pool, type TaskRecord, withPool } from "poolbook";
import { warmUp } from "../../helpers/warm-up.js";

test("every task leaves a record, before, while and after it runs", async () => {
  const seen: TaskRecord[] = [];
  const pool = new Pool({ processes: 1, onTask: (record) => seen.push(record) });
  const add = function add(x: number, y: number) {
    return x + y;
  };
  const result = pool.applyAsync(add, [1, 2]);
  const [queued] = pool.tasks;
  assert.equal(queued?.outcome, "queued");
  assert.equal(queued?.worker, undefined);
  await result.get();
  const [done] = pool.tasks;
  assert.deepEqual(
    { ...done, submitted: 0, started: 0, ended: 0 },
    {
      number: 1,
      name: "add",
      worker: 1,
      pid: pool.pids[0],
      host: undefined,
      submitted: 0,
      started: 0,
      ended: 0,
      outcome: "succeeded",
    },
  );
  const { submitted = 0, started = 0, ended = 0 } = done ?? {};
  assert.ok(submitted <= started && started <= ended && ended <= Date.now() + 1000);
  assert.deepEqual(
    seen.map(({ outcome }) => outcome),
    ["queued", "running", "succeeded"],
  );
  await pool.terminate();
});

test("tasks start in the order of submission, and no worker is idle while one is queued", () =>
  withPool(2, async (pool) => {
    const nap = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
    await warmUp(pool);
    const earlier = pool.tasks.length;
    await Promise.all([30, 20, 10, 50, 40].map((milliseconds) => pool.apply(nap, [milliseconds])));
    const tasks = pool.tasks.slice(earlier);
    const starts = tasks.map(({ started = 0 }) => started);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
    assert.deepEqual(new Set(tasks.map(({ worker }) => worker)), new Set([1, 2]));
  }));

test("records are bounded in memory: the oldest are forgotten", () =>
  withPool(2, async (pool) => {
    await pool.map(
      (x: number) => x,
      Array.from({ length: 25_000 }, (_, x) => x),
      { chunksize: 1 },
    );
    const numbers = pool.tasks.map(({ number }) => number);
    assert.equal(numbers.length, 10_000);
    assert.equal(numbers[0], 15_001);
    assert.equal(numbers.at(-1), 25_000);
  }));

test("a record is a copy: writing to it changes nothing", () =>
  withPool(1, async (pool) => {
    await pool.apply(() => 1);
    Object.assign(pool.tasks[0] ?? {}, { name: "forged" });
    assert.equal(pool.tasks[0]?.name, "anonymous");
  }));

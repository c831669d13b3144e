import assert from "node:assert/strict";
import { test } from "node:test";
import { Pool, PoolTerminatedError } from "poolbook";
import { isAlive } from "../../helpers/processes.js";

test("close() and join() finish what was submitted and end the workers", async () => {
  const pool = new Pool(2);
  const { pids } = pool;
  const results = Array.from({ length: 20 }, (_, index) => pool.applyAsync((x: number) => x * x, [index]));
  pool.close();
  assert.throws(() => pool.applyAsync(() => 1), /^Error: Pool not running$/);
  await assert.rejects(
    pool.apply(() => 1),
    /^Error: Pool not running$/,
  );
  await pool.join();
  const values = await Promise.all(results.map((result) => result.get()));
  assert.deepEqual(
    values,
    Array.from({ length: 20 }, (_, index) => index ** 2),
  );
  assert.deepEqual(pids.filter(isAlive), []);
});

test("terminate() rejects what is outstanding, running and queued, and ends the workers", async () => {
  const pool = new Pool(1);
  const { pids } = pool;
  const forever = () => {
    for (;;) {}
  };
  const results = [pool.applyAsync(forever), pool.applyAsync(forever)];
  await pool.terminate();
  for (const result of results) {
    await assert.rejects(result.get(), PoolTerminatedError);
  }
  assert.deepEqual(pids.filter(isAlive), []);
});

test("join() of a running pool is refused", async () => {
  const pool = new Pool(1);
  await assert.rejects(pool.join(), /^Error: Pool is still running$/);
  await pool.terminate();
  await pool.join();
});

test("close() and terminate() can be repeated in any order", async () => {
  const pool = new Pool(1);
  pool.close();
  pool.close();
  await pool.terminate();
  await pool.terminate();
  pool.close();
  await pool.join();
});

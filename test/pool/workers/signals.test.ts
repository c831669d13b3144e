import assert from "node:assert/strict";
import { test } from "node:test";
import { Pool, withPool } from "poolbook";

test("many calls with one signal are no leak for Node", async (context) => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  context.after(() => process.off("warning", note));
  const controller = new AbortController();
  const { signal } = controller;
  await withPool(1, async (pool) => {
    const calls = Array.from({ length: 30 }, (_, x) => pool.applyAsync((y: number) => y, [x], { signal }));
    await Promise.all(calls.map((call) => call.get({ signal })));
    const waiting = Array.from({ length: 30 }, () =>
      pool.applyAsync(() => new Promise(() => {}), [], { signal }),
    );
    controller.abort();
    const outcomes = await Promise.allSettled(waiting.map(({ promise }) => promise));
    assert.ok(outcomes.every((outcome) => outcome.status === "rejected" && outcome.reason === signal.reason));
    await new Promise(setImmediate);
  });
  assert.deepEqual(warnings, []);
});

test("close() and join() end an idle worker that is stopped", async () => {
  const pool = new Pool(1);
  await pool.apply(() => 1);
  const [pid = 0] = pool.pids;
  process.kill(pid, "SIGSTOP");
  pool.close();
  await pool.join();
  assert.throws(() => process.kill(pid, 0));
});

test("a pool survives that its workers are killed again and again while they start", () =>
  withPool(2, async (pool) => {
    for (let round = 0; round < 15; round++) {
      const before = pool.pids;
      for (const pid of before) {
        process.kill(pid, "SIGKILL");
      }
      while (pool.pids.some((pid) => before.includes(pid))) {
        await new Promise(setImmediate);
      }
    }
    assert.deepEqual(await pool.map((x: number) => x + 1, [1, 2]), [2, 3]);
  }));

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CancelledError, type Pool, withPool } from "poolbook";

const times = <T>(count: number, value: T) => Array.from({ length: count }, () => value);

/** Works without a pause, or waits, for so many milliseconds; and gives the text back. */
async function work(kind: "busy" | "waiting", milliseconds: number, text = ""): Promise<string> {
  if (kind === "busy") {
    for (const end = performance.now() + milliseconds; performance.now() < end; ) {}
  } else if (milliseconds > 0) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
  return text;
}

/** After these the pool knows that the function is short, and gives many of its calls to a worker at once. */
async function learnThatItIsShort(pool: Pool): Promise<void> {
  await pool.starmap(work, times(500, ["busy", 0]), { chunksize: 1 });
}

describe("short tasks that a worker is given together", { timeout: 60_000 }, () => {
  for (const kind of ["busy", "waiting"] as const) {
    test(`are ready while a ${kind} one behind them runs, and the ones behind it survive its end`, () =>
      withPool(1, async (pool) => {
        await learnThatItIsShort(pool);
        const call = (milliseconds: number) => pool.applyAsync(work, [kind, milliseconds]);
        const before = times(60, 0).map(call);
        const endless = call(1e9);
        const behind = times(60, 0).map(call);
        await Promise.all(before.map((result) => result.get()));
        assert.equal(endless.ready(), false);
        assert.equal(endless.cancel(), true);
        await assert.rejects(endless.get(), CancelledError);
        await Promise.all(behind.map((result) => result.get()));
      }));
  }

  test("may be cancelled one by one, without harm to the others", () =>
    withPool(2, async (pool) => {
      await learnThatItIsShort(pool);
      const results = times(600, 0).map((_, index) => pool.applyAsync(work, ["busy", 0, `${index}`]));
      const cancelled = results.filter((result, index) => index % 50 === 7 && result.cancel());
      const outcomes = await Promise.allSettled(results.map((result) => result.get()));
      for (const [index, outcome] of outcomes.entries()) {
        const isCancelled = cancelled.includes(results[index] as (typeof results)[number]);
        assert.equal(
          outcome.status === "fulfilled" ? outcome.value : outcome.reason.name,
          isCancelled ? "CancelledError" : `${index}`,
        );
      }
    }));

  test("keep their results when their worker dies of a later one, large results and small ones", () =>
    withPool(1, async (pool) => {
      const die = (index: number) => {
        if (index % 100 === 99) {
          process.kill(process.pid, "SIGKILL");
        }
        return "x".repeat(index % 7 === 0 ? 20_000 : 1) + index;
      };
      await pool.map(die, times(500, 0), { chunksize: 1 });
      const outcomes = await Promise.allSettled(times(400, 0).map((_, index) => pool.apply(die, [index])));
      const failed = outcomes.flatMap(({ status }, index) => (status === "rejected" ? [index] : []));
      assert.deepEqual(failed, [99, 199, 299, 399]);
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === "fulfilled") {
          assert.ok(outcome.value.endsWith(`x${index}`), outcome.value);
        }
      }
    }));
});

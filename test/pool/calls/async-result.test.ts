import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { AsyncResult, Pool, TimeoutError } from "poolbook";

describe("AsyncResult", () => {
  const pool = new Pool(1);
  after(() => pool.terminate());
  const later = (milliseconds: number) =>
    new Promise<string>((resolve) => setTimeout(resolve, milliseconds, "later"));
  const fail = () => {
    throw new RangeError("failed");
  };

  test("is no thenable: awaiting it by mistake gives the result object, not the value", async () => {
    const result = pool.applyAsync(() => 1);
    assert.ok((await result) instanceof AsyncResult);
    assert.equal("then" in result, false);
    assert.ok(result.promise instanceof Promise);
    assert.equal(await result.promise, 1);
  });

  test("successful() before the result is ready is an error", async () => {
    const result = pool.applyAsync(() => 1);
    assert.throws(() => result.successful(), /^Error: AsyncResult is not ready$/);
    await result.wait();
    assert.equal(result.successful(), true);
  });

  test("wait() rejects for nothing: not for a failed task, not when its time is over", async () => {
    const failed = pool.applyAsync(fail);
    assert.equal(await failed.wait(), undefined);
    assert.equal(failed.ready(), true);
    assert.equal(failed.successful(), false);
    const slow = pool.applyAsync(later, [100]);
    assert.equal(await slow.wait({ timeout: 1 }), undefined);
    assert.equal(slow.ready(), false);
    assert.equal(await slow.get(), "later");
  });

  test("get({ timeout }) gives up waiting and leaves the task alone", async () => {
    const result = pool.applyAsync(later, [100]);
    for (const timeout of [0, -1, 1]) {
      await assert.rejects(result.get({ timeout }), (error: TimeoutError) => {
        assert.ok(error instanceof TimeoutError);
        assert.equal(error.name, "TimeoutError");
        return true;
      });
    }
    assert.equal(await result.get({ timeout: 60_000 }), "later");
    assert.equal(await result.get({ timeout: 0 }), "later");
    assert.equal(await result.get({ timeout: Number.POSITIVE_INFINITY }), "later");
  });

  test("get({ signal }) gives up waiting with the signal's reason and leaves the task alone", async () => {
    const result = pool.applyAsync(later, [100]);
    const controller = new AbortController();
    const waiting = result.get({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await assert.rejects(waiting, /enough/);
    await assert.rejects(result.get({ signal: controller.signal }), /enough/);
    assert.equal(await result.get(), "later");
  });

  test("apply({ timeout }) gives up waiting; the task goes on", async () => {
    await assert.rejects(pool.apply(later, [50], { timeout: 1 }), TimeoutError);
    assert.equal(await pool.apply(() => "free"), "free");
    assert.equal(pool.tasks.at(-2)?.outcome, "succeeded");
  });

  test("a bad timeout is refused", async () => {
    const result = pool.applyAsync(() => 1);
    await assert.rejects(result.get({ timeout: "1" as unknown as number }), /TypeError: Expected `timeout`/);
    await assert.rejects(result.get({ timeout: Number.NaN }), /RangeError: Expected `timeout`/);
    await assert.rejects(result.wait({ timeout: Number.NaN }), /RangeError: Expected `timeout`/);
  });

  test("a wait keeps no timer behind", async () => {
    await pool.applyAsync(() => 1).get({ timeout: 3_600_000 });
    const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout");
    assert.deepEqual(timers, []);
  });
});

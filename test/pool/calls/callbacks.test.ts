import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Pool, withPool } from "poolbook";

describe("callback and errorCallback", () => {
  test("callback gets the value before the result is ready", () =>
    withPool(1, async (pool) => {
      const order: unknown[] = [];
      const result = pool.applyAsync((x: number) => x + 1, [1], {
        callback: (value) => order.push(value, result.ready()),
        errorCallback: () => order.push("never"),
      });
      await result.get();
      order.push(result.ready());
      assert.deepEqual(order, [2, false, true]);
    }));

  test("errorCallback gets the error that get() rejects with", () =>
    withPool(1, async (pool) => {
      const errors: unknown[] = [];
      const fail = () => {
        throw new RangeError("failed");
      };
      const result = pool.applyAsync(fail, [], { errorCallback: (error) => errors.push(error) });
      const [outcome] = await Promise.allSettled([result.get()]);
      assert.equal(outcome.status, "rejected");
      assert.deepEqual(errors, [outcome.status === "rejected" && outcome.reason]);
      assert.ok(errors[0] instanceof RangeError);
    }));

  test("one that throws is reported on stderr and disturbs nothing", (context) =>
    withPool(1, async (pool) => {
      const write = context.mock.method(process.stderr, "write", () => true);
      const results = [1, 2, 3].map((x) =>
        pool.applyAsync((y: number) => y, [x], {
          callback: () => {
            throw new Error("bad callback");
          },
        }),
      );
      const values = await Promise.all(results.map((result) => result.get()));
      write.mock.restore();
      assert.deepEqual(values, [1, 2, 3]);
      assert.equal(write.mock.callCount(), 3);
      assert.match(String(write.mock.calls[0]?.arguments[0]), /Exception in `callback`.*bad callback/s);
    }));

  test("an asynchronous one that fails is reported, too, and is no unhandled rejection", (context) =>
    withPool(1, async (pool) => {
      const write = context.mock.method(process.stderr, "write", () => true);
      await pool
        .applyAsync(() => 1, [], {
          callback: async () => {
            throw new Error("bad callback");
          },
        })
        .get();
      await new Promise((resolve) => setImmediate(resolve));
      write.mock.restore();
      assert.match(String(write.mock.calls[0]?.arguments[0]), /Exception in `callback`.*bad callback/s);
    }));
});

test("onTask that throws disturbs nothing", async (context) => {
  const write = context.mock.method(process.stderr, "write", () => true);
  const pool = new Pool({
    processes: 1,
    onTask: () => {
      throw new Error("bad observer");
    },
  });
  const value = await pool.apply(() => 1);
  await pool.terminate();
  write.mock.restore();
  assert.equal(value, 1);
  assert.match(String(write.mock.calls[0]?.arguments[0]), /Exception in `onTask`.*bad observer/s);
});

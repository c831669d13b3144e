import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Pool, TimeoutError, WorkerLostError, withPool } from "poolbook";

describe("mapSettled()", () => {
  const pool = new Pool(2);
  after(() => pool.terminate());

  class Odd extends Error {
    readonly x: number;
    constructor(x: number) {
      super(`odd: ${x}`);
      this.x = x;
    }
  }
  const half = (x: number) => {
    if (x % 2 === 1) {
      throw new Odd(x);
    }
    return x / 2;
  };

  test("gives what Promise.allSettled gives, in the order of the items, for every kind of input", async () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const expected = await Promise.allSettled(items.map(async (x) => half(x)));
    async function* later() {
      yield* items;
    }
    for (const input of [items, new Set(items), later(), Float64Array.from(items)]) {
      const outcomes = await pool.mapSettled(half, input);
      assert.equal(outcomes.length, expected.length);
      for (const [index, outcome] of outcomes.entries()) {
        assert.equal(outcome.status, expected[index]?.status);
        if (outcome.status === "fulfilled") {
          assert.equal(outcome.value, index / 2);
        } else {
          assert.ok(outcome.reason instanceof Odd);
          assert.equal(outcome.reason.x, index);
        }
      }
    }
    assert.deepEqual(await pool.mapSettled(half, []), []);
  });

  test("awaits promises, and takes whatever is thrown", async () => {
    const outcomes = await pool.mapSettled(
      async (x: number) => {
        if (x === 1) {
          throw undefined;
        }
        return x;
      },
      [0, 1, 2],
    );
    assert.deepEqual(outcomes, [
      { status: "fulfilled", value: 0 },
      { status: "rejected", reason: undefined },
      { status: "fulfilled", value: 2 },
    ]);
  });

  test("a result that cannot be cloned is the outcome of its item", async () => {
    const outcomes = await pool.mapSettled((x: number) => (x === 1 ? () => {} : x), [0, 1]);
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason.name : outcome.value)),
      [0, "MaybeEncodingError"],
    );
  });

  test("a worker that dies fails its own item only", () =>
    withPool(2, async (own) => {
      const items = Array.from({ length: 200 }, (_, index) => index);
      const outcomes = await own.mapSettled((x: number) => (x % 50 === 7 ? process.exit(1) : x), items);
      const lost = outcomes.flatMap((outcome, x) => (outcome.status === "rejected" ? [x] : []));
      assert.deepEqual(lost, [7, 57, 107, 157]);
      assert.ok(
        outcomes.every(
          ({ status, ...outcome }) =>
            status === "fulfilled" || Reflect.get(outcome, "reason") instanceof WorkerLostError,
        ),
      );
    }));

  test("rejects as a whole for a function that cannot travel, an input that throws, a signal and a timeout", async () => {
    let count = 0;
    const counting = () => count++;
    await assert.rejects(pool.mapSettled(counting, [1]), { name: "FunctionTransferError" });
    function* broken() {
      yield 1;
      throw new RangeError("broken input");
    }
    await assert.rejects(pool.mapSettled(half, broken()), /broken input/);
    await assert.rejects(pool.mapSettled(half, [1], { signal: AbortSignal.abort() }), { name: "AbortError" });
    const waiting = pool.mapSettled(() => new Promise(() => {}), [1], { timeout: 10 });
    await assert.rejects(waiting, TimeoutError);
    await assert.rejects(pool.mapSettled(half, 5 as never), TypeError);
  });
});

test("map() over a typed array refuses results that its kind cannot hold", () =>
  withPool(1, async (pool) => {
    for (const result of ["text", undefined, {}, true, null]) {
      const give = () => result as unknown as number;
      const giveLater = async () => give();
      const message = /A map over a Float64Array gives one of its kind, but the function returned a \w+/;
      await assert.rejects(pool.map(give, new Float64Array(3)), message);
      await assert.rejects(pool.map(giveLater, new Float64Array(3)), message);
    }
  }));

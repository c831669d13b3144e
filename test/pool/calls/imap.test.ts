import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { after, before, describe, test } from "node:test";
import { Pool, TimeoutError, withPool } from "poolbook";
import { warmUp } from "../../helpers/warm-up.js";

describe("imap and imapUnordered", () => {
  const pool = new Pool(2);
  before(() => warmUp(pool));
  after(() => pool.terminate());
  const square = (x: number) => x * x;
  const range = (count: number) => Array.from({ length: count }, (_, index) => index);
  const afterwards = (milliseconds: number) =>
    new Promise<number>((resolve) => setTimeout(resolve, milliseconds, milliseconds));

  function counted(limit = Number.POSITIVE_INFINITY) {
    const state = { read: 0, isClosed: false };
    function* numbers() {
      try {
        while (state.read < limit) {
          yield state.read++;
        }
      } finally {
        state.isClosed = true;
      }
    }
    return { state, items: numbers() };
  }

  test("imap() yields in order when later items finish first, imapUnordered() as they finish", async () => {
    const delays = [200, 0];
    const ordered: number[] = [];
    for await (const value of pool.imap(afterwards, delays)) {
      ordered.push(value);
    }
    assert.deepEqual(ordered, [200, 0]);
    const unordered: number[] = [];
    for await (const value of pool.imapUnordered(afterwards, delays)) {
      unordered.push(value);
    }
    assert.deepEqual(unordered, [0, 200]);
  });

  test("reads no more than buffersize items ahead", async () => {
    const { state, items } = counted();
    const results = pool.imap(square, items, { buffersize: 5 });
    assert.equal(state.read, 5);
    for (let taken = 1; taken <= 20; taken++) {
      await results.next();
      assert.ok(state.read <= 5 + taken, `${state.read} read after ${taken}`);
    }
    await results.return();
  });

  test("break ends the input and drops what is queued", async () => {
    const { state, items } = counted();
    const before = pool.tasks.length;
    for await (const value of pool.imap(square, items)) {
      if (value === 9) {
        break;
      }
    }
    assert.equal(state.isClosed, true);
    assert.ok(state.read < 100);
    const { read } = state;
    await pool.apply(square, [1]);
    assert.equal(state.read, read);
    assert.ok(pool.tasks.slice(before).every(({ outcome }) => outcome !== "queued"));
  });

  test("break leaves running tasks and their workers alone, also when many are under way", async () => {
    await pool.map(square, range(500), { chunksize: 1 });
    const { pids } = pool;
    for (let round = 0; round < 20; round++) {
      for await (const value of pool.imap(square, range(1000), { buffersize: 300 })) {
        if (value > round) {
          break;
        }
      }
      assert.equal(await pool.apply(square, [3]), 9);
    }
    assert.deepEqual(pool.pids, pids);
    assert.ok(pool.tasks.every(({ outcome }) => outcome !== "lost"));
  });

  test("break does not wait for an input that waits for something else", async () => {
    async function* stalling() {
      yield 1;
      await new Promise(() => {});
    }
    for await (const value of pool.imap(square, stalling())) {
      assert.equal(value, 1);
      break;
    }
  });

  test("leaves nothing at its signal when it is over", async () => {
    const { signal } = new AbortController();
    for await (const _ of pool.imap(square, [1, 2], { signal })) {
    }
    for await (const _ of pool.imap(square, [1, 2], { signal })) {
      break;
    }
    assert.deepEqual(getEventListeners(signal, "abort"), []);
  });

  test("takes asynchronous input as it comes", async () => {
    async function* slow() {
      for (let x = 0; x < 5; x++) {
        yield await afterwards(1).then(() => x);
      }
    }
    const values: number[] = [];
    for await (const value of pool.imap(square, slow(), { chunksize: 2 })) {
      values.push(value);
    }
    assert.deepEqual(values, [0, 1, 4, 9, 16]);
  });

  test("with chunksize 1 goes on after an error, with a larger one ends with it", async () => {
    const odd = (x: number) => {
      if (x === 2) {
        throw new RangeError("two");
      }
      return x;
    };
    for (const [chunksize, expected] of [
      [1, [0, 1, "two", 3, 4, "end", "end"]],
      [2, [0, 1, "two", "end", "end"]],
    ] as const) {
      const results = pool.imap(odd, [0, 1, 2, 3, 4], { chunksize });
      const outcomes: unknown[] = [];
      for (let index = 0; index < expected.length; index++) {
        outcomes.push(
          await results.next().then(
            ({ done, value }) => (done ? "end" : value),
            (error) => error.message,
          ),
        );
      }
      assert.deepEqual(outcomes, expected);
    }
  });

  test("next({ timeout }) loses nothing", async () => {
    const results = pool.imap(afterwards, [100]);
    await assert.rejects(results.next({ timeout: 1 }), TimeoutError);
    assert.deepEqual(await results.next(), { done: false, value: 100 });
    assert.deepEqual(await results.next({ timeout: 1 }), { done: true, value: undefined });
  });

  test("next() can be called many times at once", async () => {
    const results = pool.imap(square, [1, 2, 3]);
    const steps = await Promise.all([1, 2, 3, 4].map(() => results.next()));
    assert.deepEqual(
      steps.map(({ value }) => value),
      [1, 4, 9, undefined],
    );
  });

  test("an aborted signal ends the iteration with its reason", async () => {
    const controller = new AbortController();
    const results = pool.imap(afterwards, [60_000, 60_000, 60_000], { signal: controller.signal });
    const first = results.next();
    controller.abort(new Error("enough"));
    await assert.rejects(first, /enough/);
    assert.equal((await results.next()).done, true);
    assert.equal(await pool.apply(square, [2]), 4);
  });

  test("close() lets the rest of the input be read, so that join() does not wait for the reader", async () => {
    const own = new Pool(2);
    const { state, items } = counted(500);
    const results = own.imap(square, items, { buffersize: 2 });
    own.close();
    await own.join();
    assert.equal(state.read, 500);
    const values: number[] = [];
    for await (const value of results) {
      values.push(value);
    }
    assert.equal(values.length, 500);
  });

  test("bad options and items are refused at once", () =>
    withPool(1, (own) => {
      assert.throws(() => own.imap(square, [1], { chunksize: 0 }), /RangeError: Expected `chunksize`/);
      assert.throws(() => own.imap(square, [1], { buffersize: 0 }), /RangeError: Expected `buffersize`/);
      assert.throws(
        () => own.imap(square, 5 as unknown as number[]),
        /TypeError: Expected `items` to be iterable/,
      );
      assert.throws(() => own.mapAsync(square, [1], { chunksize: 1.5 }), /TypeError: Expected `chunksize`/);
      assert.throws(
        () => own.mapAsync(square, undefined as unknown as number[]),
        /TypeError: Expected `items`/,
      );
    }));
});

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Pool } from "poolbook";
import { chunkBounds, defaultChunksize } from "#dist/pool/calls/chunks.js";
import { warmUp } from "../../helpers/warm-up.js";

describe("chunks", () => {
  test("defaultChunksize() is CPython's: a quarter of each worker's share, rounded up", () => {
    for (const [length, processes, expected] of [
      [0, 4, 1],
      [10, 4, 1],
      [20, 2, 3],
      [5000, 2, 625],
    ] as const) {
      assert.equal(defaultChunksize(length, processes), expected);
    }
  });

  test("chunkBounds() covers everything once", () => {
    assert.deepEqual(chunkBounds(7, 3), [
      [0, 3],
      [3, 6],
      [6, 7],
    ]);
    assert.deepEqual(chunkBounds(0, 3), []);
  });
});

describe("map and mapAsync", () => {
  const pool = new Pool(2);
  before(() => warmUp(pool));
  after(() => pool.terminate());

  test("rejects with the first error to arrive, when every chunk is done", async () => {
    const task = async (milliseconds: number) => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      throw new Error(`after ${milliseconds}`);
    };
    const before = pool.tasks.length;
    await assert.rejects(pool.map(task, [300, 0], { chunksize: 1 }), /after 0/);
    assert.ok(pool.tasks.slice(before).every(({ ended }) => ended !== undefined));
  });

  test("skips the items behind an error in its chunk, and no others", async (context) => {
    const task = (x: number) => {
      process.stderr.write(`${x}`);
      if (x === 2) {
        throw new Error("two");
      }
    };
    const write = context.mock.method(process.stderr, "write", () => true);
    const failed = pool.mapAsync(task, [0, 1, 2, 3, 4, 5, 6, 7], { chunksize: 4 });
    await failed.wait();
    const printed = write.mock.calls.map((call) => String(call.arguments[0]));
    write.mock.restore();
    assert.deepEqual(printed.sort(), ["0", "1", "2", "4", "5", "6", "7"]);
  });

  test("calls callback with [] for no items, where CPython calls nothing", async () => {
    const values: unknown[] = [];
    const result = pool.mapAsync((x: number) => x, [], { callback: (value) => values.push(value) });
    assert.deepEqual(await result.get(), []);
    assert.deepEqual(values, [[]]);
  });

  test("takes any iterable, strings and asynchronous ones too", async () => {
    const double = (text: string) => text + text;
    assert.deepEqual(await pool.map(double, "ab"), ["aa", "bb"]);
    assert.deepEqual(await pool.map(double, new Set(["x", "y"])), ["xx", "yy"]);
    async function* letters() {
      yield "p";
      yield "q";
    }
    assert.deepEqual(await pool.map(double, letters()), ["pp", "qq"]);
  });

  test("of a Buffer gives a Buffer, without a warning", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on("warning", note);
    const raised = await pool.map((byte: number) => byte + 1, Buffer.from([1, 2]));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", note);
    assert.deepEqual(raised, Buffer.from([2, 3]));
    assert.deepEqual(warnings, []);
  });

  test("join() does not wait for the input of a map that was cancelled", async () => {
    const own = new Pool(1);
    async function* stalling() {
      yield 1;
      await new Promise(() => {});
    }
    const result = own.mapAsync((x: number) => x, stalling());
    assert.equal(result.cancel(), true);
    own.close();
    await own.join();
  });

  test("close() waits for asynchronous input that has still to be read", async () => {
    const own = new Pool(1);
    async function* numbers() {
      for (let x = 0; x < 3; x++) {
        yield await new Promise<number>((resolve) => setImmediate(resolve, x));
      }
    }
    const result = own.mapAsync((x: number) => x + 1, numbers());
    own.close();
    await own.join();
    assert.deepEqual(await result.get(), [1, 2, 3]);
  });
});

import assert from "node:assert/strict";
import childProcess from "node:child_process";
import { after, describe, test } from "node:test";
import { MaybeEncodingError, Pool, TimeoutError, withPool } from "poolbook";
import { allGone } from "../helpers/processes.js";

/*
 * Counterparts of CPython's `_TestPool` and its neighbours, under the names of its cases; the tests are our own. Those
 * that need processes of their own are in processes.test.ts, test_release_task_refs is in release.test.ts.
 * test_resource_warning has none: nobody knows when Node collects what, and a running pool is held by its workers; a
 * script that forgets its pool ends all the same.
 */

const sqr = (x: number) => x * x;
const mul = (x: number, y: number) => x * y;
const sleepThenSqr = async (x: number, milliseconds: number) => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return x * x;
};
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const squares = (count: number) => range(count).map(sqr);
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

class SayWhenError extends Error {}

function* exceptionThrowingGenerator(total: number, when: number): Generator<number> {
  if (when === -1) {
    throw new SayWhenError("Somebody said when");
  }
  for (let index = 0; index < total; index++) {
    if (index === when) {
      throw new SayWhenError("Somebody said when");
    }
    yield index;
  }
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const item of items) {
    values.push(item);
  }
  return values;
}

describe("_TestPool", () => {
  const pool = new Pool(4);
  after(() => pool.terminate());

  test("test_apply", async () => {
    assert.equal(await pool.apply(sqr, [5]), 25);
    assert.equal(await pool.apply(sqr, [3]), 9);
  });

  test("test_map", async () => {
    assert.deepEqual(await pool.map(sqr, range(10)), squares(10));
    assert.deepEqual(await pool.map(sqr, range(100), { chunksize: 20 }), squares(100));
  });

  test("test_starmap", async () => {
    const pairs = range(100).map((x) => [x, 99 - x] as [number, number]);
    const products = pairs.map(([x, y]) => x * y);
    assert.deepEqual(await pool.starmap(mul, pairs.slice(0, 10)), products.slice(0, 10));
    assert.deepEqual(await pool.starmap(mul, pairs, { chunksize: 20 }), products);
  });

  test("test_starmap_async", async () => {
    const pairs = range(100).map((x) => [x, 99 - x] as [number, number]);
    assert.deepEqual(
      await pool.starmapAsync(mul, pairs).get(),
      pairs.map(([x, y]) => x * y),
    );
  });

  test("test_map_async", async () => {
    assert.deepEqual(await pool.mapAsync(sqr, range(10)).get(), squares(10));
  });

  test("test_map_async_callbacks", async () => {
    const calls: unknown[] = [];
    const callbacks = {
      callback: (value: unknown) => calls.push(value),
      errorCallback: (error: unknown) => calls.push(error),
    };
    await pool.mapAsync((text: string) => Number.parseInt(text, 10), ["1"], callbacks).wait();
    const parse = (text: string) => {
      if (Number.isNaN(Number(text))) {
        throw new SyntaxError(`invalid literal: ${text}`);
      }
      return Number(text);
    };
    await pool.mapAsync(parse, ["a"], callbacks).wait();
    assert.equal(calls.length, 2);
    assert.deepEqual(calls[0], [1]);
    assert.ok(calls[1] instanceof SyntaxError);
  });

  test("test_map_unplicklable", async () => {
    const items = [() => 1, Symbol("not cloneable"), new WeakMap()];
    for (const item of items) {
      await assert.rejects(
        pool.map((x: unknown) => x, [item]),
        /could not be cloned/,
      );
    }
  });

  test("test_map_chunksize", async () => {
    assert.deepEqual(await pool.mapAsync(sqr, [], { chunksize: 1 }).get({ timeout: 10_000 }), []);
  });

  test("test_map_handle_iterable_exception", async () => {
    await assert.rejects(pool.map(sqr, exceptionThrowingGenerator(1, -1)), SayWhenError);
    await assert.rejects(pool.map(sqr, exceptionThrowingGenerator(1, -1)), SayWhenError);
    await assert.rejects(pool.map(sqr, exceptionThrowingGenerator(10, 3)), SayWhenError);
    const sized = { length: 1, [Symbol.iterator]: () => exceptionThrowingGenerator(1, -1) };
    await assert.rejects(pool.map(sqr, sized), SayWhenError);
    await assert.rejects(pool.map(sqr, sized, { chunksize: 1 }), SayWhenError);
  });

  test("test_async", async () => {
    const result = pool.applyAsync(sleepThenSqr, [7, 100]);
    assert.equal(result.ready(), false);
    assert.equal(await result.get(), 49);
    assert.equal(result.successful(), true);
  });

  test("test_async_timeout", async () => {
    const own = new Pool(1);
    const result = own.applyAsync(sleepThenSqr, [6, 60_000]);
    await assert.rejects(result.get({ timeout: 50 }), TimeoutError);
    await own.terminate();
    await own.join();
  });

  test("test_imap", async () => {
    assert.deepEqual(await collected(pool.imap(sqr, range(10))), squares(10));
    const results = pool.imap(sqr, range(10));
    for (const square of squares(10)) {
      assert.deepEqual(await results.next(), { done: false, value: square });
    }
    assert.deepEqual(await results.next(), { done: true, value: undefined });
    assert.deepEqual(await collected(pool.imap(sqr, range(1000), { chunksize: 100 })), squares(1000));
  });

  test("test_imap_handle_iterable_exception", async () => {
    await assert.rejects(pool.imap(sqr, exceptionThrowingGenerator(1, -1)).next(), SayWhenError);
    for (const [chunksize, complete] of [
      [1, 7],
      [2, 6],
      [4, 4],
    ] as const) {
      const results = pool.imap(sqr, exceptionThrowingGenerator(20, 7), { chunksize });
      for (let x = 0; x < complete; x++) {
        assert.equal((await results.next()).value, sqr(x));
      }
      await assert.rejects(results.next(), SayWhenError);
      assert.equal((await results.next()).done, true);
    }
  });

  test("test_imap_unordered", async () => {
    const inOrder = (values: number[]) => values.sort((a, b) => a - b);
    assert.deepEqual(inOrder(await collected(pool.imapUnordered(sqr, range(10)))), squares(10));
    assert.deepEqual(
      inOrder(await collected(pool.imapUnordered(sqr, range(1000), { chunksize: 100 }))),
      squares(1000),
    );
  });

  test("test_imap_unordered_handle_iterable_exception", async () => {
    const results = pool.imapUnordered(sqr, exceptionThrowingGenerator(10, 3));
    const expected = new Set(squares(10));
    await assert.rejects(async () => {
      for (;;) {
        const { value } = await results.next();
        assert.ok(expected.delete(value ?? -1), `unexpected ${value}`);
      }
    }, SayWhenError);
  });

  test("test_imap_and_imap_unordered_with_buffersize_when_buffer_is_full", async () => {
    for (const method of ["imap", "imapUnordered"] as const) {
      for (const [options, bound] of [
        [{ buffersize: 3 }, 3],
        [{ buffersize: 4, chunksize: 2 }, 4],
        [{}, 8 * pool.processes],
      ] as const) {
        let produced = 0;
        function* numbers() {
          while (produced < 1000) {
            yield produced++;
          }
        }
        const results = pool[method](sqr, numbers(), options);
        assert.equal(produced, bound);
        await results.next();
        assert.ok(produced <= bound + 2);
        await results.return();
      }
    }
  });

  test("test_make_pool", async () => {
    assert.throws(() => new Pool(-1), RangeError);
    assert.throws(() => new Pool(0), RangeError);
    const own = new Pool(3);
    assert.equal(own.pids.length, 3);
    own.close();
    await own.join();
  });

  test("test_terminate", async () => {
    const own = new Pool(2);
    const result = own.mapAsync(
      (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      new Array<number>(10_000).fill(100),
      { chunksize: 1 },
    );
    await own.terminate();
    await own.join();
    await assert.rejects(result.get(), { name: "PoolTerminatedError" });
  });

  test("test_empty_iterable", async () => {
    assert.deepEqual(await pool.map(sqr, []), []);
    assert.deepEqual(await collected(pool.imap(sqr, [])), []);
    assert.deepEqual(await collected(pool.imapUnordered(sqr, [])), []);
    assert.deepEqual(await pool.mapAsync(sqr, []).get(), []);
  });

  test("test_context", async () => {
    let kept: Pool | undefined;
    await withPool(2, async (own) => {
      kept = own;
      assert.deepEqual(await own.mapAsync(sqr, range(10)).get(), squares(10));
    });
    assert.throws(() => kept?.mapAsync(sqr, range(10)), /Pool not running/);
  });

  test("test_traceback", async () => {
    const failing = function failing() {
      throw new RangeError("123");
    };
    await assert.rejects(pool.apply(failing), (error: RangeError) => {
      assert.ok(error instanceof RangeError);
      assert.equal(error.message, "123");
      assert.match(error.stack ?? "", /at failing .*\n[\s\S]*in PoolWorker-\d+, PID \d+/);
      return true;
    });
    await assert.rejects(pool.map(sqr, exceptionThrowingGenerator(1, -1)), (error: Error) => {
      assert.doesNotMatch(error.stack ?? "", /PoolWorker/);
      return true;
    });
  });

  test("test_wrapped_exception", async () => {
    const fail = () => {
      throw new Error("foo");
    };
    await assert.rejects(pool.apply(fail), /foo/);
  });

  test("test_map_no_failfast", async () => {
    const task = async (wait: number) => {
      await new Promise((resolve) => setTimeout(resolve, wait));
      throw new Error("x".repeat(2 ** 20));
    };
    const own = new Pool(2);
    const result = own.mapAsync(task, [300, 0], { chunksize: 1 });
    await assert.rejects(result.get());
    assert.ok(own.tasks.every(({ ended }) => ended !== undefined));
    own.close();
    await own.join();
  });

  test("test_enter", async () => {
    const own = new Pool(1);
    own.close();
    assert.throws(() => own.imap(sqr, [1]), /Pool not running/);
    await own.join();
  });
});

describe("_TestPoolWorkerErrors", () => {
  test("test_async_error_callback", () =>
    withPool(2, async (pool) => {
      const errors: unknown[] = [];
      const fail = () => {
        throw new RangeError("key");
      };
      const result = pool.applyAsync(fail, [], { errorCallback: (error) => errors.push(error) });
      await assert.rejects(result.get(), RangeError);
      assert.equal(errors.length, 1);
      assert.ok(errors[0] instanceof RangeError);
    }));

  test("test_unpickleable_result", () =>
    withPool(2, async (pool) => {
      const { pids } = pool;
      for (let iteration = 0; iteration < 20; iteration++) {
        const errors: unknown[] = [];
        const result = pool.applyAsync(() => () => 42, [], { errorCallback: (error) => errors.push(error) });
        await assert.rejects(result.get(), (error: MaybeEncodingError) => {
          assert.ok(error instanceof MaybeEncodingError);
          assert.match((error.cause as Error).message, /could not be cloned/);
          return true;
        });
        assert.ok(errors[0] instanceof MaybeEncodingError);
      }
      assert.deepEqual(pool.pids, pids);
    }));
});

describe("_TestPoolWorkerLifetime", () => {
  test("test_pool_worker_lifetime", () =>
    withPool({ processes: 3, maxTasksPerChild: 10 }, async (pool) => {
      const first = pool.pids;
      const results = range(100).map((x) => pool.applyAsync(sqr, [x]));
      assert.deepEqual(await Promise.all(results.map((result) => result.get())), squares(100));
      assert.equal(pool.pids.length, 3);
      assert.notDeepEqual(pool.pids, first);
      for (const { pid } of pool.tasks) {
        assert.ok(pool.tasks.filter((task) => task.pid === pid).length <= 10);
      }
    }));

  test("test_pool_worker_lifetime_early_close", async () => {
    const pool = new Pool({ processes: 3, maxTasksPerChild: 1 });
    const results = range(6).map((x) => pool.applyAsync(sleepThenSqr, [x, 50]));
    pool.close();
    await pool.join();
    assert.deepEqual(await Promise.all(results.map((result) => result.get())), squares(6));
  });

  test("test_pool_maxtasksperchild_counts_chunks", () =>
    withPool({ processes: 2, maxTasksPerChild: 1 }, async (pool) => {
      const pids = await pool.map((_: number) => process.pid, range(16), { chunksize: 2 });
      assert.equal(new Set(pids).size, 8);
    }));

  test("test_pool_maxtasksperchild_invalid", () => {
    for (const value of [0, -1, 0.5, "12"]) {
      assert.throws(
        () => new Pool({ processes: 3, maxTasksPerChild: value as number }),
        /`maxTasksPerChild`/,
      );
    }
  });
});

test("test_release_unused_processes", async (context) => {
  const { fork } = childProcess;
  const started: number[] = [];
  context.mock.method(childProcess, "fork", (...given: Parameters<typeof fork>) => {
    if (started.length === 3) {
      throw new Error("Cannot fork");
    }
    const child = fork(...given);
    started.push(child.pid ?? 0);
    return child;
  });
  assert.throws(() => new Pool(5), /Cannot fork/);
  assert.equal(started.length, 3);
  await allGone(started, 2000);
});

describe("TestInitializers", () => {
  test("test_pool_initializer", async () => {
    assert.throws(() => new Pool({ initializer: 1 as unknown as () => void }), TypeError);
    const initializer = (amount: number) => {
      const counter = globalThis as { counter?: number };
      counter.counter = (counter.counter ?? 0) + amount;
    };
    await withPool({ processes: 1, initializer, initargs: [5] }, async (pool) => {
      const read = () => (globalThis as { counter?: number }).counter;
      assert.equal(sum([(await pool.apply(read)) ?? 0, (await pool.apply(read)) ?? 0]), 10);
    });
  });
});

import assert from "node:assert/strict";
import { channel } from "node:diagnostics_channel";
import { describe, test } from "node:test";
import {
  type AsyncResult,
  CancelledError,
  Pool,
  PoolTerminatedError,
  type TaskRecord,
  withPool,
} from "poolbook";
import { isAlive } from "../../helpers/processes.js";

const spinDeaf = () => {
  process.on("SIGTERM", () => {});
  for (;;) {}
};

/** Resolves when the first task of the pool runs. */
function firstTaskRuns(options: { processes: number }): [Pool, Promise<void>] {
  let resolve: () => void;
  const runs = new Promise<void>((done) => {
    resolve = done;
  });
  const pool = new Pool({ ...options, onTask: ({ outcome }) => outcome === "running" && resolve() });
  return [pool, runs];
}

describe("cancel()", () => {
  test("kills and replaces the worker of a running task, even a deaf and spinning one", async () => {
    const [pool, runs] = firstTaskRuns({ processes: 1 });
    const [pid] = pool.pids;
    const result = pool.applyAsync(spinDeaf);
    const behind = pool.applyAsync(() => process.pid);
    await runs;
    assert.equal(result.cancel(), true);
    await assert.rejects(result.get(), CancelledError);
    assert.equal(result.cancel(), false);
    const next = await behind.get();
    assert.notEqual(next, pid);
    assert.deepEqual(pool.pids, [next]);
    assert.equal(pool.tasks[0]?.outcome, "cancelled");
    await pool.terminate();
  });

  test("drops a queued task and leaves the running one alone", async () => {
    const [pool, runs] = firstTaskRuns({ processes: 1 });
    const [pid] = pool.pids;
    const nap = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const running = pool.applyAsync(nap, [100]);
    const queued = pool.applyAsync(() => "never");
    await runs;
    assert.equal(queued.cancel(), true);
    await assert.rejects(queued.get(), CancelledError);
    assert.equal(await running.get(), undefined);
    assert.equal(await pool.apply(() => process.pid), pid);
    assert.equal(pool.tasks[1]?.worker, undefined);
    await pool.terminate();
  });

  test("from onTask drops one of the small tasks that go to the worker together", async () => {
    let results: AsyncResult<number>[] = [];
    const onTask = ({ number, outcome }: TaskRecord) => {
      if (number === 501 && outcome === "running") {
        results[20]?.cancel();
      }
    };
    await withPool({ processes: 1, onTask }, async (pool) => {
      const echo = (x: number) => x;
      await Promise.all(Array.from({ length: 500 }, (_, x) => pool.apply(echo, [x])));
      results = Array.from({ length: 100 }, (_, x) => pool.applyAsync(echo, [x]));
      const outcomes = await Promise.allSettled(results.map((result) => result.get()));
      const failed = outcomes.flatMap(({ status }, x) => (status === "rejected" ? [x] : []));
      assert.ok(failed.length <= 1 && failed.every((x) => x === 20), String(failed));
    });
  });

  test("of one of many small tasks loses no other", () =>
    withPool(1, async (pool) => {
      const work = (x: number) => {
        for (let round = 0; round < 20_000; round++) {}
        return x;
      };
      await Promise.all(Array.from({ length: 500 }, (_, x) => pool.apply(work, [x])));
      for (let attempt = 0; attempt < 20; attempt++) {
        const results = Array.from({ length: 200 }, (_, x) => pool.applyAsync(work, [x]));
        await results[attempt]?.wait();
        const cancelled = results.findIndex((result) => !result.ready());
        results[cancelled]?.cancel();
        const outcomes = await Promise.allSettled(results.map((result) => result.get()));
        const failed = outcomes.flatMap(({ status }, x) => (status === "rejected" ? [x] : []));
        assert.deepEqual(failed, cancelled < 0 ? [] : [cancelled]);
      }
    }));

  test("of a finished task does nothing", () =>
    withPool(1, async (pool) => {
      const result = pool.applyAsync(() => 1);
      await result.wait();
      assert.equal(result.cancel(), false);
      assert.equal(await result.get(), 1);
    }));

  test("of a map cancels all its chunks", () =>
    withPool(1, async (pool) => {
      const result = pool.mapAsync(spinDeaf as (x: number) => void, [1, 2, 3], { chunksize: 1 });
      assert.equal(result.cancel(), true);
      await assert.rejects(result.get(), CancelledError);
      assert.equal(await pool.apply(() => "free"), "free");
      assert.ok(pool.tasks.slice(0, 3).every(({ outcome }) => outcome === "cancelled"));
    }));
});

describe("signal", () => {
  test("cancels a call and rejects with its reason", async () => {
    const [pool, runs] = firstTaskRuns({ processes: 1 });
    const controller = new AbortController();
    const result = pool.applyAsync(spinDeaf, [], { signal: controller.signal });
    await runs;
    controller.abort(new Error("changed my mind"));
    await assert.rejects(result.get(), /changed my mind/);
    assert.equal(await pool.apply(() => "free"), "free");
    await pool.terminate();
  });

  test("that has aborted before keeps the call from being sent", () =>
    withPool(1, async (pool) => {
      await assert.rejects(
        pool.apply(() => 1, [], { signal: AbortSignal.abort() }),
        { name: "AbortError" },
      );
      await assert.rejects(
        pool.map((x: number) => x, [1], { signal: AbortSignal.abort() }),
        { name: "AbortError" },
      );
    }));
});

describe("terminate()", () => {
  test("rejects 10,000 queued tasks and the running ones, and leaves no process", async () => {
    const [pool, runs] = firstTaskRuns({ processes: 2 });
    const { pids } = pool;
    const results = Array.from({ length: 10_000 }, () => pool.applyAsync(spinDeaf));
    await runs;
    await pool.terminate();
    assert.deepEqual(pids.filter(isAlive), []);
    const outcomes = await Promise.allSettled(results.map((result) => result.get()));
    assert.ok(
      outcomes.every(
        (outcome) => outcome.status === "rejected" && outcome.reason instanceof PoolTerminatedError,
      ),
    );
  });

  test("ends an imap and a map of an input that never ends", async () => {
    const pool = new Pool(1);
    async function* endless() {
      for (let x = 0; ; x++) {
        yield await new Promise<number>((resolve) => setImmediate(resolve, x));
      }
    }
    const mapped = pool.mapAsync((x: number) => x, endless());
    const results = pool.imap((x: number) => x, endless());
    assert.deepEqual(await results.next(), { done: false, value: 0 });
    await pool.terminate();
    await assert.rejects(mapped.get(), PoolTerminatedError);
    await assert.rejects(async () => {
      for await (const _ of results) {
      }
    }, PoolTerminatedError);
    assert.deepEqual(await results.next(), { done: true, value: undefined });
  });
});

test("a pool is disposed of by terminate()", async () => {
  const pool = new Pool(1);
  const result = pool.applyAsync(spinDeaf);
  await pool[Symbol.asyncDispose]();
  await assert.rejects(result.get(), PoolTerminatedError);
});

describe("an interrupt cancels all that is outstanding and leaves the pool usable", () => {
  async function assertCancelled(interrupt: (pool: Pool) => void, processes = 2): Promise<void> {
    const [pool, runs] = firstTaskRuns({ processes });
    const results = Array.from({ length: 6 }, () => pool.applyAsync(spinDeaf));
    await runs;
    interrupt(pool);
    for (const result of results) {
      await assert.rejects(result.get(), CancelledError);
    }
    assert.equal(await pool.apply(() => "free"), "free");
    assert.ok(pool.tasks.slice(0, 6).every(({ outcome }) => outcome === "cancelled"));
    await pool.terminate();
  }

  test("when the kernel publishes it", () =>
    assertCancelled(() => channel("poolbook.interrupt").publish(undefined)));

  test("also when a callback cancels what is cancelled already", async () => {
    const [pool, runs] = firstTaskRuns({ processes: 1 });
    const results: AsyncResult<unknown>[] = [];
    const errorCallback = () => {
      for (const result of results) {
        result.cancel();
      }
    };
    for (let call = 0; call < 4; call++) {
      results.push(pool.applyAsync(spinDeaf, [], { errorCallback }));
    }
    await runs;
    channel("poolbook.interrupt").publish(undefined);
    for (const result of results) {
      await assert.rejects(result.get(), CancelledError);
    }
    assert.equal(await pool.apply(() => "free"), "free");
    await pool.terminate();
  });

  test("when a worker gets SIGINT in the midst of its task", async () => {
    const pool = new Pool(1);
    let begin: (() => void) | undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const spin = async () => {
      const { currentTask } = await import("poolbook");
      currentTask().report("begun");
      await new Promise((resolve) => setImmediate(resolve));
      for (;;) {}
    };
    const result = pool.applyAsync(spin, [], { onProgress: begin, retries: 2 });
    await begun;
    process.kill(pool.pids[0] ?? 0, "SIGINT");
    await assert.rejects(result.get(), CancelledError);
    await pool.terminate();
  });

  for (const processes of [1, 2]) {
    test(`when ${processes} of ${processes} workers get SIGINT, as from a terminal or Jupyter`, () =>
      assertCancelled((pool) => {
        for (const pid of pool.pids) {
          process.kill(pid, "SIGINT");
        }
      }, processes));
  }
});

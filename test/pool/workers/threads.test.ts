import assert from "node:assert/strict";
import { pbkdf2Sync } from "node:crypto";
import { once } from "node:events";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { MessageChannel } from "node:worker_threads";
import {
  CancelledError,
  currentProcess,
  MaybeEncodingError,
  Pool,
  transfer,
  WorkerLostError,
  withPool,
} from "poolbook";
import { startScript } from "../../helpers/script.js";

const workerType = "thread";
const withThreads = <T>(processes: number, body: (pool: Pool) => Promise<T>) =>
  withPool({ processes, workerType }, body);

describe('a pool with `workerType: "thread"`', () => {
  test("runs its tasks in threads of this process, under the names of workers", () =>
    withThreads(2, async (pool) => {
      const { pid, name } = await pool.apply(() => currentProcess());
      assert.equal(pid, process.pid);
      assert.match(name, /^PoolWorker-[12]$/);
      assert.deepEqual(pool.pids, [process.pid, process.pid]);
    }));

  test("gives the results of Array.map, for few items, many and typed ones", () =>
    withThreads(2, async (pool) => {
      const square = (x: number) => x * x;
      for (const length of [0, 1, 5, 1000, 100_000]) {
        const items = Array.from({ length }, (_, index) => index);
        assert.deepEqual(await pool.map(square, items), items.map(square));
      }
      const floats = Float64Array.from({ length: 5_000_000 }, (_, index) => index / 3);
      assert.deepEqual(await pool.map(square, floats), floats.map(square));
      const calls = Array.from({ length: 3000 }, (_, index) => pool.applyAsync(square, [index]).promise);
      assert.deepEqual(
        await Promise.all(calls),
        calls.map((_, index) => index * index),
      );
    }));

  test("calls the initializer once in each thread, and rejects with what a task throws", () => {
    const initializer = (base: number) => Reflect.set(globalThis, "base", base);
    return withPool({ processes: 2, workerType, initializer, initargs: [40] }, async (pool) => {
      const add = (x: number) => {
        if (x < 0) {
          throw new RangeError(`No ${x}`);
        }
        return Reflect.get(globalThis, "base") + x;
      };
      assert.deepEqual(await pool.map(add, [1, 2, 3]), [41, 42, 43]);
      await assert.rejects(pool.map(add, [1, -2]), { name: "RangeError", message: "No -2" });
      assert.equal(Reflect.get(globalThis, "base"), undefined);
    });
  });

  test("shows what its tasks write, before their results", async () => {
    const script = startScript("pool/thread-output.mjs");
    assert.equal((await script.ended).exitCode, 0, script.stderr);
    const lines = Array.from({ length: 500 }, (_, line) => `line ${line}\n`).join("");
    assert.deepEqual([script.stdout, script.stderr], [`${lines}done\n`, "a warning\n"]);
  });

  test("does not keep a script alive that forgets it", async () => {
    const script = startScript("pool/forgotten-threads.mjs");
    assert.deepEqual([await script.ended, script.stdout], [{ exitCode: 0, signal: null }, "[ 1, 4 ]\n"]);
  });

  test("any other type is a TypeError", () => {
    const message = 'Expected `workerType` to be "process" or "thread", got `"fiber"`';
    assert.throws(() => new Pool({ processes: 1, workerType: "fiber" as never }), {
      name: "TypeError",
      message,
    });
  });
});

describe("memory of threads", () => {
  test("a SharedArrayBuffer is shared: as an argument, an item, a captured variable and a result", () =>
    withThreads(2, async (pool) => {
      const counts = new Int32Array(new SharedArrayBuffer(16));
      await pool.map((by: number) => Atomics.add(counts, 0, by), [1, 1, 1, 1]);
      await pool.apply((buffer: SharedArrayBuffer) => new Int32Array(buffer).fill(7, 1, 2), [counts.buffer]);
      await pool.map((view: Int32Array) => Atomics.add(view, 2, 1), [counts, counts]);
      const nested = { list: [counts.buffer], part: new Uint8Array(counts.buffer, 12, 4) };
      const isOne = await pool.apply(
        ({ list, part }: typeof nested) => {
          part[0] = 9;
          return list[0] === part.buffer && part.byteOffset === 12;
        },
        [nested],
      );
      assert.deepEqual([isOne, ...counts], [true, 4, 7, 2, 9]);
      const made = await pool.apply((view: Int32Array) => ({ buffer: view.buffer }), [counts]);
      new Int32Array(made.buffer)[0] = 1;
      assert.equal(counts[0], 1);
    }));

  test("threads wait for each other on it", () =>
    withThreads(2, async (pool) => {
      const gate = new Int32Array(new SharedArrayBuffer(4));
      const waiting = pool.applyAsync(() => Atomics.wait(gate, 0, 0, 60_000));
      while (Atomics.notify(gate, 0) === 0) {
        await pool.apply(() => {});
      }
      assert.equal(await waiting.get(), "ok");
    }));

  test("what is transferred is handed over both ways, and gone where it came from", () =>
    withThreads(1, async (pool) => {
      const bytes = new Uint8Array(2 ** 20).fill(5);
      const back = await pool.apply(
        (array: Uint8Array) => {
          array[0] = 6;
          return transfer(array, [array.buffer]);
        },
        [transfer(bytes, [bytes.buffer])],
      );
      assert.deepEqual([bytes.length, back.length, back[0], back[1]], [0, 2 ** 20, 6, 5]);
      const parts = [1, 2, 3].map((fill) => ({ part: new Float64Array(10).fill(fill) }));
      const items = parts.map((item) => transfer(item, [item.part.buffer]));
      assert.deepEqual(await pool.map(({ part }) => part[0], items), [1, 2, 3]);
      assert.deepEqual(
        parts.map(({ part }) => part.length),
        [0, 0, 0],
      );
    }));

  test("it is handed over when the call is made, even if the task has to wait", () =>
    withThreads(1, async (pool) => {
      const buffers = Array.from({ length: 20 }, (_, index) => new Uint8Array(8).fill(index));
      const first = (array: Uint8Array) => array[0];
      const results = buffers.map(
        (array) => pool.applyAsync(first, [transfer(array, [array.buffer])]).promise,
      );
      assert.ok(buffers.every(({ length }) => length === 0));
      assert.deepEqual(
        await Promise.all(results),
        buffers.map((_, index) => index),
      );
    }));

  test("a MessagePort goes with it", () =>
    withThreads(1, async (pool) => {
      const { port1, port2 } = new MessageChannel();
      const greeting = once(port1, "message");
      const greet = ({ port }: { port: typeof port2 }) => port.postMessage("hello");
      await pool.apply(greet, [transfer({ port: port2 }, [port2])]);
      assert.deepEqual(await greeting, ["hello"]);
      port1.close();
    }));

  test("what was handed over to a thread that dies is lost with it, and what was not goes elsewhere", () =>
    withThreads(1, async (pool) => {
      const array = new Uint8Array(8);
      const deadly = pool.applyAsync((_: Uint8Array) => process.exit(2), [transfer(array, [array.buffer])]);
      const second = new Uint8Array([3]);
      const behind = pool.applyAsync((bytes: Uint8Array) => bytes[0], [transfer(second, [second.buffer])]);
      await assert.rejects(deadly.get(), WorkerLostError);
      assert.equal(await behind.get(), 3);
    }));

  test("what cannot be transferred is an error of the call, and harms nothing", () =>
    withThreads(1, async (pool) => {
      const array = new Uint8Array(8);
      const twice = transfer(array, [array.buffer]);
      await pool.apply((_: Uint8Array) => {}, [twice]);
      await assert.rejects(
        pool.apply((_: Uint8Array) => {}, [twice]),
        { name: "DataCloneError" },
      );
      const bad = () => transfer({}, [{} as ArrayBuffer]);
      await assert.rejects(pool.apply(bad), MaybeEncodingError);
      assert.throws(() => transfer(5 as never, []), TypeError);
      assert.throws(() => transfer({}, array.buffer as never), TypeError);
      assert.equal(await pool.apply(() => 1), 1);
    }));

  test("a process gets a copy of what is transferred, which is gone all the same, and refuses shared memory by name", () =>
    withPool(1, async (pool) => {
      const array = new Uint8Array([1, 2]);
      const sum = (bytes: Uint8Array) => (bytes[0] ?? 0) + (bytes[1] ?? 0);
      assert.equal(await pool.apply(sum, [transfer(array, [array.buffer])]), 3);
      assert.equal(array.length, 0);
      const counts = new Int32Array(new SharedArrayBuffer(8));
      const threads = /threads.*workerType: "thread"/;
      await assert.rejects(
        pool.apply((_: unknown) => {}, [counts]),
        threads,
      );
      await assert.rejects(
        pool.apply((_: unknown) => {}, [{ buffer: counts.buffer }]),
        threads,
      );
      await assert.rejects(
        pool.apply(() => counts[0]),
        { name: "FunctionTransferError", message: threads },
      );
      await assert.rejects(
        pool.apply(() => new Int32Array(new SharedArrayBuffer(8))),
        ({ name, cause }: Error) => name === "MaybeEncodingError" && threads.test(String(cause)),
      );
    }));
});

describe("a thread that dies fails its own task only", () => {
  const deadly: Record<string, () => unknown> = {
    "by process.exit(3)": () => process.exit(3),
    "by an uncaught exception": () => {
      setTimeout(() => {
        throw new RangeError("nobody catches me");
      });
      return new Promise(() => {});
    },
    "by an unhandled rejection": () => {
      Promise.reject(new RangeError("nobody catches me"));
      return new Promise(() => {});
    },
  };
  for (const [title, die] of Object.entries(deadly)) {
    test(title, () =>
      withThreads(2, async (pool) => {
        const lost = pool.applyAsync(die);
        const others = [1, 2, 3, 4].map((x) => pool.applyAsync((y: number) => y + 1, [x]).promise);
        await assert.rejects(lost.get(), (error: WorkerLostError) => {
          assert.ok(error instanceof WorkerLostError);
          assert.equal(error.exitCode, die === deadly["by process.exit(3)"] ? 3 : 1);
          assert.equal(error.cause instanceof RangeError, error.exitCode === 1);
          return true;
        });
        assert.deepEqual(await Promise.all(others), [2, 3, 4, 5]);
        assert.equal(await pool.apply(() => 6), 6);
      }),
    );
  }

  test("many small tasks in flight lose only the deadly one among them", () =>
    withThreads(2, async (pool) => {
      const task = (x: number) => (x === 777 ? process.exit(1) : x);
      await pool.map(task, [1, 2, 3]);
      const results = Array.from({ length: 2000 }, (_, x) => pool.applyAsync(task, [x]).promise);
      const outcomes = await Promise.allSettled(results);
      const lost = outcomes.flatMap(({ status }, x) => (status === "rejected" ? [x] : []));
      assert.deepEqual(lost, [777]);
    }));

  test("cancel() and terminate() end a busy loop and a wait", () =>
    withThreads(2, async (pool) => {
      const gate = new Int32Array(new SharedArrayBuffer(4));
      const endless = [
        () => {
          for (;;) {}
        },
        () => Atomics.wait(gate, 0, 0),
      ];
      const results = endless.map((task) => pool.applyAsync<() => unknown>(task));
      for (const result of results) {
        result.cancel();
        await assert.rejects(result.get(), CancelledError);
      }
      assert.equal(await pool.apply(() => 1), 1);
      pool.applyAsync(endless[0] ?? (() => {}));
      await pool.terminate();
    }));
});

describe("threads cannot do what a process can", () => {
  test("process.chdir, process.abort, process.setuid and umask are errors in them", () =>
    withThreads(1, async (pool) => {
      for (const forbidden of [
        () => process.chdir("/"),
        () => process.abort(),
        () => process.umask(0),
        () => process.setuid?.(0),
      ]) {
        await assert.rejects(pool.apply<() => unknown>(forbidden), /not supported in workers/);
      }
    }));

  test("process.env is a copy of their own", () =>
    withThreads(1, async (pool) => {
      await pool.apply(() => {
        process.env.OF_A_THREAD = "1";
      });
      assert.equal(process.env.OF_A_THREAD, undefined);
      assert.equal(await pool.apply(() => process.env.OF_A_THREAD), "1");
    }));

  test("native code runs to its end: a cancelled call is over at once, but its thread is not", () =>
    withThreads(1, async (pool) => {
      const started = new Int32Array(new SharedArrayBuffer(4));
      const result = pool.applyAsync(() => {
        Atomics.store(started, 0, 1);
        pbkdf2Sync("secret", "salt", 1_000_000, 64, "sha512");
      });
      while (Atomics.load(started, 0) === 0) {
        await sleep(1);
      }
      result.cancel();
      await assert.rejects(result.get(), CancelledError);
      const next = pool.applyAsync(() => 1);
      await sleep(20);
      assert.equal(next.ready(), false);
      assert.equal(await next.get(), 1);
    }));
});

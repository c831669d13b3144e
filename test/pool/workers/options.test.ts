import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Pool, type PoolOptions, WorkerLostError, withPool } from "poolbook";
import { startScript } from "../../helpers/script.js";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "poolbook-options-")));
after(() => rmSync(folder, { recursive: true }));

const inWorker = <T>(options: PoolOptions, fn: () => T) =>
  withPool({ processes: 1, ...options }, (pool) => pool.apply(fn));

describe("execArgv", () => {
  const preload = join(folder, "preload.mjs");
  writeFileSync(preload, 'globalThis.preloaded = "yes";');

  test("gives the options of Node to processes, and those that they know to threads", async () => {
    const preloaded = () => Reflect.get(globalThis, "preloaded");
    const execArgv = ["--import", pathToFileURL(preload).href];
    assert.equal(await inWorker({ execArgv }, preloaded), "yes");
    assert.equal(await inWorker({}, preloaded), undefined);
    assert.equal(await inWorker({ workerType: "thread", execArgv }, preloaded), "yes");
    assert.equal(await inWorker({ execArgv: ["--expose-gc"] }, () => typeof globalThis.gc), "function");
    assert.equal(await inWorker({ execArgv: ["--stack-trace-limit=3"] }, () => Error.stackTraceLimit), 3);
  });

  test("is by default what this process has of them, and no more", async () => {
    const own = [
      "--import",
      pathToFileURL(preload).href,
      "--expose-gc",
      "--stack-trace-limit=7",
      "--title=x",
    ];
    const script = startScript("pool/inherited-options.mjs", [], {}, own);
    assert.equal((await script.ended).exitCode, 0, script.stderr);
    const inherited = own.slice(0, 4);
    assert.deepEqual(JSON.parse(script.stdout), ["yes", "function", 7, inherited]);
  });
});

describe("env and cwd", () => {
  test("env stands in place of this process's environment", async () => {
    process.env.OF_THE_PARENT = "1";
    for (const workerType of ["process", "thread"] as const) {
      const read = () => [process.env.ONLY_THERE, process.env.OF_THE_PARENT];
      assert.deepEqual(await inWorker({ workerType, env: { ONLY_THERE: "2" } }, read), ["2", undefined]);
      assert.deepEqual(await inWorker({ workerType }, read), [undefined, "1"]);
    }
    delete process.env.OF_THE_PARENT;
  });

  test("cwd is the folder of the workers, and modules are found as always", async () => {
    const cwd = await inWorker({ cwd: folder }, async () => {
      await import("poolbook");
      return process.cwd();
    });
    assert.equal(cwd, folder);
  });
});

describe("maxMemory", () => {
  const hoards: Record<string, () => unknown> = {
    "in the heap": () => {
      const hoard: unknown[] = [];
      for (;;) {
        hoard.push(new Array(1000).fill(hoard.length));
      }
    },
    "in buffers": () => {
      const hoard: Buffer[] = [];
      return new Promise(() => setInterval(() => hoard.push(Buffer.alloc(2 ** 20, 1)), 0));
    },
  };

  const assertLost = (pool: Pool, hoard: () => unknown) =>
    assert.rejects(pool.apply(hoard), (error: WorkerLostError) => {
      assert.ok(error instanceof WorkerLostError, String(error));
      assert.ok(error.cause instanceof RangeError);
      assert.equal(error.cause.message, "Worker took more memory than its `maxMemory` of 120 MiB");
      return true;
    });

  for (const [place, hoard] of Object.entries(hoards)) {
    test(`a process that takes more ${place} fails its task with the reason, and is replaced`, (context) =>
      withPool({ processes: 1, maxMemory: 120 }, async (pool) => {
        context.mock.method(process.stderr, "write", () => true);
        const behind = pool.applyAsync((x: number) => x + 1, [1]);
        const lost = assertLost(pool, hoard);
        assert.equal(await behind.get(), 2);
        await lost;
        assert.equal(await pool.apply(() => 3), 3);
      }));
  }

  test("a thread that takes more in its heap does the same, or is refused where V8 can end the process", async () => {
    const options = { processes: 1, workerType: "thread", maxMemory: 120 } as const;
    if (Number.parseInt(process.versions.node, 10) >= 24) {
      assert.throws(() => new Pool(options), /`maxMemory` is not for threads with Node 2\d/);
      return;
    }
    await withPool(options, async (pool) => {
      await assertLost(pool, hoards["in the heap"] ?? (() => {}));
      assert.equal(await pool.apply(() => 3), 3);
    });
  });
});

test("options of workers that make no sense are errors at once", () => {
  const wrong: [PoolOptions, RegExp][] = [
    [
      { execArgv: "--expose-gc" as never },
      /Expected `execArgv` to be an array of strings, got `"--expose-gc"`/,
    ],
    [{ execArgv: [1] as never }, /Expected `execArgv`/],
    [{ env: "A=1" as never }, /Expected `env` to be an object/],
    [{ cwd: join(folder, "missing") }, /Expected `cwd` to be a folder that exists/],
    [{ cwd: folder, workerType: "thread" }, /`cwd` is not for threads/],
    [{ maxMemory: 0 }, /Expected `maxMemory` to be an integer of at least 1, got `0`/],
    [{ maxMemory: "64" as never }, /Expected `maxMemory` to be an integer/],
    [{ workerType: "thread", execArgv: ["--expose-gc"] }, /ERR_WORKER_INVALID_EXEC_ARGV|--expose-gc/],
  ];
  for (const [options, message] of wrong) {
    assert.throws(() => new Pool({ processes: 1, ...options }), message);
  }
});

test("Pool refuses options that it does not know, and further arguments", async () => {
  assert.throws(
    () => Reflect.construct(Pool, [{ processes: 1, maxtasksperchild: 1 }]),
    /^TypeError: Unknown option `maxtasksperchild`; there are processes, .*maxTasksPerChild/,
  );
  assert.throws(
    () => Reflect.construct(Pool, [1, { workerType: "thread" }]),
    /^TypeError: `new Pool` takes one/,
  );
  await withPool(1, async (pool) => {
    const call = (name: "applyAsync" | "map" | "mapSettled" | "starmap" | "imap", options: unknown) =>
      (async () => Reflect.apply(pool[name], pool, [(x: number) => x, [], options]))();
    for (const name of ["applyAsync", "map", "mapSettled", "starmap", "imap"] as const) {
      await assert.rejects(
        call(name, { error_callback: () => {} }),
        /^TypeError: Unknown option `error_callback`/,
      );
      await assert.rejects(call(name, 5), /^TypeError: Expected the options to be an object, got `5`/);
    }
  });
});

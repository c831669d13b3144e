import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Pool, type TaskRecord, withPool } from "poolbook";
import { allGone } from "../../helpers/processes.js";
import { startScript } from "../../helpers/script.js";

describe("test_worker_finalization_via_atexit_handler_of_multiprocessing: a script that forgets its pool ends by itself", () => {
  for (const state of ["booting", "idle"]) {
    test(`${state} workers`, async () => {
      const script = startScript("pool/forgotten-pool.mjs", [state]);
      assert.deepEqual(await script.ended, { exitCode: 0, signal: null }, script.stderr);
      const [, pids = ""] = script.stdout.match(/pids ([\d ]+)/) ?? [];
      await allGone(pids.split(" ").map(Number), 2000);
    });
  }

  test("but not before the results it waits for have come", async () => {
    const script = startScript("pool/forgotten-pool.mjs", ["waiting"]);
    assert.equal((await script.ended).exitCode, 0, script.stderr);
    assert.match(script.stdout, /result 42/);
  });
});

test("a failed result that nobody asks for is no unhandled rejection", async () => {
  const script = startScript("pool/forgotten-failure.mjs");
  assert.equal((await script.ended).exitCode, 0, script.stderr);
  assert.equal(script.stderr, "");
});

test("test_pool_in_process: a pool works inside a worker of a pool", () =>
  withPool(1, async (pool) => {
    const [outer, inner, value] = await pool.apply(
      async (entry: string) => {
        const { withPool } = (await import(entry)) as typeof import("poolbook");
        const [pid, product] = await withPool(2, (nested) =>
          nested.apply((x: number, y: number) => [process.pid, x * y] as const, [6, 7]),
        );
        return [process.pid, pid, product] as const;
      },
      [import.meta.resolve("poolbook")],
    );
    assert.equal(value, 42);
    assert.equal(new Set([process.pid, outer, inner]).size, 3);
  }));

test("test_large_pool: 16 workers on few processors all work, at the same time", async () => {
  const busy = new Set<number | undefined>();
  let allAreBusy = () => {};
  const all = new Promise<void>((resolve) => {
    allAreBusy = resolve;
  });
  const onTask = ({ name, worker, outcome }: TaskRecord) => {
    if (name === "hold" && outcome === "running" && busy.add(worker).size === 16) {
      allAreBusy();
    }
  };
  await withPool({ processes: 16, onTask }, async (pool) => {
    const numbers = Array.from({ length: 1000 }, (_, x) => x);
    const squares = await pool.map((x: number) => x * x, numbers);
    assert.deepEqual(
      squares,
      numbers.map((x) => x * x),
    );
    const hold = () => new Promise<void>(() => {});
    for (const _ of pool.pids) {
      pool.applyAsync(hold);
    }
    await all;
    assert.equal(new Set(pool.pids).size, 16);
  });
});

test("an idle pool leaves its own timer and handles out of the way of the event loop", async () => {
  const pool = new Pool(1);
  await pool.apply(() => 1);
  pool.close();
  await pool.join();
  assert.ok(!process.getActiveResourcesInfo().includes("ProcessWrap"));
});

test("a pool leaves no file behind, however it ends", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pool-files-"));
  try {
    for (const state of ["booting", "idle"]) {
      await startScript("pool/forgotten-pool.mjs", [state], { TMPDIR: folder }).ended;
      await startScript("pool/spinning-parent.mjs", ["booting"], { TMPDIR: folder }).ended;
    }
    assert.deepEqual(readdirSync(folder), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

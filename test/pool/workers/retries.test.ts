import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Pool, WorkerLostError, withPool } from "poolbook";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

/** Kills its worker as often as that, then returns the number of its tries. */
function deadly(file: string, deaths: number): number {
  appendFileSync(file, "x");
  const tries = readFileSync(file, "utf8").length;
  if (tries <= deaths) {
    process.kill(process.pid, "SIGKILL");
  }
  return tries;
}

test("retries runs a task again whose worker died, as often as the call or else the pool says", (t) =>
  withPool({ processes: 2, retries: 1 }, async (pool) => {
    const file = (name: string) => join(temporaryFolder(t), name);
    assert.equal(await pool.apply(deadly, [file("a"), 1]), 2);
    await assert.rejects(pool.apply(deadly, [file("b"), 2]), WorkerLostError);
    assert.equal(await pool.apply(deadly, [file("c"), 2], { retries: 2 }), 3);
    await assert.rejects(pool.apply(deadly, [file("d"), 1], { retries: 0 }), WorkerLostError);
    const [path, other] = [file("e"), file("f")];
    const died = (item: number) => (item === 3 ? deadly(path, 1) : item);
    assert.deepEqual(await pool.map(died, [1, 2, 3, 4], { chunksize: 2 }), [1, 2, 2, 4]);
    const lazily: number[] = [];
    for await (const value of pool.imap(
      (item: number) => (item === 3 ? deadly(other, 1) : item),
      [1, 2, 3],
    )) {
      lazily.push(value);
    }
    assert.deepEqual(lazily, [1, 2, 2]);
    assert.deepEqual(
      pool.tasks.map(({ outcome }) => outcome).filter((outcome) => outcome === "lost").length,
      2,
    );
  }));

test("retries runs nothing again that throws, that is cancelled, or whose pool does not say so", (t) =>
  withPool(1, async (pool) => {
    const file = join(temporaryFolder(t), "begun");
    const throws = (path: string) => {
      appendFileSync(path, "x");
      throw new Error("as always");
    };
    await assert.rejects(pool.apply(throws, [file], { retries: 5 }), /as always/);
    const endless = pool.applyAsync(
      (path: string) => {
        appendFileSync(path, "x");
        for (;;) {}
      },
      [file],
      { retries: 5 },
    );
    const sees = () => readFileSync(file, "utf8").length;
    while (sees() < 2) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    endless.cancel();
    assert.equal(await pool.apply(() => 7), 7);
    assert.equal(sees(), 2);
    await assert.rejects(
      pool.apply(() => process.exit(1)),
      WorkerLostError,
    );
  }));

test("retries that are no count are refused", async () => {
  assert.throws(
    () => new Pool({ retries: -1 }),
    /Expected `retries` to be an integer of at least 0, got `-1`/,
  );
  await withPool(1, async (pool) => {
    await assert.rejects(
      pool.apply(() => 1, [], { retries: 0.5 }),
      TypeError,
    );
  });
});

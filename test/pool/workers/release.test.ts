import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { withPool } from "poolbook";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Resolves with what is still held after garbage has been collected for up to five seconds. */
async function held(references: WeakRef<object>[]): Promise<WeakRef<object>[]> {
  for (let round = 0; round < 50 && references.some((reference) => reference.deref()); round++) {
    await delay(100);
    collectGarbage();
  }
  return references.filter((reference) => reference.deref());
}

test("test_release_task_refs: arguments and results of finished tasks are let go while the pool lives", async () => {
  await withPool(2, async (pool) => {
    const references = await (async () => {
      const items = Array.from({ length: 20 }, (_, number) => ({ number }));
      const results = await pool.map((item: { number: number }) => ({ twice: item.number * 2 }), items);
      const single = await pool.apply((item: { number: number }) => item, [items[0] as { number: number }]);
      return [...items, ...results, single].map((value) => new WeakRef<object>(value));
    })();
    assert.equal((await held(references)).length, 0);
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSetup, liveStatus, warmUp, withPool } from "poolbook";
import { printed } from "../helpers/printed.js";

test("liveStatus() prints each text where there is no notebook", async () => {
  const text = await printed(() => {
    const status = liveStatus();
    status.show("1 of 2");
    status.show("2 of 2");
  });
  assert.equal(text, "1 of 2\n2 of 2");
});

test("liveStatus() changes one display in a notebook, a new one for each call", async (t) => {
  const calls: [bundle: unknown, options: { displayId: string; update: boolean; raw: boolean }][] = [];
  Object.assign(globalThis, { display: (...call: (typeof calls)[number]) => calls.push(call) });
  t.after(() => Reflect.deleteProperty(globalThis, "display"));
  const status = liveStatus();
  status.show("a");
  status.show("b");
  liveStatus().show("c");
  assert.deepEqual(
    calls.map(([bundle, { update, raw }]) => [bundle, update, raw]),
    [
      [{ "text/plain": "a" }, false, true],
      [{ "text/plain": "b" }, true, true],
      [{ "text/plain": "c" }, false, true],
    ],
  );
  const ids = calls.map(([, { displayId }]) => displayId);
  assert.equal(ids[0], ids[1]);
  assert.notEqual(ids[1], ids[2]);
});

test("warmUp() resolves when every worker has run something", async () => {
  await withPool(3, async (pool) => {
    await warmUp(pool);
    assert.deepEqual([...new Set(pool.tasks.map(({ worker }) => worker))].sort(), [1, 2, 3]);
    assert.ok(pool.tasks.every(({ outcome }) => outcome === "succeeded"));
  });
});

test("checkSetup() says what is ready and, outside a notebook, what to do about the kernel", async () => {
  const text = await printed(checkSetup);
  assert.match(text, /^✓ Node is version 20\.19 or newer$/m);
  assert.match(
    text,
    /^✗ The kernel of this notebook runs TypeScript\n {2}what to do: Choose TypeScript \(tslab\)/m,
  );
  assert.match(text, /^✓ A worker process starts, works and ends$/m);
});

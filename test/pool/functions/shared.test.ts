import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { definitionOf } from "#dist/pool/functions/definition.js";
import { shared } from "#dist/pool/functions/shared/shared.js";
import { withPool } from "#dist/pool/with-pool.js";

for (const workerType of ["process", "thread"] as const) {
  describe(`shared() for a ${workerType}`, () => {
    test("gives each worker the value once, frozen, for all functions that use it", () =>
      withPool({ processes: 1, workerType }, async (pool) => {
        const table = shared(Array.from({ length: 1000 }, (_, x) => ({ x, tags: [x] })));
        const read = (x: number) => [table[x]?.x, table[x]?.tags[0]];
        assert.deepEqual(await pool.map(read, [1, 999]), [
          [1, 1],
          [999, 999],
        ]);
        const keep = () => {
          Reflect.set(globalThis, "kept", table);
        };
        await pool.apply(keep);
        const isSame = () => Reflect.get(globalThis, "kept") === table;
        assert.equal(await pool.apply(isSame), true);
        const change = (x: number) => {
          (table[x] as { x: number }).x = 5;
        };
        const grow = () => table[0]?.tags.push(1);
        await assert.rejects(pool.apply(change, [1]), TypeError);
        await assert.rejects(pool.apply(grow), TypeError);
        assert.throws(() => change(1), TypeError);
      }));

    test("works in an initializer, in two pools, beside other captures and inside of objects", async () => {
      const limits = shared({ low: 1, high: 9 });
      const config = { limits, offset: 10 };
      const sum = (x: number) => x + config.offset + config.limits.high + limits.low;
      const initializer = () => Reflect.set(globalThis, "low", limits.low);
      for (const round of [1, 2]) {
        await withPool({ processes: 2, workerType, initializer }, async (pool) => {
          assert.equal(await pool.apply(() => Reflect.get(globalThis, "low")), 1);
          assert.equal(await pool.apply(sum, [100]), 120 + round - 1);
          config.offset++;
          assert.equal(await pool.apply(sum, [100]), 121 + round - 1);
          assert.equal(await pool.apply(() => config.limits === limits), true);
        });
      }
    });
  });
}

test("shared() keeps the parts that cannot be frozen as they were at first", () =>
  withPool(1, async (pool) => {
    const both = shared({ floats: new Float64Array([1, 2]), map: new Map([[1, { a: 1 }]]) });
    const read = () => [...both.floats, both.map.get(1)?.a, both.map.size];
    assert.deepEqual(await pool.apply(read), [1, 2, 1, 1]);
    both.floats[0] = 9;
    both.map.set(2, { a: 2 });
    assert.deepEqual(await pool.apply(read), [1, 2, 1, 1]);
    assert.throws(() => Object.assign(both.map.get(1) ?? {}, { a: 2 }), TypeError);
  }));

test("shared() gives primitives and what is shared as they are, and refuses all but data", () => {
  const list = [1];
  assert.equal(shared(list), list);
  assert.equal(shared(list), list);
  assert.deepEqual([shared(5), shared("text"), shared(undefined)], [5, "text", undefined]);
  class Point {}
  for (const bad of [
    () => {},
    { fn: () => {} },
    [new Point()],
    new Proxy({}, {}),
    { proxy: new Proxy([], {}) },
  ]) {
    assert.throws(() => shared(bad), /Expected what is shared to be data alone/);
  }
});

test("the definition of a function that uses a shared value does not hold it, however large", () => {
  const table = shared(Array.from({ length: 20_000 }, (_, x) => ({ x, name: `row ${x}` })));
  const fn = (x: number) => table[x];
  const definition = definitionOf(fn, "process");
  assert.ok(definition.parts.length < 2000);
  assert.equal(definitionOf(fn, "process"), definition);
  const [need] = definition.needs;
  assert.ok(need && need.parts.length > 100_000);
  assert.equal(definitionOf(() => table.length, "process").needs[0], need);
});

import assert from "node:assert/strict";
import { basename } from "node:path";
import { after, describe, it } from "node:test";
import type { AnyFunction } from "#dist/pool/function-types.js";
import { callSiteIn, stackAbove } from "#dist/pool/functions/inline/call-site.js";
import { calledDefinition } from "#dist/pool/functions/inline/called-definition.js";
import { Pool } from "#dist/pool/pool.js";
import type { WorkerType } from "#dist/pool/worker-type.cjs";

for (const workerType of ["process", "thread"] as const) {
  describe(`a function that is written in a call and has captured variables, for a ${workerType}`, () => {
    const pool = new Pool({ processes: 2, workerType });
    after(() => pool.terminate());

    it("has the primitive values of its call, whatever they are", async () => {
      const values = [1, -0, Number.NaN, undefined, null, "", "text ".repeat(5000), 2n ** 70n, true, 0.1];
      assert.deepEqual(await Promise.all(values.map((value) => pool.apply(() => value))), values);
    });

    it("has the values at the time of the call", async () => {
      const results: Promise<number>[] = [];
      for (let index = 0, sum = 0; index < 5; index++) {
        results.push(pool.apply(() => index + sum));
        sum = 100;
        results.push(pool.apply(() => index + sum));
        index++;
      }
      assert.deepEqual(await Promise.all(results), [0, 100, 102, 102, 104, 104]);
    });

    it("has the values of several variables, in constants around it, too", async () => {
      const factor = 3;
      const results = [1, 2, 3, 4].map((a, b) => pool.apply((c) => [a, b, c, factor], ["argument"]));
      const expected = [1, 2, 3, 4].map((a, b) => [a, b, "argument", factor]);
      assert.deepEqual(await Promise.all(results), expected);
    });

    it("has what else it captures where a variable holds something else for once", async () => {
      const values = [1, 2, { three: 3 }, 4, [5], () => 6, 7];
      const results = values.map((value) =>
        pool.apply(() => (typeof value === "function" ? value() : value)),
      );
      assert.deepEqual(await Promise.all(results), [1, 2, { three: 3 }, 4, [5], 6, 7]);
    });

    it("uses the functions that it has captured as they are at its call", async () => {
      let by = (x: number) => x * 2;
      const results = [1, 2, 3, 4, 5].map((x) => {
        if (x === 4) {
          by = (y) => y * 3;
        } else if (x === 5) {
          Object.assign(by, { offset: 1 });
        }
        return pool.apply(() => by(x) + (Reflect.get(by, "offset") ?? 0));
      });
      assert.deepEqual(await Promise.all(results), [2, 4, 6, 12, 16]);
    });

    it("uses modules that it has captured", async () => {
      const results = ["/a/b", "/c/d", "/e/f"].map((path) => pool.apply(() => basename(path)));
      assert.deepEqual(await Promise.all(results), ["b", "d", "f"]);
    });

    it("has the data of its call as they were then, whatever they hold", async () => {
      const bare = Object.assign(Object.create(null), { a: 1 });
      const values: unknown[] = [
        { id: 1, tags: ["a"] },
        Object.assign(new Array<number>(3), { 2: 3 }),
        new Map([[1, { two: 2 }]]),
        new Date(5),
        Float64Array.of(1, 2),
        Object.freeze({ frozen: true }),
        bare,
        new Error("of its own"),
        /x/g,
        "text",
        { text: "long ".repeat(20_000) },
      ];
      const results = values.map((value) => pool.apply(() => [value, Object.isFrozen(value)]));
      assert.deepEqual(
        await Promise.all(results),
        values.map((value) => [value === bare ? { a: 1 } : value, Object.isFrozen(value)]),
      );
    });

    it("has objects as they are at the call, one where two variables hold one", async () => {
      const counter = { count: 0 };
      const results = [1, 2, 3, 4].map((step) => {
        counter.count += step;
        const inner = { counter };
        const outer = step === 3 ? inner : { counter };
        const call = pool.apply(() => {
          counter.count++;
          return [counter.count, inner.counter === counter, outer === inner];
        });
        counter.count += 100;
        return call;
      });
      assert.deepEqual(await Promise.all(results), [
        [2, true, false],
        [104, true, false],
        [207, true, true],
        [311, true, false],
      ]);
    });

    it("has instances of classes, which keep their class", async () => {
      class Point {
        constructor(readonly x: number) {}
        double(): number {
          return this.x * 2;
        }
      }
      const results = [1, 2, 3, 4].map((x) => {
        const point = x === 3 ? { double: () => 0 } : new Point(x);
        return pool.apply(() => point.double());
      });
      assert.deepEqual(await Promise.all(results), [2, 4, 0, 8]);
    });

    it("is another one in each call: what it keeps in itself is gone", async () => {
      const results = [1, 2, 3, 4].map((value) =>
        pool.apply(function count(): number {
          const seen = Number(Reflect.get(count, "seen") ?? 0) + 1;
          Reflect.set(count, "seen", seen);
          return seen * value;
        }),
      );
      assert.deepEqual(await Promise.all(results), [1, 2, 3, 4]);
    });

    it("is refused in the call where a variable holds what cannot travel", async () => {
      const values: unknown[] = [1, 2, Symbol("own"), 4];
      const results = await Promise.allSettled(values.map((value) => pool.apply(() => typeof value)));
      assert.deepEqual(
        results.map(({ status }) => status),
        ["fulfilled", "fulfilled", "rejected", "fulfilled"],
      );
    });

    it("is defined once for all calls in which data alone differ", () => {
      const found = [1, 2, { three: 3 }, "four", [5]].map((value) => idOf(() => value, workerType));
      assert.equal(new Set(found.slice(2)).size, 1);
    });
  });
}

/** Stands for a method of a pool. */
function idOf(fn: AnyFunction, workerType: WorkerType): number {
  return calledDefinition(fn, workerType, callSiteIn(stackAbove(idOf, 1))).definition.id;
}

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FunctionTransferError, Pool } from "poolbook";

const pool = new Pool(1);
after(() => pool.terminate());

class Point {
  readonly x = 1;
}

const additions: Record<string, (value: object) => unknown> = {
  "symbols as keys": (value) => Object.assign(value, { [Symbol.for("poolbook.added")]: 1 }),
  "hidden properties": (value) => Object.defineProperty(value, "added", { value: 1 }),
  accessors: (value) => Object.defineProperty(value, "added", { get: () => 1, enumerable: true }),
  "hidden accessors": (value) => Object.defineProperty(value, "added", { get: () => 1 }),
};
for (const [what, add] of Object.entries(additions)) {
  test(`${what} that are added between two calls are seen`, async () => {
    const values = [
      { a: 1 },
      Object.assign(Object.create(null), { a: 1 }),
      new Point(),
      new Map([[1, 2]]),
      new Set([1]),
    ];
    for (const value of values) {
      const box = { inner: [value] };
      const show = () =>
        Reflect.ownKeys(box.inner[0]).map((key) => [
          String(key),
          Object.getOwnPropertyDescriptor(box.inner[0], key)?.enumerable,
          Reflect.get(box.inner[0], key),
        ]);
      for (let call = 0; call < 3; call++) {
        assert.deepEqual(await pool.apply(show), show());
      }
      add(value);
      assert.deepEqual(await pool.apply(show), show());
      assert.equal(show().at(-1)?.[2], 1);
    }
  });
}

test("properties that dates, expressions and boxed texts get between two calls are refused", async () => {
  for (const value of [new Date(0), /a/, Object("text")]) {
    const show = () => String(value);
    assert.equal(await pool.apply(show), show());
    assert.equal(await pool.apply(show), show());
    Object.assign(value, { [Symbol.for("poolbook.added")]: 1 });
    await assert.rejects(pool.apply(show), FunctionTransferError);
  }
});

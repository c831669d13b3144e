import assert from "node:assert/strict";
import { after, test } from "node:test";
import { runInNewContext } from "node:vm";
import { FunctionTransferError, Pool } from "poolbook";

const pool = new Pool(1);
after(() => pool.terminate());

test("objects that inherit from objects keep what they inherit, and from whom", async () => {
  const animal = {
    greet(this: { name: string }) {
      return `I am ${this.name}`;
    },
  };
  const cat = Object.assign(Object.create(animal), { name: "Tom" });
  const kitten = Object.assign(Object.create(cat), { name: "Tim" });
  const bare = Object.create(Object.freeze(Object.assign(Object.create(null), { level: 4 })));
  const state = () => [
    kitten.greet(),
    Object.keys(kitten),
    Object.getPrototypeOf(kitten) === cat,
    Object.isFrozen(Object.getPrototypeOf(bare)),
    bare.level,
    "toString" in bare,
  ];
  assert.deepEqual(await pool.apply(state), state());
});

test("objects that bundlers make of a function that a CommonJS module exports arrive as they are", async () => {
  const slug = Object.assign((text: string) => text.replace(" ", "-"), { version: "1" });
  const bundled = Object.create(Function.prototype, {
    version: { get: () => slug.version, enumerable: true },
    default: { value: slug, enumerable: true },
  });
  assert.deepEqual(await pool.apply(() => [bundled.default("a b"), bundled.version]), ["a-b", "1"]);
});

test("iterators and generators, which inherit from objects too, are refused", async () => {
  const made = (function* () {
    yield 1;
  })();
  for (const iterator of [made, [1][Symbol.iterator](), "a".matchAll(/a/g)]) {
    await assert.rejects(
      pool.apply(() => [...iterator]),
      FunctionTransferError,
    );
  }
});

test("objects of another realm are refused", async () => {
  const foreign = [runInNewContext("({ level: 1 })"), runInNewContext("new Map([[1, 2]])")];
  for (const value of foreign) {
    await assert.rejects(
      pool.apply(() => value),
      FunctionTransferError,
    );
  }
});
